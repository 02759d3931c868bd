import CommandLanguage
import ZooKeeperClient

/// `touch`: a znode that shall be there.
struct Touch: Command {
    static let parents = Flag("-p", "--parents", help: "Create missing parents too")
    static let paths = VariadicPositional<PathArgument>("path", minimum: 1, help: "The znodes that shall exist")

    static let names = ["touch"]
    static let isWrite = true

    static let spec = CommandSpec(
        names, group: CommandTable.Group.writing, "Create a znode unless it exists",
        discussion: "A znode that is there is left as it is.",
        parameters: [parents, paths],
        examples: [Example("touch -p /app/config/db", "And whatever leads to it")]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        try await context.forEach(arguments[Self.paths]) { (argument) throws(ShellError) in
            let path = try context.resolve(argument)
            if arguments[Self.parents] { try await context.createParents(of: path) }
            let created = try await context.sendTolerating(.nodeExists, Create(path, data: nil))
            try await context.emit(created.map { .created($0, nil) } ?? .done(operation: "touch", path))
        }
    }
}

extension CommandContext {
    /// Creates what is missing on the way to a znode: persistent, without data, open to everybody.
    func createParents(of path: ZPath) async throws(ShellError) {
        var missing: [ZPath] = []
        var next = path.parent
        while let parent = next, !parent.isRoot, try await sendTolerating(.noNode, Exists(parent)) == nil {
            missing.append(parent)
            next = parent.parent
        }
        for parent in missing.reversed() { _ = try await sendTolerating(.nodeExists, Create(parent, data: nil)) }
    }
}

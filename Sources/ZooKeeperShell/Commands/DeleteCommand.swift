import CommandLanguage
import ZooKeeperClient

/// `delete`: away with znodes that have no children.
struct DeleteCommand: TransactionalCommand {
    static let version = Option<VersionArgument>(
        "-v", "--version", label: "VERSION", help: "Only if this is the data version")
    static let paths = VariadicPositional<PathArgument>("path", minimum: 1, help: "The znodes to delete")

    static let names = ["delete", "rm"]
    static let isWrite = true

    static let spec = CommandSpec(
        names, group: CommandTable.Group.writing, "Delete a znode that has no children",
        parameters: [version, paths],
        examples: [
            Example("delete /app/old", "Whatever the version"),
            Example("delete -v 2 /app/old", "Only if it was not changed since version 2"),
        ]
    )

    let isSingleRequest = true
    let arguments: Arguments

    init(_ arguments: Arguments) throws(UsageError) {
        self.arguments = arguments
        if arguments[Self.version] != nil, arguments[Self.paths].count > 1 {
            throw UsageError("-v goes with one path", in: Self.spec)
        }
    }

    func operation(in context: CommandContext) async throws(ShellError) -> Multi.Op {
        guard arguments[Self.paths].count == 1 else {
            throw ShellError("delete: one path an operation in a transaction", status: .usage)
        }
        return .delete(try context.resolve(arguments[Self.paths][0]), version: arguments[Self.version]?.value ?? -1)
    }

    func run(in context: CommandContext) async throws(ShellError) {
        let version = arguments[Self.version]?.value ?? -1
        try await context.forEach(arguments[Self.paths]) { (argument) throws(ShellError) in
            let path = try context.resolve(argument)
            try await context.send(Delete(path, version: version))
            try await context.emit(.done(operation: "delete", path))
        }
    }
}

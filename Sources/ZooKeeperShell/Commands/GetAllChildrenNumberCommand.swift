import CommandLanguage
import ZooKeeperClient

/// `getAllChildrenNumber`: how many znodes lie under one.
struct GetAllChildrenNumberCommand: Command {
    static let path = Positional<PathArgument>("path", help: "The top of the subtree")

    static let names = ["getAllChildrenNumber"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.reading, "Count the descendants of a znode",
        discussion: "Counts all descendants, not only the children. Servers before 3.6 do not offer it.",
        parameters: [path],
        examples: [Example("getAllChildrenNumber /", "The size of the tree")]
    )

    let isSingleRequest = true
    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        let path = try context.resolve(arguments[Self.path])
        try await context.emit(.count(path, Int(try await context.send(GetAllChildrenNumber(path)))))
    }
}

import CommandLanguage
import ZooKeeperClient

/// `getEphemerals`: what this session owns.
struct GetEphemeralsCommand: Command {
    static let path = OptionalPositional<PathArgument>("path", help: "Only paths that start with this one")

    static let names = ["getEphemerals"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.reading, "List the ephemeral znodes of this session",
        discussion: "Servers before 3.6 do not offer it. The znodes of other sessions are not listed.",
        parameters: [path],
        examples: [Example("getEphemerals", "All of this session's")]
    )

    let isSingleRequest = true
    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        var prefix = ZPath.root
        if let argument = arguments[Self.path] { prefix = try context.resolve(argument) }
        try await context.emit(.paths(try await context.send(GetEphemerals(prefix: prefix)).sorted()))
    }
}

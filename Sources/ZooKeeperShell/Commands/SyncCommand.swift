import CommandLanguage
import ZooKeeperClient

/// `sync`: reads after it are up to date.
struct SyncCommand: Command {
    static let path = Positional<PathArgument>("path", help: "A path; the server catches up as a whole")

    static let names = ["sync"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.writing, "Let the connected server catch up with the leader",
        discussion:
            "Reads that follow see at least what was committed before. Exit status 1 when there is no such znode.",
        parameters: [path],
        examples: [Example("sync /", "Then read")]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        let path = try context.resolve(arguments[Self.path])
        try await context.send(Sync(path))
        // zkCli.sh is content with any path; who mistypes one wants to know.
        guard try await context.sendTolerating(.noNode, Exists(path)) != nil else {
            throw ShellError(
                "sync \(path): the server has caught up, but there is no such znode (NoNode)", status: .refused)
        }
        try await context.emit(.text(name: "sync", "Sync is OK"))
    }
}

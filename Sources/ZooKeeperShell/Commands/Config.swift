import CommandLanguage
import ZooKeeperClient

/// `config`: the members of the ensemble.
struct Config: Command {
    static let stat = Flag("-s", "--stat", help: "Print the stat too")
    static let watch = Flag("-w", "--watch", help: "Set a one-time watch on the configuration")

    static let names = ["config"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.session, "Print the ensemble's configuration",
        discussion: "Empty on a standalone server.",
        parameters: [stat, watch],
        examples: [Example("config", "One server a line, then the version")]
    )

    static let isSingleRequest = true
    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        if arguments[Self.watch] { await context.shell.warnOfShortWatch(context) }
        let (data, stat) = try await context.send(GetConfig(watch: arguments[Self.watch]))
        try await context.emit(.data("/zookeeper/config", data, arguments[Self.stat] ? stat : nil))
    }
}

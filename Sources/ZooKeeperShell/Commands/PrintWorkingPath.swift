import CommandLanguage
import ZooKeeperClient

/// `pwd`: where relative paths start.
struct PrintWorkingPath: Command {
    static let names = ["pwd"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.shell, "Print the working path",
        examples: [Example("pwd", "Where relative paths start")]
    )

    init(_ arguments: Arguments) {}

    func run(in context: CommandContext) async throws(ShellError) {
        try await context.emit(.paths([context.shell.workingPath ?? .root]))
    }
}

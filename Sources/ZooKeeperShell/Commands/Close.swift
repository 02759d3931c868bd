import CommandLanguage

/// `close`: the end of the session, not of the shell.
struct Close: Command {
    static let names = ["close"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.session, "Close the session and stay",
        discussion: "Its ephemeral znodes and watches are gone at once. connect opens another one.",
        examples: [Example("close", "Lets ephemeral znodes go")]
    )

    init(_ arguments: Arguments) {}

    func run(in context: CommandContext) async throws(ShellError) {
        await context.shell.disconnect()
        try await context.emit(.done(operation: "close", nil))
    }
}

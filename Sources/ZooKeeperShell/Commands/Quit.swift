import CommandLanguage

/// `quit`: the end of the shell or script.
struct Quit: Command {
    static let names = ["quit", "exit"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.shell, "Close the session and leave",
        discussion: "Ephemeral znodes of the session are gone at once.",
        examples: [Example("quit", "Ctrl-D does the same")]
    )

    init(_ arguments: Arguments) {}

    func run(in context: CommandContext) async throws(ShellError) {
        context.shell.leave()
    }
}

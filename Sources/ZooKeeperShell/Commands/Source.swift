import CommandLanguage

/// `source`: the lines of a file, as if typed.
struct Source: Command {
    static let file = Positional<String>("file", kind: .file, help: "A script, as for -f")

    static let names = ["source"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.shell, "Run the lines of a file",
        discussion: "Stops at the first failure, which is told with the file's name and the line's number.",
        parameters: [file],
        examples: [Example("source changes.zk", "In this session, with its identities and watches")]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        let runner = ScriptRunner(context.shell)
        try await runner.run(try ScriptInput(path: arguments[Self.file]), isOnlyLine: false)
        if runner.status != .done { throw ShellError("", status: runner.status) }
    }
}

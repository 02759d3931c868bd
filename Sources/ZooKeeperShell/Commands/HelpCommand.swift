import CommandLanguage

/// `help`: of all commands, or of one.
struct HelpCommand: Command {
    static let command = OptionalPositional<String>("command", kind: .command, help: "The command to explain")

    static let names = ["help", "?"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.shell, "Explain a command, or list them all",
        parameters: [command],
        examples: [Example("help", "All commands by group"), Example("help create", "One command in full")]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        let out = context.shell.streams.out
        let width = out.isTerminal ? min(out.width, 100) : 80
        guard let name = arguments[Self.command] else {
            return try await context.emit(.text(name: "help", Help.overview(Program.spec, width: width)))
        }
        guard let spec = CommandTable.vocabulary.spec(named: name) else {
            let near = CommandTable.vocabulary.suggestions(for: name)
            throw ShellError(
                "help: there is no command '\(TerminalText.escaped(name))'", status: .usage,
                hints: near.isEmpty ? [] : ["did you mean \(near.joined(separator: ", "))?"])
        }
        try await context.emit(.text(name: "help", Help.command(spec, width: width)))
    }
}

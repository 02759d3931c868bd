import CommandLanguage

/// `redo`: a line of the history again.
struct Redo: Command {
    static let number = Positional<Int>("number", help: "The line's number in the history; negative from the end")

    static let names = ["redo"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.shell, "Run a line of the history again",
        parameters: [number],
        examples: [Example("redo -2", "The line before the last one")]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        let lines = context.shell.history()
        let number = arguments[Self.number]
        // The last line is this one.
        let index = number > 0 ? number - 1 : lines.count - 1 + number
        guard number != 0, lines.indices.contains(index) else {
            throw ShellError(
                "redo: there is no line \(number) in the history; 'history' lists them", status: .usage)
        }
        let line = Array(lines[index].utf8)
        guard Tokenizer.tokens(of: line).first?.word.text != Self.names[0], line != Array("!!".utf8) else {
            throw ShellError("redo: line \(number) is a redo itself", status: .usage)
        }
        await context.shell.tell(TerminalText.escaped(lines[index]))
        try await StatementRunner(shell: context.shell).run(line)
    }
}

import CommandLanguage

/// `history`: what was typed.
struct HistoryCommand: Command {
    static let count = OptionalPositional<Int>("count", help: "Only so many of the last lines")

    static let names = ["history"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.shell, "Print the lines typed before",
        discussion: "Lines with credentials and lines that begin with a space are never kept.",
        parameters: [count],
        examples: [Example("history 10", "The last ten")]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        let lines = Array(context.shell.history().enumerated())
        let shown = lines.suffix(max(0, arguments[Self.count] ?? lines.count))
        for (number, line) in shown {
            try await context.emit(.text(name: "line", "\(number + 1) - \(TerminalText.escaped(line))"))
        }
    }
}

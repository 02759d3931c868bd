import CommandLanguage

/// `jobs`: the commands that run in the background.
struct JobsCommand: Command {
    static let names = ["jobs"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.shell, "List the commands that run in the background",
        discussion: "A watch is put there by & at the end of its line; kill ends it, and so does leaving the shell.",
        examples: [Example("jobs", "Number and line of each")]
    )

    init(_ arguments: Arguments) {}

    func run(in context: CommandContext) async throws(ShellError) {
        for (number, line) in context.shell.jobs.list {
            try await context.emit(.text(name: "job", "[\(number)] \(TerminalText.escaped(line))"))
        }
    }
}

/// `kill`: ends a command that runs in the background.
struct Kill: Command {
    static let number = Positional<String>("job", help: "Its number, as jobs tells it; % before it does no harm")

    static let names = ["kill"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.shell, "End a command that runs in the background",
        parameters: [number],
        examples: [Example("kill 1", "The first one that was started")]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        let typed = arguments[Self.number]
        guard let number = Int(typed.hasPrefix("%") ? String(typed.dropFirst()) : typed) else {
            throw ShellError("kill: '\(TerminalText.escaped(typed))' is no number of a job", status: .usage)
        }
        guard await context.shell.jobs.end(number) else {
            throw ShellError("kill: there is no job \(number)", status: .refused)
        }
    }
}

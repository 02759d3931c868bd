import CommandLanguage

/// `version`: of this program.
struct Version: Command {
    /// The program's version; the change log has a section for each.
    static let number = "0.1.0"

    static let names = ["version"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.shell, "Print zkcli's version",
        examples: [Example("version", "No server is asked")]
    )

    init(_ arguments: Arguments) {}

    func run(in context: CommandContext) async throws(ShellError) {
        try await context.emit(
            .text(name: "version", context.shell.format == .human ? "zkcli \(Self.number)" : Self.number))
    }
}

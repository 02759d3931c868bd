import CommandLanguage

/// One command: declared once in its `spec`, from which parser, help, man page and completions come.
protocol Command: Sendable {
    /// What it is called: in the spelling of `zkCli.sh` first, then other names.
    static var names: [String] { get }
    /// Parameters, help and examples.
    static var spec: CommandSpec { get }
    /// Whether it changes the tree or the ensemble; a dry run is no exception.
    static var isWrite: Bool { get }
    /// Whether it sends exactly one request, so that scripts may start the next command before its reply is there.
    var isSingleRequest: Bool { get }
    /// Takes what was typed; rules that the parser does not know are checked here, before anything is sent.
    init(_ arguments: Arguments) throws(UsageError)
    /// Does it, and emits replies as they come.
    @ShellActor func run(in context: CommandContext) async throws(ShellError)
}

extension Command {
    static var isWrite: Bool { false }
    var isSingleRequest: Bool { false }
}

extension UsageError {
    /// A rule of one command that the parser does not know.
    init(_ message: String, in spec: CommandSpec) {
        self.init(message: message, command: spec.name, usage: Usage.line(for: spec), suggestion: nil)
    }
}

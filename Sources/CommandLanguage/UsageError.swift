/// A command line that makes no sense: what is wrong, how it should look, what may have been meant.
public struct UsageError: Error, Sendable, Hashable {
    /// What is wrong.
    public var message: String
    /// The command concerned, if one was recognised.
    public var command: String?
    /// How the command is written.
    public var usage: String?
    /// What may have been meant.
    public var suggestion: String?

    /// A usage error.
    public init(message: String, command: String?, usage: String?, suggestion: String?) {
        self.message = message
        self.command = command
        self.usage = usage
        self.suggestion = suggestion
    }

    init(_ message: String, _ spec: CommandSpec, suggestion: String? = nil) {
        self.init(message: message, command: spec.name, usage: Usage.line(for: spec), suggestion: suggestion)
    }
}

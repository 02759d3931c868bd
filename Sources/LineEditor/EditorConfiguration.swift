/// How the editor behaves.
public struct EditorConfiguration: Sendable {
    /// The name that `~/.editrc` may restrict lines to.
    public var applicationName: String
    /// Where lines are kept; nil for nowhere.
    public var historyFile: String?
    /// How many lines are kept.
    public var historyLimit: Int
    /// Whether a line may be kept at all; false for lines with secrets.
    public var keepsInHistory: @Sendable (String) -> Bool
    /// What may follow on a half-typed line, shown in grey behind it; nil for nothing.
    public var hint: @Sendable (String) -> String?

    /// A configuration.
    public init(
        applicationName: String, historyFile: String?, historyLimit: Int = 1000,
        keepsInHistory: @escaping @Sendable (String) -> Bool = { _ in true },
        hint: @escaping @Sendable (String) -> String? = { _ in nil }
    ) {
        self.applicationName = applicationName
        self.historyFile = historyFile
        self.historyLimit = historyLimit
        self.keepsInHistory = keepsInHistory
        self.hint = hint
    }
}

/// What came of asking for a line.
public enum LineInput: Sendable, Hashable {
    /// A line; several, with newlines between, when they were pasted.
    case line(String)
    /// Ctrl-C: the line was abandoned.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal went away.
    case endOfInput
    /// A signal asks the program to end.
    case terminated(signal: Int32)
}

/// Why a terminal cannot be used.
public enum TerminalError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Standard input or output is none.
    case notATerminal
    /// The editor could not be started.
    case cannotStart

    /// The reason in words.
    public var description: String {
        switch self {
        case .notATerminal: "standard input and output must both be a terminal"
        case .cannotStart: "the line editor could not be started"
        }
    }
}

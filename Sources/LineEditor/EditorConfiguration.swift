/// How an interactive terminal is set up.
public struct EditorConfiguration: Sendable {
    /// The name libedit knows the program by: `zkcli:bind …` in `~/.editrc` is for us alone.
    public var applicationName: String

    /// Where history is kept; `nil` keeps it in memory only.
    public var historyFile: String?

    /// How many lines of history are offered.
    public var historyLimit: Int

    /// Whether a line may be kept in history; `false` for one that carries credentials.
    ///
    /// Called on the editor's thread. A pasted block comes as one line with newlines in it.
    public var keepsInHistory: @Sendable (String) -> Bool

    /// Called on the editor's thread when SIGTERM or SIGHUP arrives, whether or not a line is being edited.
    ///
    /// The next, or the pending, `nextLine` gives `.terminated`; this is for whoever runs a command meanwhile.
    public var onTermination: @Sendable (_ signal: Int32) -> Void

    /// Creates a configuration; every line is kept, up to 1000 of them.
    public init(
        applicationName: String,
        historyFile: String? = nil,
        historyLimit: Int = 1000,
        keepsInHistory: @escaping @Sendable (String) -> Bool = { _ in true },
        onTermination: @escaping @Sendable (_ signal: Int32) -> Void = { _ in }
    ) {
        self.applicationName = applicationName
        self.historyFile = historyFile
        self.historyLimit = historyLimit
        self.keepsInHistory = keepsInHistory
        self.onTermination = onTermination
    }
}

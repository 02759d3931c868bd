import CLibEdit
import Glibc

/// The interactive terminal: one thread that owns libedit, and the async face of it.
public final class Terminal: Sendable {
    private let mailbox: Mailbox

    private init(mailbox: Mailbox) {
        self.mailbox = mailbox
    }

    deinit { mailbox.close() }

    /// Takes over standard input and output, both of which must be a terminal.
    ///
    /// One at a time: signals and the terminal's modes belong to the process.
    public static func open(
        _ configuration: EditorConfiguration,
        completer: any LineCompleter
    ) throws(TerminalError) -> Terminal {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
        let mailbox = try Mailbox()
        try EditorThread.start(mailbox, configuration, completer)
        return Terminal(mailbox: mailbox)
    }

    /// Edits one line; only one call at a time.
    public func nextLine(prompt: Prompt) async -> LineInput {
        await withCheckedContinuation { mailbox.request(prompt, $0) }
    }

    /// Changes the prompt; redraws it at once, the half-typed line kept, if a line is being edited.
    public func setPrompt(_ prompt: Prompt) {
        mailbox.setPrompt(prompt)
    }

    /// Prints lines above the prompt, or just prints them while no line is edited.
    ///
    /// From any thread; never waits for the terminal. What the terminal is too slow for is dropped, oldest first.
    public func post(_ text: String) {
        mailbox.post(text)
    }

    /// The number of columns and rows now.
    public var size: (columns: Int, rows: Int) {
        var columns: Int32 = 0
        var rows: Int32 = 0
        ce_window_size(&columns, &rows)
        return (Int(columns), Int(rows))
    }

    /// The lines of history, oldest first.
    public func history() -> [String] {
        mailbox.history
    }

    /// Forgets what was typed but not yet read: for a Ctrl-C that stops a command out of a pasted list.
    public func discardTypeAhead() {
        mailbox.discardTypeAhead()
    }

    /// Runs a body, a child process say, with the terminal in the modes it had before; not while a line is edited.
    public func withCookedTerminal<Result>(_ body: () async -> Result) async -> Result {
        var ours = termios()
        let isSaved = tcgetattr(STDIN_FILENO, &ours) == 0
        ce_restore_modes()
        let result = await body()
        if isSaved { tcsetattr(STDIN_FILENO, TCSADRAIN, &ours) }
        return result
    }

    /// Prints what is still queued, ends the thread and restores the terminal.
    public func close() async {
        await withCheckedContinuation { mailbox.close($0) }
    }
}

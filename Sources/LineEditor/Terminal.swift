import CLibEdit
import Glibc
import Synchronization

/// An interactive terminal: lines are edited on a thread of its own, and may be asked for from anywhere.
public final class Terminal: Sendable {
    private let mailbox: EditorMailbox

    /// Starts the editor on standard input and output.
    public static func open(
        _ configuration: EditorConfiguration, completer: any LineCompleter
    ) throws(TerminalError) -> Terminal {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
        guard let pipe = WakePipe() else { throw .cannotStart }
        let mailbox = EditorMailbox(pipe: pipe)
        guard let editor = ce_open(configuration.applicationName), let list = history_init() else { throw .cannotStart }
        let thread = EditorThread(
            editor: editor, history: list, mailbox: mailbox, configuration: configuration, completer: completer)
        guard begin(thread) else { throw .cannotStart }
        return Terminal(mailbox: mailbox)
    }

    private init(mailbox: EditorMailbox) { self.mailbox = mailbox }

    /// Edits one line.
    ///
    /// Only one call at a time.
    public func nextLine(prompt: Prompt) async -> LineInput {
        await withCheckedContinuation { mailbox.ask(prompt, $0) }
    }

    /// Changes the prompt, at once if a line is being edited; what was typed stays.
    public func setPrompt(_ prompt: Prompt) {
        mailbox.state.withLock { state in
            state.promptChanged = state.prompt != prompt
            state.prompt = prompt
        }
        mailbox.pipe.poke()
    }

    /// Prints lines above the line being edited.
    ///
    /// Never blocks; far too many are dropped, and counted.
    ///
    /// False when no line is being edited: the caller may then print by itself.
    public func post(_ text: String) -> Bool { mailbox.post(text) }

    /// Ends the line being edited, and every later one, with `.terminated`: the process is to end.
    public func terminate(_ signal: Int32) {
        mailbox.state.withLock { $0.signal = signal }
        mailbox.pipe.poke()
    }

    /// The lines typed, oldest first.
    public func history() -> [String] { mailbox.state.withLock { $0.history } }

    /// Ends the editor and puts the terminal back as it was.
    public func close() async {
        await withCheckedContinuation { mailbox.close($0) }
    }

    /// Hands the editor over to a thread of its own, which blocks in libedit while a line is typed.
    private static func begin(_ editor: EditorThread) -> Bool {
        let context = Unmanaged.passRetained(editor)
        if startEditorThread(context.toOpaque()) { return true }
        context.release()
        return false
    }
}

private func startEditorThread(_ context: UnsafeMutableRawPointer) -> Bool {
    var thread = pthread_t()
    guard pthread_create(&thread, nil, runEditorThread, context) == 0 else { return false }
    return pthread_detach(thread) == 0
}

private func runEditorThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let context { Unmanaged<EditorThread>.fromOpaque(context).takeRetainedValue().run() }
    return nil
}

import CLibEdit
import Glibc

/// libedit and all that belongs to it; lives on one thread.
final class Editor {
    let el: OpaquePointer
    let mailbox: Mailbox
    let completer: any LineCompleter
    let screen: EditorScreen
    private let configuration: EditorConfiguration
    private let history: History
    private var toldProblem = false

    // The reader's state

    var decoder = KeyDecoder()
    /// Keys read while something else than the line had the keyboard.
    var typeAhead: [Key] = []
    var keysRead = 0
    var pendingPaste = ""
    /// Set once the line ends otherwise than by Enter or Ctrl-D.
    var outcome: LineInput?
    /// A signal to terminate: it ends every line from then on.
    private(set) var termination: Int32?

    /// The candidates of the last Tab, and the number of keys read by then.
    var offered: (candidates: [Completions.Candidate], keysRead: Int)?

    init(
        _ mailbox: Mailbox,
        _ configuration: EditorConfiguration,
        _ completer: any LineCompleter
    ) throws(TerminalError) {
        ce_use_utf8()
        ce_save_modes()
        guard let el = ce_open(configuration.applicationName, nil) else {
            throw .system(call: "el_init", errno: ENOMEM)
        }
        do throws(TerminalError) {
            history = try History(configuration)
        } catch {
            el_end(el)
            throw error
        }
        self.el = el
        self.mailbox = mailbox
        self.configuration = configuration
        self.completer = completer
        screen = EditorScreen(el)
        // Ctrl-C is a key while a line is edited, so that it keeps its place among the keys typed ahead.
        ce_set_tty_mode(el, "-d", "-isig")
        // libedit takes the cursor to be in column 0 when it draws the prompt; an echo in between would move it.
        ce_set_tty_mode(el, "-x", "-echo")
        history.attach(to: el)
        mailbox.history = history.entries
        installCallbacks()
        el_source(el, nil)
        ce_watch_signals(mailbox.pokeDescriptor)
    }

    /// The editor that libedit calls back for.
    static func of(_ el: OpaquePointer?) -> Editor? {
        // Set in `installCallbacks`, and libedit calls back only from `el_gets` and `el_set`, which the editor itself
        // calls: it is alive.
        el.flatMap { ce_client($0) }.map { Unmanaged<Editor>.fromOpaque($0).takeUnretainedValue() }
    }

    /// The thread's body.
    func run() {
        while true {
            tellProblem()
            let isClosing = serveWhileParked()
            if isClosing { break }
            if mailbox.isLineWanted {
                mailbox.deliver(editLine())
            } else {
                var wake = pollfd(fd: mailbox.wakeDescriptor, events: Int16(POLLIN), revents: 0)
                poll(&wake, 1, -1)
                mailbox.drain()
            }
        }
        ce_unwatch_signals()
        el_end(el)
        ce_restore_modes()
        mailbox.end()
    }

    /// Prints directly: no line is on the screen. Whether the editor is to end.
    private func serveWhileParked() -> Bool {
        noteSignals()
        let news = mailbox.takeNews()
        if let prompt = news.prompt { screen.prompt = prompt }
        if news.discardsTypeAhead { discardTypeAhead() }
        if !news.text.isEmpty { screen.write(news.text) }
        return news.isClosing
    }

    /// The signals other than those to terminate, which are noted.
    @discardableResult
    func noteSignals() -> UInt32 {
        let signals = ce_take_signals()
        for signal in [SIGTERM, SIGHUP] where signals & (1 << UInt32(signal)) != 0 {
            termination = signal
            configuration.onTermination(signal)
        }
        return signals
    }

    private func editLine() -> LineInput {
        if let termination { return .terminated(signal: termination) }
        outcome = nil
        bindKeys()
        if screen.obeysEscapes { ce_mark_pastes(true) }
        var count: Int32 = 0
        let text = el_gets(el, &count).map { String(cString: $0) }
        ce_mark_pastes(false)
        offered = nil
        if let outcome { return outcome }
        guard var line = text else { return .endOfInput }
        if line.last == "\n" { line.removeLast() }
        // A special key after Ctrl-V is inserted by its code.
        line.unicodeScalars.removeAll { (0x80...0x9F).contains($0.value) }
        history.enter(line)
        mailbox.history = history.entries
        return .line(line)
    }

    private func tellProblem() {
        guard !toldProblem, let problem = history.problem else { return }
        toldProblem = true
        mailbox.post(problem)
    }

    func discardTypeAhead() {
        typeAhead = []
        decoder = KeyDecoder()
        tcflush(STDIN_FILENO, TCIFLUSH)
    }
}

import CLibEdit
import Glibc
import Synchronization

/// The one thread that owns the terminal and libedit.
///
/// Everything that is to be shown while a line is typed passes here.
///
/// libedit calls `readKey` exactly when its redraw is done, so the screen is consistent there: this is where events are
/// printed above the line. libedit does not tell its cursor's row; `ScreenLayout` works it out.
final class EditorThread {
    let mailbox: EditorMailbox
    let configuration: EditorConfiguration
    let completer: any LineCompleter
    let editor: OpaquePointer
    private let list: OpaquePointer
    private let history: HistoryFile?
    private var entries: [String] = []
    private var promptText: UnsafeMutablePointer<CChar>?
    private var shownPrompt = Prompt("")
    var decoder = KeyDecoder()
    private var reachedEnd = false
    private var pasted = ""
    private var isAbandoned = false
    /// Whether the line is on the screen where libedit believes it.
    private var isDrawn = true
    private var isHintShown = false
    private(set) var keysRead = 0
    /// The key count at the last Tab, to tell the second of two.
    var lastTab = -2
    let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true

    init(
        editor: OpaquePointer, history list: OpaquePointer, mailbox: EditorMailbox, configuration: EditorConfiguration,
        completer: any LineCompleter
    ) {
        self.editor = editor
        self.list = list
        self.mailbox = mailbox
        self.configuration = configuration
        self.completer = completer
        history = configuration.historyFile.map { HistoryFile(path: $0, limit: configuration.historyLimit) }
    }

    /// The editor that libedit calls back for.
    ///
    /// It is set before the first callback and outlives the last one.
    static func from(_ editor: OpaquePointer?) -> EditorThread {
        guard let client = ce_client(editor) else { preconditionFailure("libedit runs without its client") }
        return Unmanaged<EditorThread>.fromOpaque(client).takeUnretainedValue()
    }

    // MARK: Life

    /// Edits lines as they are asked for, until the end.
    func run() {
        setUp()
        while mailbox.waitForRequest() {
            let input = edit()
            let (waiter, kept) = mailbox.state.withLock { state in
                defer { state.waiter = nil }
                state.history = entries
                return (state.waiter, state.isClosing)
            }
            waiter?.resume(returning: input)
            if kept { break }
        }
        ce_stop_forwarding_signals()
        el_end(editor)
        ce_flush()
        history_end(list)
        free(promptText)
        mailbox.state.withLock { $0.closed.take() }?.resume()
    }

    private func setUp() {
        ce_use_utf8()
        ce_set_client(editor, Unmanaged.passUnretained(self).toOpaque())
        ce_set_signal(editor, 0)
        let terminalType = getenv("TERM").map { String(cString: $0) } ?? "dumb"
        // A terminal without an entry here is likely to be of xterm's kind.
        if ce_set_terminal(editor, nil) == -1, terminalType != "dumb" { ce_set_terminal(editor, "xterm") }
        ce_set_prompt(editor) { EditorThread.from($0).promptText }
        ce_set_getc(editor) { EditorThread.from($0).readKey($1) }
        ce_set_editor(editor, "emacs")
        ce_history_size(list, Int32(clamping: configuration.historyLimit))
        ce_set_history(editor, list)
        ce_add_function(
            editor, "zk-complete", "Complete the word", { editor, _ in EditorThread.from(editor).complete() })
        ce_add_function(
            editor, "zk-interrupt", "Abandon the line", { editor, _ in EditorThread.from(editor).abandon() })
        ce_add_function(editor, "zk-eof", "Leave, or delete", { editor, _ in EditorThread.from(editor).endOrDelete() })
        ce_add_function(editor, "zk-suspend", "Suspend", { editor, _ in EditorThread.from(editor).suspend() })
        ce_add_function(editor, "zk-paste", "Insert a paste", { editor, _ in EditorThread.from(editor).insertPaste() })
        el_source(editor, nil)
        // While a line is edited Ctrl-C is a key, in order with what was typed before it. While a command runs, what
        // is typed is kept and not shown.
        ce_set_tty(editor, "-d", "-isig")
        ce_set_tty(editor, "-x", "-echo")
        for entry in history?.load() ?? [] {
            entries.append(entry)
            ce_history_enter(list, entry)
        }
        mailbox.state.withLock { $0.history = entries }
        ce_forward_signals(mailbox.pipe.writeEnd)
    }

    private static let bindings: [(key: String, function: String)] = [
        ("^I", "zk-complete"), ("^C", "zk-interrupt"), ("^D", "zk-eof"), ("^Z", "zk-suspend"),
        ("^R", "em-inc-search-prev"),
        ("\\200", "ed-search-prev-history"), ("\\201", "ed-search-next-history"), ("\\202", "ed-next-char"),
        ("\\203", "ed-prev-char"), ("\\204", "ed-move-to-beg"), ("\\205", "ed-move-to-end"),
        ("\\206", "ed-delete-next-char"), ("\\207", "em-next-word"), ("\\210", "ed-prev-word"), ("\\211", "zk-paste"),
    ]

    /// Before every line: `bind -v` and `bind -e` in `~/.editrc` or at the prompt reset the maps.
    private func bindKeys() {
        for (key, function) in Self.bindings {
            ce_bind(editor, key, function)
            ce_bind_alternative(editor, key, function)
        }
    }

    // MARK: One line

    private func edit() -> LineInput {
        if let signal = mailbox.state.withLock({ $0.signal }) { return .terminated(signal: signal) }
        bindKeys()
        isAbandoned = false
        mailbox.state.withLock { state in
            state.isEditing = true
            state.promptChanged = false
        }
        show(mailbox.state.withLock { $0.prompt })
        if !isDumb { print("\u{1b}[?2004h") }
        var count: Int32 = 0
        let text = el_gets(editor, &count).map { String(cString: $0) }
        if !isDumb { print("\u{1b}[?2004l") }
        ce_flush()
        let late = mailbox.state.withLock { state in
            state.isEditing = false
            return !state.posts.isEmpty
        }
        if let signal = mailbox.state.withLock({ $0.signal }) {
            print("\n")
            ce_flush()
            return .terminated(signal: signal)
        }
        guard let text else {
            print("\n")
            ce_flush()
            return .endOfInput
        }
        if late { printPosts() }
        if isAbandoned { return .interrupted }
        let line = text.last == "\n" ? String(text.dropLast()) : text
        remember(line)
        return .line(line)
    }

    private func printPosts() {
        for post in mailbox.takePosts() { print(post + "\n") }
        ce_flush()
    }

    private func remember(_ line: String) {
        guard !line.isEmpty, !line.hasPrefix(" "), line.contains(where: { !$0.isWhitespace }) else { return }
        guard entries.last != line, configuration.keepsInHistory(line) else { return }
        entries.append(line)
        ce_history_enter(list, line)
        history?.append(line)
    }

    private func show(_ prompt: Prompt) {
        shownPrompt = prompt
        free(promptText)
        promptText = strdup(prompt.encoded)
    }

    // MARK: Keys

    /// libedit's reader: the next character, or 0 at the end.
    private func readKey(_ target: UnsafeMutablePointer<wchar_t>?) -> Int32 {
        while true {
            if let key = decoder.next(isFinal: reachedEnd) {
                hideHint()
                keysRead += 1
                switch key {
                case .character(let scalar): target?.pointee = wchar_t(bitPattern: scalar.value)
                case .special(let special): target?.pointee = wchar_t(bitPattern: special.rawValue)
                case .paste(let text):
                    pasted = text
                    target?.pointee = wchar_t(bitPattern: SpecialKey.paste.rawValue)
                }
                return 1
            }
            if reachedEnd { return 0 }
            lookAround()
            if mailbox.state.withLock({ $0.isClosing || $0.signal != nil }) { return 0 }
            showHint()
            // What follows an escape comes at once, or the escape was a key of its own.
            if !waitForInput(milliseconds: decoder.isWaiting ? 40 : -1), decoder.isWaiting {
                if let key = decoder.next(isFinal: true), case .character(let scalar) = key {
                    hideHint()
                    keysRead += 1
                    target?.pointee = wchar_t(bitPattern: scalar.value)
                    return 1
                }
            }
        }
    }

    /// Waits for the terminal or the wake pipe and takes what the terminal has; false when time ran out.
    func waitForInput(milliseconds: Int32) -> Bool {
        var polls = [
            pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
            pollfd(fd: mailbox.pipe.readEnd, events: Int16(POLLIN), revents: 0),
        ]
        let count = poll(&polls, 2, milliseconds)
        if count == 0 { return false }
        if count < 0 { return errno == EINTR }
        if polls[0].revents != 0 {
            var bytes = [UInt8](repeating: 0, count: 4096)
            let read = read(STDIN_FILENO, &bytes, bytes.count)
            if read > 0 {
                decoder.feed(bytes[..<read])
            } else if read == 0 || errno != EINTR && errno != EAGAIN {
                reachedEnd = true
            }
        }
        return true
    }

    /// Sees to what others want: signals, events, another prompt.
    func lookAround() {
        hideHint()
        for signal in mailbox.pipe.drain() {
            switch signal {
            case SIGWINCH: resize()
            default: resume()
            }
        }
        let posts = mailbox.takePosts()
        if let prompt = mailbox.takePromptChange(), prompt != shownPrompt {
            printAbove(posts) { self.show(prompt) }
        } else if !posts.isEmpty {
            printAbove(posts) {}
        }
    }

    // MARK: Screen

    func print(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            guard let start = bytes.baseAddress else { return }
            start.withMemoryRebound(to: CChar.self, capacity: bytes.count) { ce_write($0, bytes.count) }
        }
    }

    static func cells(_ scalar: Unicode.Scalar) -> Int {
        Int(ce_width(wchar_t(bitPattern: scalar.value)))
    }

    static func cells(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + max(0, cells($1)) }
    }

    var size: (columns: Int, rows: Int) { TerminalSize.current }

    /// The line as libedit has it, and the cursor's place in it.
    var line: (scalars: [Unicode.Scalar], cursor: Int) {
        guard let info = el_wline(editor)?.pointee, let buffer = info.buffer, let end = info.lastchar,
            let cursor = info.cursor
        else { return ([], 0) }
        let text = UnsafeBufferPointer(start: buffer, count: end - buffer)
        return (text.map { Unicode.Scalar(UInt32(bitPattern: $0)) ?? "\u{fffd}" }, cursor - buffer)
    }

    /// The rows of the cursor and of the end of the input, counted from the prompt's.
    private var rows: (cursor: Int, end: Int) {
        let (scalars, cursor) = line
        var layout = ScreenLayout(width: size.columns, cells: Self.cells)
        layout.add(shownPrompt.text.unicodeScalars)
        layout.add(scalars[..<cursor])
        // A wide character under the cursor that does not fit takes the cursor along to the next row.
        var end = layout
        end.add(scalars[cursor...])
        let limit = size.rows - 1
        return (min(layout.row, limit), min(end.row, limit))
    }

    private func printAbove(_ texts: [String], _ change: () -> Void) {
        if isDumb {
            print(texts.isEmpty ? "\n" : "\n" + texts.joined(separator: "\n") + "\n")
        } else {
            erase()
            for text in texts { print(text + "\n") }
        }
        change()
        ce_flush()
        ce_refresh(editor)
    }

    private func erase() {
        let row = rows.cursor
        if row > 0 { print("\u{1b}[\(row)A") }
        // Not ESC[J from the first column: some terminals push the whole screen into their scroll-back then.
        print("\r\u{1b}[K\u{1b}[C\u{1b}[J\r")
    }

    /// Puts the cursor below the input, for text that is to stay there.
    func moveBelow() {
        let (cursor, end) = rows
        print(String(repeating: "\n", count: isDumb ? 0 : end - cursor) + "\r\n")
    }

    /// Prints lines below the input and draws it again under them.
    func printBelow(_ lines: [String]) {
        moveBelow()
        for line in lines { print(line + "\n") }
        ce_flush()
        ce_refresh(editor)
    }

    private func resize() {
        if !isDumb { erase() }
        ce_flush()
        el_resize(editor)
        ce_refresh(editor)
    }

    /// Draws the line again after the process was stopped; to be called once or twice for one stop.
    private func resume() {
        if isDrawn, !isDumb { erase() }
        isDrawn = true
        ce_flush()
        // libedit believes the terminal is raw still: off and on again makes it so.
        ce_prepare_terminal(editor, 0)
        ce_prepare_terminal(editor, 1)
        el_resize(editor)
        ce_refresh(editor)
    }

    // MARK: Hints

    /// Paints what may follow behind the line, where it fits into the row; libedit knows nothing of it.
    private func showHint() {
        guard !isHintShown, !isDumb, !decoder.isWaiting else { return }
        let (scalars, cursor) = line
        guard cursor == scalars.count, !scalars.contains("\n"),
            let hint = configuration.hint(CompletionRun.text(scalars))
        else { return }
        var layout = ScreenLayout(width: size.columns, cells: Self.cells)
        layout.add(shownPrompt.text.unicodeScalars)
        layout.add(scalars)
        let room = size.columns - layout.column - 1
        guard room > 8 else { return }
        let shown = hint.count <= room ? hint : hint.prefix(room - 1) + "…"
        print("\u{1b}[90m\(shown)\u{1b}[0m\u{1b}[\(shown.count)D")
        ce_flush()
        isHintShown = true
    }

    private func hideHint() {
        guard isHintShown else { return }
        isHintShown = false
        print("\u{1b}[K")
        ce_flush()
    }

    // MARK: Functions bound to keys

    private func abandon() -> UInt8 {
        isAbandoned = true
        el_cursor(editor, Int32(line.scalars.count))
        el_insertstr(editor, "^C")
        el_push(editor, "\n")
        return UInt8(CC_REFRESH)
    }

    private func endOrDelete() -> UInt8 {
        let (scalars, cursor) = line
        if scalars.isEmpty { return UInt8(CC_EOF) }
        guard cursor < scalars.count else { return UInt8(CC_ERROR) }
        el_cursor(editor, 1)
        el_deletestr(editor, 1)
        return UInt8(CC_REFRESH)
    }

    private func suspend() -> UInt8 {
        moveBelow()
        ce_flush()
        ce_prepare_terminal(editor, 0)
        isDrawn = false
        // To this thread, so that it goes no further before the process stands still.
        raise(SIGTSTP)
        resume()
        return UInt8(CC_NORM)
    }

    private func insertPaste() -> UInt8 {
        guard !pasted.isEmpty, el_insertstr(editor, pasted) == 0 else { return UInt8(CC_ERROR) }
        pasted = ""
        return UInt8(CC_REFRESH)
    }

    private func complete() -> UInt8 { CompletionRun(self).run() }
}

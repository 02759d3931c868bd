import CLibEdit
import Glibc
import Synchronization

/// What the rest of the program wants from the editor's thread, and the pipe that wakes it.
final class Mailbox: Sendable {
    /// All that came since the thread last looked.
    struct News {
        var text = ""
        var prompt: Prompt?
        var isClosing = false
        var discardsTypeAhead = false
    }

    private struct State {
        var posts: [String] = []
        var dropped = 0
        var prompt: Prompt?
        var discardsTypeAhead = false
        var reader: CheckedContinuation<LineInput, Never>?
        var isClosing = false
        var hasEnded = false
        var closers: [CheckedContinuation<Void, Never>] = []
        var history: [String] = []
    }

    static let capacity = 4096

    /// Readable when there is something to look at.
    let wakeDescriptor: Int32

    /// Takes the byte that wakes; for the signal handler too.
    let pokeDescriptor: Int32

    private let state = Mutex(State())

    init() throws(TerminalError) {
        var ends: (read: Int32, write: Int32) = (-1, -1)
        let error = ce_pipe(&ends.read, &ends.write)
        guard error == 0 else { throw .system(call: "pipe", errno: error) }
        (wakeDescriptor, pokeDescriptor) = ends
    }

    deinit {
        Glibc.close(wakeDescriptor)
        Glibc.close(pokeDescriptor)
    }

    // From any thread

    func wake() {
        var byte: UInt8 = 0
        // A full pipe wakes as well.
        _ = write(pokeDescriptor, &byte, 1)
    }

    func post(_ text: String) {
        state.withLock { state in
            state.posts.append(text)
            guard state.posts.count > Self.capacity else { return }
            state.posts.removeFirst()
            state.dropped += 1
        }
        wake()
    }

    func setPrompt(_ prompt: Prompt) {
        state.withLock { $0.prompt = prompt }
        wake()
    }

    func discardTypeAhead() {
        state.withLock { $0.discardsTypeAhead = true }
        wake()
    }

    func request(_ prompt: Prompt, _ continuation: CheckedContinuation<LineInput, Never>) {
        let isOpen = state.withLock { state in
            guard !state.isClosing else { return false }
            precondition(state.reader == nil, "nextLine was called while another call waits for its line")
            state.prompt = prompt
            state.reader = continuation
            return true
        }
        if isOpen { wake() } else { continuation.resume(returning: .endOfInput) }
    }

    func close(_ continuation: CheckedContinuation<Void, Never>? = nil) {
        let hasEnded = state.withLock { state in
            state.isClosing = true
            if !state.hasEnded, let continuation { state.closers.append(continuation) }
            return state.hasEnded
        }
        if hasEnded { continuation?.resume() } else { wake() }
    }

    var history: [String] {
        get { state.withLock { $0.history } }
        set { state.withLock { $0.history = newValue } }
    }

    // From the editor's thread

    /// Empties the pipe; before looking, so that what comes later wakes again.
    func drain() {
        var buffer: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        while read(wakeDescriptor, &buffer, MemoryLayout.size(ofValue: buffer)) > 0 {}
    }

    func takeNews() -> News {
        state.withLock { state in
            var news = News(prompt: state.prompt, isClosing: state.isClosing)
            if state.dropped > 0 { news.text += "… \(state.dropped) lines dropped\n" }
            for post in state.posts { news.text += post.last == "\n" ? post : post + "\n" }
            news.discardsTypeAhead = state.discardsTypeAhead
            state.posts.removeAll()
            state.dropped = 0
            state.prompt = nil
            state.discardsTypeAhead = false
            return news
        }
    }

    var isLineWanted: Bool { state.withLock { $0.reader != nil } }

    func deliver(_ input: LineInput) {
        let reader = state.withLock { state in
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(returning: input)
    }

    /// The thread is about to end: nobody waits for it any longer.
    func end() {
        deliver(.endOfInput)
        let closers = state.withLock { state in
            state.isClosing = true
            state.hasEnded = true
            defer { state.closers = [] }
            return state.closers
        }
        for closer in closers { closer.resume() }
    }
}

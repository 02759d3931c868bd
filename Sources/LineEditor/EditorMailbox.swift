import Dispatch
import Synchronization

/// What other threads want of the editor's thread: a line, a print, another prompt, the end.
final class EditorMailbox: Sendable {
    struct State {
        var prompt = Prompt("> ")
        var promptChanged = false
        var waiter: CheckedContinuation<LineInput, Never>?
        var posts: [String] = []
        var droppedPosts = 0
        var isEditing = false
        var isClosing = false
        var closed: CheckedContinuation<Void, Never>?
        var history: [String] = []
        var signal: Int32?
    }

    static let postLimit = 4096
    let state = Mutex(State())
    let pipe: WakePipe
    private let request = DispatchSemaphore(value: 0)

    init(pipe: WakePipe) { self.pipe = pipe }

    func ask(_ prompt: Prompt, _ continuation: CheckedContinuation<LineInput, Never>) {
        state.withLock { state in
            state.prompt = prompt
            state.waiter = continuation
        }
        request.signal()
    }

    func close(_ continuation: CheckedContinuation<Void, Never>) {
        state.withLock { state in
            state.isClosing = true
            state.closed = continuation
        }
        request.signal()
        pipe.poke()
    }

    /// Waits, on the editor's thread, for the next line to edit; false at the end.
    func waitForRequest() -> Bool {
        request.wait()
        return state.withLock { !$0.isClosing }
    }

    /// Queues text for the editor's thread; false when no line is being edited and the caller may print by itself.
    func post(_ text: String) -> Bool {
        let isQueued = state.withLock { state in
            guard state.isEditing else { return false }
            if state.posts.count >= Self.postLimit {
                state.posts.removeFirst(Self.postLimit / 2)
                state.droppedPosts += Self.postLimit / 2
            }
            state.posts.append(text)
            return true
        }
        if isQueued { pipe.poke() }
        return isQueued
    }

    func takePosts() -> [String] {
        state.withLock { state in
            defer {
                state.posts = []
                state.droppedPosts = 0
            }
            guard state.droppedPosts > 0 else { return state.posts }
            return ["… \(state.droppedPosts) lines dropped"] + state.posts
        }
    }

    func takePromptChange() -> Prompt? {
        state.withLock { state in
            defer { state.promptChanged = false }
            return state.promptChanged ? state.prompt : nil
        }
    }
}

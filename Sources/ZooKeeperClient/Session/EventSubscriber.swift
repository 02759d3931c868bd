/// A reader of a session's events.
protocol EventSubscriber {
    func yield(_ event: SessionEvent)
    func finish()
}

/// A reader through an asynchronous stream, with a bounded buffer and an honest count of what did not fit.
final class StreamSubscriber: EventSubscriber {
    private let continuation: AsyncStream<SessionEvent>.Continuation
    private var missed = 0

    static func make(limit: Int) -> (StreamSubscriber, AsyncStream<SessionEvent>) {
        let (stream, continuation) = AsyncStream<SessionEvent>.makeStream(bufferingPolicy: .bufferingOldest(limit))
        return (StreamSubscriber(continuation: continuation), stream)
    }

    private init(continuation: AsyncStream<SessionEvent>.Continuation) {
        self.continuation = continuation
    }

    func yield(_ event: SessionEvent) {
        if missed > 0 {
            guard case .enqueued = continuation.yield(.dropped(missed)) else {
                missed += 1
                return
            }
            missed = 0
        }
        if case .dropped = continuation.yield(event) { missed += 1 }
    }

    func finish() { continuation.finish() }
}

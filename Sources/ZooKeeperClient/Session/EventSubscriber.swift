/// One reader of a session's events, with a bounded buffer and an honest count of what did not fit.
struct EventSubscriber {
    private let continuation: AsyncStream<SessionEvent>.Continuation
    private final class Missed {
        var count = 0
    }
    private let missed = Missed()

    static func make(limit: Int) -> (EventSubscriber, AsyncStream<SessionEvent>) {
        let (stream, continuation) = AsyncStream<SessionEvent>.makeStream(bufferingPolicy: .bufferingOldest(limit))
        return (EventSubscriber(continuation: continuation), stream)
    }

    private init(continuation: AsyncStream<SessionEvent>.Continuation) {
        self.continuation = continuation
    }

    func yield(_ event: SessionEvent) {
        if missed.count > 0 {
            guard case .enqueued = continuation.yield(.dropped(missed.count)) else {
                missed.count += 1
                return
            }
            missed.count = 0
        }
        if case .dropped = continuation.yield(event) { missed.count += 1 }
    }

    func finish() { continuation.finish() }
}

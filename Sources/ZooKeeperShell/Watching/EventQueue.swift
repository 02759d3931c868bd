import DequeModule
import ZooKeeperClient

/// The events of a session that wait to be reported: watch events in runs, so that they can be looked into together.
@ShellActor
final class EventQueue {
    /// What comes next.
    enum Item {
        /// Watch events that follow each other.
        case watches([WatchEvent])
        /// Something else.
        case session(SessionEvent)
    }

    private var events: Deque<SessionEvent> = []
    private var hasEnded = false
    private var waiter: CheckedContinuation<Void, Never>?
    private var feeder: Task<Void, Never>?
    /// Watch events that did not fit.
    private var dropped = 0

    /// A reader that lags more than this misses events, and is told so.
    private let limit: Int
    private static let runLimit = 512

    init(_ stream: AsyncStream<SessionEvent>, limit: Int = 65_536) {
        self.limit = limit
        feeder = Task.ofShell { [weak self] in
            for await event in stream { self?.add(event) }
            self?.end()
        }
    }

    private func add(_ event: SessionEvent) {
        if case .watch = event, events.count >= limit {
            dropped += 1
            return
        }
        if dropped > 0 {
            events.append(.dropped(dropped))
            dropped = 0
        }
        events.append(event)
        waiter.take()?.resume()
    }

    private func end() {
        hasEnded = true
        waiter.take()?.resume()
    }

    /// The next ones; nil at the end and when the task is cancelled.
    func next() async -> Item? {
        while events.isEmpty, dropped == 0 {
            if hasEnded || Task.isCancelled { return nil }
            await withTaskCancellationHandler {
                await withCheckedContinuation { waiter = $0 }
            } onCancel: {
                Task.ofShell { self.waiter.take()?.resume() }
            }
        }
        guard let first = events.popFirst() else {
            defer { dropped = 0 }
            return .session(.dropped(dropped))
        }
        guard case .watch(let event) = first else { return .session(first) }
        var run = [event]
        while run.count < Self.runLimit, case .watch(let event)? = events.first {
            run.append(event)
            events.removeFirst()
        }
        return .watches(run)
    }

    /// Whether an event on that path waits that a reply behind so many events covers.
    func holdsEvent(on path: ZPath, upTo ordinal: Int) -> Bool {
        events.contains { if case .watch(let event) = $0 { event.path == path && event.ordinal <= ordinal } else { false } }
    }
}

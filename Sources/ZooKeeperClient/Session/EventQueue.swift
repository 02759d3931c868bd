import DequeModule
import NIOCore

/// The events of a session that wait for a reader: watch events in runs, so that they can be looked into together.
///
/// An event is here as soon as it is received, before any reply that came after it: what is not here has not happened
/// yet. A reader that lags too much misses watch events, and is told how many.
public actor EventQueue {
    /// What comes next.
    public enum Item: Sendable {
        /// Watch events that follow each other.
        case watches([WatchEvent])
        /// Something else.
        case session(SessionEvent)
    }

    private let buffer: NIOLoopBound<EventBuffer>
    private static let runLimit = 512

    /// The session's executor.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { SessionExecutor.shared.asUnownedSerialExecutor() }

    init(_ buffer: NIOLoopBound<EventBuffer>) { self.buffer = buffer }

    /// The next ones; nil at the end, and when the task is cancelled.
    public func next() async -> Item? {
        while buffer.value.events.isEmpty {
            if buffer.value.hasEnded || Task.isCancelled { return nil }
            await withTaskCancellationHandler {
                await withCheckedContinuation { buffer.value.waiter = $0 }
            } onCancel: {
                Task(executorPreference: SessionExecutor.shared) { await self.wake() }
            }
        }
        guard let first = buffer.value.events.popFirst() else { return nil }
        guard case .watch(let event) = first else { return .session(first) }
        var run = [event]
        while run.count < Self.runLimit, case .watch(let event)? = buffer.value.events.first {
            run.append(event)
            buffer.value.events.removeFirst()
        }
        return .watches(run)
    }

    /// Whether no watch event waits, nor any was dropped.
    public var holdsNoWatchEvents: Bool {
        !buffer.value.events.contains { event in
            switch event {
            case .watch, .dropped: true
            default: false
            }
        }
    }

    private func wake() { buffer.value.waiter.take()?.resume() }

    /// Whether an event on that path waits that a reply behind so many events covers.
    public func holdsEvent(on path: ZPath, upTo ordinal: Int) -> Bool {
        buffer.value.events.contains { event in
            if case .watch(let event) = event { event.path == path && event.ordinal <= ordinal } else { false }
        }
    }
}

/// What waits in a queue of events.
///
/// Confined to the event loop.
final class EventBuffer: EventSubscriber {
    var events: Deque<SessionEvent> = []
    var hasEnded = false
    var waiter: CheckedContinuation<Void, Never>?
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    func yield(_ event: SessionEvent) {
        if case .watch = event, events.count >= limit {
            // Counted where the first of them would stand.
            if case .dropped(let count)? = events.last {
                events[events.count - 1] = .dropped(count + 1)
            } else {
                events.append(.dropped(1))
            }
        } else {
            events.append(event)
        }
        waiter.take()?.resume()
    }

    func finish() {
        hasEnded = true
        waiter.take()?.resume()
    }
}

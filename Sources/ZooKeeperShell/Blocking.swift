import Dispatch
import Synchronization

/// Calls that may block for as long as they like, on a thread of their own: the session's pings must go on.
enum Blocking {
    /// What the call gave; nil when the task was cancelled first, and the call is then left to itself.
    static func run<Value: Sendable>(_ call: @escaping @Sendable () -> Value) async -> Value? {
        let answer = FirstAnswer<Value>()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                answer.wait(continuation)
                if Task.isCancelled { answer.give(nil) }
                DispatchQueue.global().async { answer.give(call()) }
            }
        } onCancel: {
            answer.give(nil)
        }
    }

    /// A continuation that the first of two answers resumes.
    private final class FirstAnswer<Value: Sendable>: Sendable {
        private let continuation = Mutex<CheckedContinuation<Value?, Never>?>(nil)

        func wait(_ waiting: CheckedContinuation<Value?, Never>) {
            continuation.withLock { $0 = waiting }
        }

        func give(_ value: Value?) {
            continuation.withLock { $0.take() }?.resume(returning: value)
        }
    }
}

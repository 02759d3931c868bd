import NIOCore
import NIOPosix
import Synchronization

/// Runs the sessions' work on the one thread of their event loop.
///
/// An actor that uses it too talks to sessions without a change of thread. A task that prefers it also resumes there;
/// any other task resumes on Swift's thread pool first, which costs more than a request to a server on the same
/// machine.
public final class SessionExecutor: SerialExecutor, TaskExecutor {
    /// The only one: a thread is enough for every session of a program.
    public static let shared = SessionExecutor()

    let eventLoop: any EventLoop

    private static let adopted = Mutex<(any EventLoop)?>(nil)

    private init() {
        eventLoop = Self.adopted.withLock { $0 } ?? MultiThreadedEventLoopGroup(numberOfThreads: 1).next()
    }

    /// Makes the calling thread the one that runs the sessions' work, for as long as the process lives.
    ///
    /// To be called before anything else uses the executor. A program that has nothing else to do on its main thread
    /// saves the start of another one.
    public static func adoptThread(_ begin: @escaping () -> Void) -> Never {
        MultiThreadedEventLoopGroup.withCurrentThreadAsEventLoop { loop in
            adopted.withLock { $0 = loop }
            begin()
        }
        preconditionFailure("nothing ends the event loop")
    }

    /// Runs a job in its turn.
    public func enqueue(_ job: UnownedJob) {
        eventLoop.execute { [self] in
            job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
        }
    }

    /// This executor, for an actor.
    public func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    /// Stops the program when the caller is not on the event loop's thread.
    public func checkIsolated() { eventLoop.preconditionInEventLoop() }
}

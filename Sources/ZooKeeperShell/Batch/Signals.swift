import Glibc
import Synchronization

/// The signals that ask the program to end: SIGINT, SIGTERM, SIGHUP.
///
/// They are blocked in every thread and taken one by one by a thread of their own; so nothing runs in a signal handler,
/// and nothing is missed.
enum Signals {
    /// Told of each signal.
    @ShellActor static var onSignal: ((Int32) -> Void)?
    /// Whether the process outlives a signal, as the shell does a Ctrl-C.
    static var isSurvivable: Bool {
        get { survivable.withLock { $0 } }
        set { survivable.withLock { $0 = newValue } }
    }

    private static let survivable = Mutex(false)
    /// The signal that is left to a program in the foreground.
    @ShellActor private static var left: Int32?

    /// Lets a program in the foreground have a signal to itself while `work` goes on.
    @ShellActor static func leaving<Value>(_ number: Int32, _ work: () async -> Value) async -> Value {
        let wasSurvivable = isSurvivable
        left = number
        isSurvivable = true
        defer {
            left = nil
            isSurvivable = wasSurvivable
        }
        return await work()
    }

    @ShellActor private static func tell(_ number: Int32) {
        if number != left { onSignal?(number) }
    }

    /// How long work that was told to end may take for it, in seconds.
    private static let patience = 3

    /// Begins to take the signals; to be called before any other thread begins, so that they are blocked everywhere.
    ///
    /// Those that the caller chose to ignore stay ignored, as under `nohup`.
    static func serve() {
        var set = waitedFor()
        pthread_sigmask(SIG_BLOCK, &set, nil)
        var thread = pthread_t()
        let status = pthread_create(&thread, nil, { _ in Signals.loop() }, nil)
        if status == 0 { pthread_detach(thread) }
    }

    private static func waitedFor() -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            var action = sigaction()
            sigaction(number, nil, &action)
            if !action.isIgnored { sigaddset(&set, number) }
        }
        return set
    }

    /// Waits for signals and hands them over, for as long as the process lives.
    ///
    /// The second one ends it at once, and so does work that takes too long to end after the first.
    private static func loop() -> Never {
        var set = waitedFor()
        var isEnding = false
        while true {
            var patience = timespec(tv_sec: patience, tv_nsec: 0)
            let number = isEnding ? sigtimedwait(&set, nil, &patience) : sigwaitinfo(&set, nil)
            if isEnding, number > 0 || errno == EAGAIN { _exit(ExitStatus.interrupted.rawValue) }
            guard number > 0 else { continue }
            isEnding = !isSurvivable
            Task.ofShell { tell(number) }
        }
    }
}

extension sigaction {
    fileprivate var isIgnored: Bool {
        unsafeBitCast(__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}

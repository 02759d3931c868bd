import Glibc

/// A line on the terminal that says how far long work has come; it is gone when the work is done.
@ShellActor
final class Progress {
    private let verb: String
    private let total: Int?
    private let isShown: Bool
    private let begin = Monotonic.milliseconds
    private var nextTime: Int64
    private var isOnScreen = false

    /// Work that takes less shows nothing.
    private static let patience: Int64 = 500
    private static let interval: Int64 = 100

    /// Shown where it disturbs nothing: on a terminal, and not between results that are shown on it too.
    init(_ context: CommandContext, _ verb: String, total: Int? = nil, betweenResults: Bool = true) {
        self.verb = verb
        self.total = total
        let out = context.shell.streams.out
        let isFree = out.isTerminal ? !betweenResults : out.isFile
        isShown = isFree && context.shell.streams.err.isTerminal && !context.shell.options.isQuiet
        nextTime = begin + Self.patience
    }

    func show(_ count: Int, _ unit: String = "znodes") {
        guard isShown else { return }
        let now = Monotonic.milliseconds
        guard now >= nextTime else { return }
        nextTime = now + Self.interval
        let rate = Count.grouped(count * 1000 / Int(max(1, now - begin)))
        let share = total.map { " of \(Count.grouped($0))" } ?? ""
        put("\r\u{1b}[K\(verb) \(Count.grouped(count))\(share) \(unit), \(rate)/s; Ctrl-C stops")
        isOnScreen = true
    }

    func end() {
        if isOnScreen { put("\r\u{1b}[K") }
        isOnScreen = false
    }

    /// A terminal that takes nothing misses nothing.
    private func put(_ text: String) {
        guard Readiness.isReady(STDERR_FILENO, POLLOUT) else { return }
        let bytes = Array(text.utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }
}

/// A clock that nobody sets.
enum Monotonic {
    static var milliseconds: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}

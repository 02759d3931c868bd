import DequeModule
import Glibc
import ZooKeeperClient

/// A local command that runs for changes.
struct ExecSettings: Sendable {
    /// A line of the local shell.
    var line: String
    /// How many may run at once; with one they run in the order of the changes.
    var parallel = 1
    /// How long there must be no change before it runs, once for all of them, in milliseconds.
    var settle: Int64?
}

/// Runs a local command for changes: what changed in its environment, the data on its standard input.
@ShellActor
final class ChangeCommands {
    private struct Job {
        var change: Change
        /// How many changes it stands for.
        var count: Int
    }

    private let settings: ExecSettings
    private let context: CommandContext
    private var waiting: Deque<Job> = []
    private var running: [pid_t] = []
    private var unsettled: Job?
    private var timer: Task<Void, Never>?
    private var idleWaiters: [CheckedContinuation<Void, Never>] = []
    private var isCancelled = false
    private var dropped = 0

    /// Commands that wait for one that hangs are not kept without end.
    private let limit = 10_000
    /// How long a command that was told to end may take for it, in milliseconds.
    private let patience: Int64 = 2000

    init(_ settings: ExecSettings, _ context: CommandContext) {
        self.settings = settings
        self.context = context
    }

    func add(_ change: Change) {
        guard let settle = settings.settle else { return enqueue(Job(change: change, count: 1)) }
        unsettled = Job(change: change, count: (unsettled?.count ?? 0) + 1)
        timer?.cancel()
        timer = Task.ofShell {
            try? await Task.sleep(for: .milliseconds(settle))
            if !Task.isCancelled { self.settle() }
        }
    }

    private func settle() {
        if let job = unsettled.take() { enqueue(job) }
    }

    private func enqueue(_ job: Job) {
        if waiting.count >= limit {
            waiting.removeFirst()
            dropped += 1
        }
        waiting.append(job)
        startNext()
    }

    private func startNext() {
        while running.count < settings.parallel, !isCancelled, let job = waiting.popFirst() { start(job) }
        if running.isEmpty, waiting.isEmpty || isCancelled {
            let waiters = idleWaiters
            idleWaiters = []
            for waiter in waiters { waiter.resume() }
        }
    }

    private func start(_ job: Job) {
        let input = Self.file(holding: (job.change.data ?? nil) ?? [])
        defer { if input >= 0 { close(input) } }
        let pid = LocalProcess.start(
            settings.line, input: input, environment: environment(of: job), isGroupLeader: true)
        guard let pid else {
            Task.ofShell { await self.context.report(ShellError("watch: cannot start the command", status: .partial)) }
            return
        }
        running.append(pid)
        Task.ofShell {
            let status = await LocalProcess.wait(for: pid)
            self.running.removeAll { $0 == pid }
            await self.tell(status, job.change)
            self.startNext()
        }
    }

    private func tell(_ status: Int32, _ change: Change) async {
        if status == 0 && !context.shell.options.isVerbose || isCancelled { return }
        let subject = [change.type, change.path.map { "\($0)" }].compactMap { $0 }.joined(separator: " ")
        let end = status > 128 ? "was ended by signal \(status - 128)" : "ended with status \(status)"
        await context.report(ShellError("watch: the command for \(subject) \(end)", status: .partial))
    }

    private func environment(of job: Job) -> [String: String] {
        let change = job.change
        var values = ["ZKCLI_EVENT": change.type, "ZKCLI_CHANGES": "\(job.count)"]
        values["ZKCLI_PATH"] = change.path.map { "\($0)" }
        values["ZKCLI_VERSION"] = change.version.map { "\($0)" }
        values["ZKCLI_OLD_VERSION"] = change.oldVersion.map { "\($0)" }
        values["ZKCLI_MZXID"] = change.stat.map { Hex.prefixed($0.mzxid) }
        values["ZKCLI_RESYNCED"] = change.isResynced ? "1" : nil
        values["ZKCLI_SERVER"] = "\(context.shell.connectString)"
        return values
    }

    /// A file without a name, to be read from its beginning.
    private static func file(holding bytes: [UInt8]) -> Int32 {
        var name = Array("\(Environment.value("TMPDIR") ?? "/tmp")/zkcli-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        unlink(name)
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count <= 0 { break }
            start += count
        }
        lseek(descriptor, 0, SEEK_SET)
        return descriptor
    }

    /// Waits until all commands are done; when interrupted, ends them.
    func finish() async {
        timer?.cancel()
        settle()
        if !running.isEmpty || !waiting.isEmpty {
            await withTaskCancellationHandler {
                if Task.isCancelled { cancel() }
                await withCheckedContinuation { continuation in
                    idleWaiters.append(continuation)
                    startNext()
                }
            } onCancel: {
                Task.ofShell { self.cancel() }
            }
        }
        if dropped > 0 {
            await context.report(
                ShellError(
                    "watch: \(Count.grouped(dropped)) runs of the command were given up: it was too slow",
                    status: .partial))
        }
    }

    private func cancel() {
        isCancelled = true
        signal(SIGTERM)
        Task.ofShell { [patience] in
            try? await Task.sleep(for: .milliseconds(patience))
            self.signal(SIGKILL)
        }
    }

    private func signal(_ number: Int32) {
        for pid in running { kill(-pid, number) }
    }
}

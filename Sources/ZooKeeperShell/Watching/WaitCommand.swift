import CommandLanguage
import ZooKeeperClient

/// `wait`: returns when a condition on a znode holds.
struct WaitCommand: Command {
    static let exists = Flag("--exists", help: "Until there is such a znode; if no other condition is given")
    static let deleted = Flag("--deleted", help: "Until there is no such znode")
    static let children = Option<Int>(
        "--children", label: "COUNT", help: "Until it has so many children or more; with 0, until it has none")
    static let data = Option<RegularExpression>(
        "--data", label: "REGEX", help: "Until its data matches an extended regular expression")
    static let version = Option<Int32>(
        "--version", label: "VERSION", help: "Until its data has this version or a later one")
    static let timeout = Option<TimeSpan>("--timeout", label: "TIME", help: "Give up after this time, with status 3")
    static let path = Positional<PathArgument>("path", help: "The znode; it need not exist")

    static let names = ["wait"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.watching, "Wait until a condition holds",
        discussion: """
            For scripts: prints nothing, and ends with status 0 when the condition holds and with 3 when time is up. A \
            watch is set first and the condition checked then, so that nothing falls between. Lost connections and \
            expired sessions are made anew meanwhile.
            """,
        parameters: [exists, deleted, children, data, version, timeout, path],
        exclusive: [["--exists", "--deleted", "--children", "--data", "--version"]],
        examples: [
            Example("wait --timeout 30s /app/ready", "Until /app/ready is there"),
            Example("wait --children 3 --timeout 30s /app", "Until three of them have joined"),
            Example("wait --data '^t' --timeout 30s /app/config", "Until its data begins with t"),
        ]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        let path = try context.resolve(arguments[Self.path])
        let waiting = Task.ofShell { await Waiter(path, condition, context).run() }
        var isTimeUp = false
        let timer = arguments[Self.timeout].map { span in
            Task.ofShell {
                try? await Task.sleep(for: .milliseconds(span.milliseconds))
                if !Task.isCancelled { isTimeUp = true }
                waiting.cancel()
            }
        }
        let result = await withTaskCancellationHandler {
            await waiting.value
        } onCancel: {
            waiting.cancel()
        }
        timer?.cancel()
        if case .failure = result, isTimeUp {
            throw ShellError("wait \(path): time is up; \(description)", status: .connection)
        }
        try result.get()
    }

    private var condition: Waiter.Condition {
        if arguments[Self.deleted] { return .deleted }
        if let count = arguments[Self.children] { return .children(count) }
        if let pattern = arguments[Self.data] { return .data(pattern) }
        if let version = arguments[Self.version] { return .version(version) }
        return .exists
    }

    private var description: String {
        switch condition {
        case .exists: "there is no such znode"
        case .deleted: "it is still there"
        case .children(let count): count == 0 ? "it still has children" : "it has fewer than \(count) children"
        case .data: "its data does not match"
        case .version(let version): "its version is not \(version) yet"
        }
    }
}

/// Waits for a condition on one znode, through reconnects and expired sessions.
@ShellActor
final class Waiter {
    enum Condition: Sendable {
        case exists
        case deleted
        case children(Int)
        case data(RegularExpression)
        case version(Int32)
    }

    private let path: ZPath
    private let condition: Condition
    private let context: CommandContext
    private let pattern: RegularExpression.Matcher?

    init(_ path: ZPath, _ condition: Condition, _ context: CommandContext) {
        self.path = path
        self.condition = condition
        self.context = context
        if case .data(let expression) = condition { pattern = expression.compiled() } else { pattern = nil }
    }

    func run() async -> Result<Void, ShellError> {
        var isFirst = true
        while !Task.isCancelled {
            let session = await context.shell.makeSession()
            let queue = await session.eventQueue()
            await session.start()
            let result = await follow(session, queue, isFirst: isFirst)
            await session.close()
            switch result {
            case .success(true): return .success(())
            case .success(false): isFirst = false
            case .failure(let error): return .failure(context.describe(error))
            }
        }
        return .failure(.interrupted)
    }

    /// True when the condition holds, false when the session is over before.
    private func follow(
        _ session: Session, _ queue: EventQueue, isFirst: Bool
    ) async -> Result<Bool, ZooKeeperError> {
        var needsCheck = true
        var hasAnswer = !isFirst
        while true {
            if needsCheck {
                needsCheck = false
                switch await check(session) {
                case .success(true): return .success(true)
                case .success(false): hasAnswer = true
                case .failure(let error):
                    switch error.reason {
                    // Whatever follows a lost connection is an event.
                    case .connectionLoss: break
                    case .noConnection where hasAnswer: needsCheck = true
                    case .sessionExpired: return .success(false)
                    default: return .failure(error)
                    }
                }
                if needsCheck { continue }
            }
            guard let item = await queue.next() else {
                return Task.isCancelled ? .failure(ZooKeeperError(.cancelled(written: false))) : .success(false)
            }
            switch item {
            case .watches, .session(.connected), .session(.dropped), .session(.watchesLost): needsCheck = true
            case .session(.expired): return .success(false)
            case .session(.unreachable) where hasAnswer:
                try? await Task.sleep(for: .seconds(1))
                return .success(false)
            case .session(.unreachable(let failures)): return .failure(ZooKeeperError(.noConnection(failures)))
            case .session(.authFailed): return .failure(ZooKeeperError(.authFailed))
            case .session: break
            }
        }
    }

    /// Sets the watch that tells when to check again, and checks.
    private func check(_ session: Session) async -> Result<Bool, ZooKeeperError> {
        switch condition {
        case .exists, .deleted, .version:
            switch await session.reply(to: Exists(path, watch: true)) {
            case .success(let stat): return .success(holds(for: stat))
            case .failure(let error) where error.code == .noNode: return .success(holds(for: nil))
            case .failure(let error): return .failure(error)
            }
        case .children(let count):
            let result = await session.reply(to: GetChildren(path, watch: true)).map { names in
                count == 0 ? names.isEmpty : names.count >= count
            }
            return await orWaitForCreation(result, session)
        case .data:
            let result = await session.reply(to: GetData(path, watch: true)).map { data, _ in
                pattern?.matches(data ?? []) ?? false
            }
            return await orWaitForCreation(result, session)
        }
    }

    private func holds(for stat: Stat?) -> Bool {
        switch condition {
        case .exists: stat != nil
        case .deleted: stat == nil
        case .version(let version): stat.map { $0.version >= version } ?? false
        case .children, .data: false
        }
    }

    /// Where there is no such znode yet, its creation is what to wait for.
    private func orWaitForCreation(
        _ result: Result<Bool, ZooKeeperError>, _ session: Session
    ) async -> Result<Bool, ZooKeeperError> {
        guard case .failure(let error) = result, error.code == .noNode else { return result }
        switch await session.reply(to: Exists(path, watch: true)) {
        // Created since: its own watch is to be set.
        case .success: return await check(session)
        case .failure(let error) where error.code == .noNode: return .success(false)
        case .failure(let error): return .failure(error)
        }
    }
}

import DequeModule

/// Writes many znodes: transactions of many operations, several of them in flight, in the order given.
///
/// The whole is not atomic. When an operation makes its transaction fail, the operations of that transaction are done
/// one by one, so that what can be done is done, and what cannot is named. After a lost connection the same, where doing
/// an operation twice does no harm.
public actor BatchWriter {
    /// An operation that the server refused.
    public struct Failure: Sendable, Hashable {
        /// The operation.
        public var operation: Multi.Op
        /// Why.
        public var code: ErrorCode
    }

    private struct Batch {
        var operations: [Multi.Op]
        /// What the session had seen when it was sent: what a retry finds to be newer was made by us.
        var zxid: Int64
        var reply: Task<Result<[Multi.OpResult], ZooKeeperError>, Never>
    }

    private let session: Session
    private let countLimit: Int
    private let byteLimit: Int
    private let window: Int
    private var waiting: [Multi.Op] = []
    private var waitingBytes = 0
    private var inFlight: Deque<Batch> = []
    private let attempts = 5

    /// Operations done so far.
    public private(set) var done = 0
    /// Operations refused so far.
    public private(set) var failures: [Failure] = []

    /// The session's executor.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { SessionExecutor.shared.asUnownedSerialExecutor() }

    /// A writer of transactions of at most `countLimit` operations, `window` of them in flight.
    public init(session: Session, countLimit: Int = 1000, window: Int = 4) {
        self.session = session
        self.countLimit = countLimit
        self.window = window
        // A server takes a request up to its limit, and writes it to its log as one transaction.
        byteLimit = min(512 << 10, session.configuration.requestLimit / 2)
    }

    /// Adds an operation; waits while too many are in flight.
    ///
    /// Throws when the session is in trouble. What was done till then is in `done`.
    public func add(_ operation: Multi.Op) async throws(ZooKeeperError) {
        let size = operation.size
        if waiting.count >= countLimit || waitingBytes + size > byteLimit { try await send() }
        waiting.append(operation)
        waitingBytes += size
    }

    /// Sends what waits, and waits for what is in flight.
    public func finish() async throws(ZooKeeperError) {
        try await send()
        while !inFlight.isEmpty { try await settleFirst() }
    }

    private func send() async throws(ZooKeeperError) {
        if waiting.isEmpty { return }
        while inFlight.count >= window { try await settleFirst() }
        let operations = waiting
        waiting = []
        waitingBytes = 0
        let zxid = await session.lastZxid
        let session = session
        let reply = Task.immediate(executorPreference: SessionExecutor.shared) {
            await session.reply(to: Multi(operations))
        }
        inFlight.append(Batch(operations: operations, zxid: zxid, reply: reply))
    }

    private func settleFirst() async throws(ZooKeeperError) {
        guard let batch = inFlight.popFirst() else { return }
        let result = await withTaskCancellationHandler {
            await batch.reply.value
        } onCancel: {
            batch.reply.cancel()
        }
        switch result {
        case .success(let results) where Multi.culprit(in: results) == nil: done += batch.operations.count
        case .success: try await doSingly(batch, wasInterrupted: false)
        case .failure(let error):
            switch error.reason {
            case .connectionLoss where batch.operations.allSatisfy(\.mayBeRepeated):
                try await doSingly(batch, wasInterrupted: true)
            case .server, .requestTooLarge: try await doSingly(batch, wasInterrupted: false)
            default: throw error
            }
        }
    }

    // MARK: One by one

    private func doSingly(_ batch: Batch, wasInterrupted: Bool) async throws(ZooKeeperError) {
        // All at once: a session keeps the order of its requests.
        let replies = batch.operations.map { operation in
            Task.immediate(executorPreference: SessionExecutor.shared) {
                await self.single(operation, since: batch.zxid, wasInterrupted: wasInterrupted)
            }
        }
        for (operation, reply) in zip(batch.operations, replies) {
            switch await reply.value {
            case .success(nil): done += 1
            case .success(let code?): failures.append(Failure(operation: operation, code: code))
            case .failure(let error): throw error
            }
        }
    }

    /// The server's refusal, or nil when it is done.
    private func single(
        _ operation: Multi.Op, since zxid: Int64, wasInterrupted: Bool
    ) async -> Result<ErrorCode?, ZooKeeperError> {
        var isRepeated = wasInterrupted
        for attempt in 1... {
            switch await session.reply(to: Multi([operation])) {
            case .success(let results):
                guard let culprit = Multi.culprit(in: results) else { return .success(nil) }
                if isRepeated, await wasDone(operation, since: zxid, culprit.error) { return .success(nil) }
                return .success(culprit.error)
            case .failure(let error):
                if let code = error.code { return .success(code) }
                guard case .connectionLoss = error.reason, operation.mayBeRepeated, attempt < attempts else {
                    return .failure(error)
                }
                isRepeated = true
            }
        }
        return .success(nil)
    }

    /// Whether the first attempt, whose reply was lost, explains that the second one was refused.
    private func wasDone(_ operation: Multi.Op, since zxid: Int64, _ code: ErrorCode) async -> Bool {
        switch operation {
        case .delete: return code == .noNode
        case .create(let path, _, _, _):
            guard code == .nodeExists, case .success(let stat) = await session.reply(to: Exists(path)) else {
                return false
            }
            return stat.czxid > zxid
        case .setData, .check: return false
        }
    }
}

extension Multi.Op {
    /// About what it takes in a request, in bytes.
    var size: Int {
        switch self {
        case .create(let path, let data, let acl, _):
            path.bytes.count + (data?.count ?? 0) + acl.reduce(64) { $0 + 16 + $1.scheme.utf8.count + $1.id.utf8.count }
        case .setData(let path, let data, _): path.bytes.count + (data?.count ?? 0) + 32
        case .delete(let path, _), .check(let path, _): path.bytes.count + 32
        }
    }

    /// Whether doing it twice has no other outcome than doing it once, but for an error that tells so.
    var mayBeRepeated: Bool {
        switch self {
        case .create(_, _, _, let mode): !mode.isSequential
        case .delete(_, let version), .setData(_, _, let version): version == -1
        case .check: true
        }
    }
}

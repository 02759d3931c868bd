/// Deletes a subtree, children before parents, many znodes a transaction, while it is still being walked.
public actor TreeDelete {
    private let writer: BatchWriter
    private let walk: TreeWalk
    private let spares: @Sendable (ZPath) -> Bool
    /// The way down to the znode visited last; those that are left behind are due.
    private var way: [ZPath] = []

    /// The session's executor.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { SessionExecutor.shared.asUnownedSerialExecutor() }

    /// A deletion of `path` and all that lies under it but what is to be spared, in transactions of at most
    /// `batchSize` znodes.
    public init(
        _ path: ZPath, session: Session, batchSize: Int = 1000, sparing spares: @escaping @Sendable (ZPath) -> Bool
    ) {
        writer = BatchWriter(session: session, countLimit: batchSize)
        walk = TreeWalk(from: path, session: session)
        self.spares = spares
    }

    /// Znodes that are gone because of this.
    public var deleted: Int { get async { await writer.done } }
    /// Znodes that are still there, and why.
    public var failures: [BatchWriter.Failure] {
        get async { await writer.failures.filter { $0.code != .noNode } }
    }

    /// Goes on deleting; false when all is done.
    ///
    /// Throws when the session is in trouble; what was deleted till then stays deleted.
    public func step() async throws(ZooKeeperError) -> Bool {
        guard let visits = try await walk.next() else {
            try await leave(until: nil)
            try await writer.finish()
            return false
        }
        for visit in visits {
            try await leave(until: visit.path)
            way.append(visit.path)
        }
        return true
    }

    /// Deletes the znodes on the way down that the next one does not lie under.
    private func leave(until next: ZPath?) async throws(ZooKeeperError) {
        while let last = way.last, next?.isWithin(last) != true {
            way.removeLast()
            if !spares(last) { try await writer.add(.delete(last, version: -1)) }
        }
    }
}

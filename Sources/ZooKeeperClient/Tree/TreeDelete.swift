/// Deletes a subtree, children before parents, many znodes a transaction.
public struct TreeDelete {
    /// What became of it.
    public struct Report: Sendable {
        /// Znodes that are gone because of this.
        public var deleted = 0
        /// Znodes that are still there, and why.
        public var failures: [(path: ZPath, code: ErrorCode)] = []
        /// What ended the work before its end.
        public var interruption: ZooKeeperError?
    }

    private let session: Session
    private let batchSize: Int
    private let sparesSystem: Bool

    /// A deletion in transactions of at most `batchSize` znodes.
    ///
    /// `sparesSystem` keeps `/` and `/zookeeper`.
    public init(session: Session, batchSize: Int, sparesSystem: Bool) {
        self.session = session
        self.batchSize = batchSize
        self.sparesSystem = sparesSystem
    }

    /// What is to be deleted: `path` and everything under it, children before their parents.
    public func plan(_ path: ZPath) async throws(ZooKeeperError) -> [ZPath] {
        var paths: [ZPath] = []
        var walk = TreeWalk(from: path, session: session)
        while let found = try await walk.next() { paths += found }
        if sparesSystem { paths.removeAll { $0.isRoot || $0.isWithin("/zookeeper") } }
        // The walk names parents first.
        return paths.reversed()
    }

    /// Deletes znodes, in this order.
    ///
    /// Throws only when nothing was done yet.
    public func run(_ paths: [ZPath]) async throws(ZooKeeperError) -> Report {
        var report = Report()
        var start = 0
        do throws(ZooKeeperError) {
            while start < paths.count {
                let end = batchEnd(paths, from: start)
                try await delete(paths[start..<end], &report)
                start = end
            }
        } catch {
            if report.deleted == 0 { throw error }
            report.interruption = error
        }
        return report
    }

    /// A transaction must fit into the largest request a server takes.
    private func batchEnd(_ paths: [ZPath], from start: Int) -> Int {
        let overhead = 32
        var bytes = 0
        var end = start
        while end < paths.count, end - start < batchSize {
            bytes += paths[end].bytes.count + overhead
            if bytes > session.configuration.requestLimit / 2, end > start { break }
            end += 1
        }
        return end
    }

    private func delete(_ paths: ArraySlice<ZPath>, _ report: inout Report) async throws(ZooKeeperError) {
        let results = try await session.send(Multi(paths.map { .delete($0, version: -1) }))
        guard Multi.culprit(in: results) != nil else {
            report.deleted += paths.count
            return
        }
        // The transaction did nothing: one by one, to get done what can be and to name what cannot.
        for path in paths {
            switch await session.reply(to: Delete(path)) {
            case .success: report.deleted += 1
            case .failure(let error):
                guard let code = error.code else { throw error }
                if code != .noNode { report.failures.append((path, code)) }
            }
        }
    }
}

/// Reads the stats of a subtree, many requests in flight.
public struct SubtreeStats: Sendable {
    private let session: Session
    private let window: Int

    /// A reader with at most `window` requests in flight.
    public init(session: Session, window: Int = 256) {
        self.session = session
        self.window = window
    }

    /// One znode's answer; nil when it is missing or may not be read.
    private struct Visit: Sendable {
        var path: ZPath
        var names: [[UInt8]]
        var stat: Stat
    }

    /// The stats of `path` and, when recursive, of everything under it.
    ///
    /// Missing znodes are left out; those that may not be read are too, with what lies under them.
    public func read(_ path: ZPath, recursive: Bool) async throws(ZooKeeperError) -> [ZPath: Stat] {
        guard recursive else { return try await look(path).get().map { [path: $0.stat] } ?? [:] }
        let result = await withTaskGroup(of: Result<Visit?, ZooKeeperError>.self) { group in
            var stats: [ZPath: Stat] = [:]
            var waiting = [path]
            var inFlight = 0
            var failure: ZooKeeperError?
            while failure == nil {
                while inFlight < window, let next = waiting.popLast() {
                    inFlight += 1
                    group.addTask { await list(next) }
                }
                guard let answer = await group.next() else { break }
                inFlight -= 1
                switch answer {
                case .success(let visit?):
                    stats[visit.path] = visit.stat
                    waiting += visit.names.map { visit.path.child($0) }
                case .success(nil): break
                case .failure(let error): failure = error
                }
            }
            group.cancelAll()
            return failure.map { .failure($0) } ?? Result<[ZPath: Stat], ZooKeeperError>.success(stats)
        }
        return try result.get()
    }

    private func list(_ path: ZPath) async -> Result<Visit?, ZooKeeperError> {
        switch await session.reply(to: GetChildren2(path)) {
        case .success(let reply): .success(Visit(path: path, names: reply.names, stat: reply.stat))
        case .failure(let error): Self.withoutUnreadable(error)
        }
    }

    private func look(_ path: ZPath) async -> Result<Visit?, ZooKeeperError> {
        switch await session.reply(to: Exists(path)) {
        case .success(let stat): .success(Visit(path: path, names: [], stat: stat))
        case .failure(let error): Self.withoutUnreadable(error)
        }
    }

    private static func withoutUnreadable(_ error: ZooKeeperError) -> Result<Visit?, ZooKeeperError> {
        error.code == .noNode || error.code == .noAuth ? .success(nil) : .failure(error)
    }
}

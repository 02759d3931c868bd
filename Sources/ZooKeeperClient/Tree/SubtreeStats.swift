/// Reads the stats of a subtree, many requests in flight.
public struct SubtreeStats: Sendable {
    private let session: Session
    private let window: Int

    /// A reader with at most `window` requests in flight.
    public init(session: Session, window: Int = 256) {
        self.session = session
        self.window = window
    }

    /// The stats of `path` and, when recursive, of everything under it. Missing znodes are left out; those that may
    /// not be read are too, with what lies under them.
    public func read(_ path: ZPath, recursive: Bool) async throws(ZooKeeperError) -> [ZPath: Stat] {
        guard recursive else {
            guard let stat = try await visit(path, listing: false)?.stat else { return [:] }
            return [path: stat]
        }
        let result = await withTaskGroup(
            of: Result<(path: ZPath, names: [[UInt8]], stat: Stat)?, ZooKeeperError>.self
        ) { group in
            var stats: [ZPath: Stat] = [:]
            var waiting = [path]
            var inFlight = 0
            var failure: ZooKeeperError?
            while failure == nil {
                while inFlight < window, let next = waiting.popLast() {
                    inFlight += 1
                    group.addTask { await attempt(next) }
                }
                guard let answer = await group.next() else { break }
                inFlight -= 1
                switch answer {
                case .success((let path, let names, let stat)?):
                    stats[path] = stat
                    waiting += names.map { path.child($0) }
                case .success(nil): break
                case .failure(let error): failure = error
                }
            }
            group.cancelAll()
            return failure.map { .failure($0) } ?? Result<[ZPath: Stat], ZooKeeperError>.success(stats)
        }
        return try result.get()
    }

    private func attempt(_ path: ZPath) async -> Result<(path: ZPath, names: [[UInt8]], stat: Stat)?, ZooKeeperError> {
        do throws(ZooKeeperError) {
            return .success(try await visit(path, listing: true))
        } catch {
            return .failure(error)
        }
    }

    private func visit(
        _ path: ZPath, listing: Bool
    ) async throws(ZooKeeperError) -> (path: ZPath, names: [[UInt8]], stat: Stat)? {
        do throws(ZooKeeperError) {
            if !listing { return (path, [], try await session.send(Exists(path))) }
            let (names, stat) = try await session.send(GetChildren2(path))
            return (path, names, stat)
        } catch {
            if error.code == .noNode || error.code == .noAuth { return nil }
            throw error
        }
    }
}

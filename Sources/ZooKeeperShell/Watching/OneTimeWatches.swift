import ZooKeeperClient

/// Following with one-time watches, for servers that have no others: after each event the watch is set again, and the
/// same request tells what the znode looks like now.
extension Watcher {
    /// Sets watches on a znode and, when recursive, on all that lies under it.
    func armOneTime(under path: ZPath) async throws {
        guard let session else { return }
        var names: [[UInt8]] = []
        do throws(ZooKeeperError) {
            known[path] = try await session.send(Exists(path, watch: true))
            names = try await session.send(GetChildren(path, watch: true))
        } catch {
            guard error.code == .noNode else { throw error }
            known[path] = nil
        }
        for name in names where isRecursive { try await armOneTime(under: path.child(name)) }
    }

    func reportAndRearm(_ event: WatchEvent) async throws {
        let path = event.path
        switch event.type {
        case .nodeChildrenChanged: try await childrenChanged(path, event)
        case .nodeDeleted:
            known[path] = nil
            try count(Change(event: event))
            // Only the paths asked for are waited for; others come back as a child of their parent.
            if paths.contains(path) { try await armOneTime(under: path) }
        default:
            var change = Change(event: event)
            try await readData(into: &change, path)
            try count(change)
            try await armOneTime(under: path, again: event.type == .nodeCreated)
        }
    }

    private func armOneTime(under path: ZPath, again isNew: Bool) async throws {
        guard !isNew, let session else { return try await armOneTime(under: path) }
        do throws(ZooKeeperError) {
            known[path] = try await session.send(Exists(path, watch: true))
        } catch {
            guard error.code == .noNode else { throw error }
            known[path] = nil
        }
    }

    private func childrenChanged(_ path: ZPath, _ event: WatchEvent) async throws {
        guard let session else { return }
        var names: [[UInt8]] = []
        do throws(ZooKeeperError) {
            names = try await session.send(GetChildren(path, watch: true))
        } catch {
            guard error.code == .noNode else { throw error }
        }
        guard isRecursive else { return try count(Change(event: event)) }
        for name in names.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let child = path.child(name)
            guard known[child] == nil else { continue }
            try await armOneTime(under: child)
            var change = Change(type: WatchEvent.EventType.nodeCreated.description, path: child)
            try await readData(into: &change, child)
            try count(change)
        }
    }
}

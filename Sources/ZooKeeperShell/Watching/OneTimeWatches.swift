import ZooKeeperClient

/// Following with one-time watches, for servers that have no others: after each event the watch is set again, and the
/// same request tells what the znode looks like now.
extension Watcher {
    /// Sets watches on a znode and, when recursive, on all that lies under it.
    func armOneTime(under path: ZPath) async throws(Stop) {
        known[path] = try await found(Exists(path, watch: true))
        guard known[path] != nil, let names = try await found(GetChildren(path, watch: true)) else { return }
        for name in names where isRecursive { try await armOneTime(under: path.child(name)) }
    }

    func reportAndRearm(_ event: WatchEvent) async throws(Stop) {
        let path = event.path
        switch event.type {
        case .nodeChildrenChanged: try await childrenChanged(path, event)
        case .nodeDeleted:
            known[path] = nil
            try await count(Change(event: event))
            // Only the paths asked for are waited for; others come back as a child of their parent.
            if paths.contains(path) { try await armOneTime(under: path) }
        default:
            var change = Change(event: event)
            try await readData(into: &change, path)
            try await count(change)
            try await armOneTime(under: path, again: event.type == .nodeCreated)
        }
    }

    private func armOneTime(under path: ZPath, again isNew: Bool) async throws(Stop) {
        if isNew { return try await armOneTime(under: path) }
        known[path] = try await found(Exists(path, watch: true))
    }

    /// The reply, or nil where there is no such znode.
    private func found<Request: ZooKeeperRequest>(_ request: Request) async throws(Stop) -> Request.Response? {
        guard let session else { return nil }
        switch await session.reply(to: request) {
        case .success(let response): return response
        case .failure(let error) where error.code == .noNode: return nil
        case .failure(let error): throw failed(error)
        }
    }

    private func childrenChanged(_ path: ZPath, _ event: WatchEvent) async throws(Stop) {
        let names = try await found(GetChildren(path, watch: true)) ?? []
        guard isRecursive else { return try await count(Change(event: event)) }
        for name in names.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let child = path.child(name)
            if known[child] == nil { try await reportNew(child) }
        }
    }

    private func reportNew(_ path: ZPath) async throws(Stop) {
        try await armOneTime(under: path)
        var change = Change(type: WatchEvent.EventType.nodeCreated.description, path: path)
        try await readData(into: &change, path)
        try await count(change)
    }
}

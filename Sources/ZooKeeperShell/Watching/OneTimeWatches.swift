import ZooKeeperClient

/// Following with one-time watches, for servers that have no others: after each event the watch is set again, and the
/// same request tells what the znode looks like now, which is compared with what was last reported.
extension Watcher {
    /// Sets watches on a znode and, when recursive, on all that lies under it; hands over each as it is.
    func visitAndArm(
        _ path: ZPath, _ body: (TreeWalk.Visit) async throws(Stop) -> Void
    ) async throws(Stop) {
        var waiting = [path]
        while let next = waiting.popLast() {
            guard let visit = try await arm(next) else { continue }
            try await body(visit)
            guard settings.isRecursive else { continue }
            waiting += (visit.names ?? []).reversed().map { next.child($0) }
        }
    }

    /// Sets both watches on a znode; nil where there is none, and then its coming is watched for.
    private func arm(_ path: ZPath) async throws(Stop) -> TreeWalk.Visit? {
        guard let session else { return nil }
        let (existence, eventsBefore) = await session.orderedReply(to: Exists(path, watch: true))
        guard let stat = try found(existence) else { return nil }
        var visit = TreeWalk.Visit(path: path, stat: stat, childCount: 0, eventsBefore: eventsBefore)
        let names = try found(await session.reply(to: GetChildren(path, watch: true)))
        visit.names = names?.sorted { $0.lexicographicallyPrecedes($1) }
        if settings.readsData, let (data, _) = try found(await session.reply(to: GetData(path))) { visit.data = data }
        return visit
    }

    /// The reply, or nil where there is no such znode.
    private func found<Value>(_ result: Result<Value, ZooKeeperError>) throws(Stop) -> Value? {
        switch result {
        case .success(let value): return value
        case .failure(let error) where error.code == .noNode || error.code == .noAuth: return nil
        case .failure(let error): throw stop(for: error)
        }
    }

    func reportAndRearm(_ event: WatchEvent) async throws(Stop) {
        let path = event.path
        switch event.type {
        case .nodeDeleted:
            try await reportDeletion(path)
            // Only the paths asked for are waited for; others come back as a child of their parent.
            if settings.paths.contains(path) { try await lookAgain(path) }
        case .nodeChildrenChanged where settings.isRecursive: try await lookForChildren(path)
        default: try await lookAgain(path)
        }
    }

    private func reportDeletion(_ path: ZPath) async throws(Stop) {
        guard let znode = known[path] else { return }
        known[path] = nil
        children[path] = nil
        var change = Change(.deleted, path)
        change.version = znode.version
        try await report(change)
    }

    /// Sets the watches anew and reports what is different.
    private func lookAgain(_ path: ZPath) async throws(Stop) {
        guard let visit = try await arm(path) else { return try await reportDeletion(path) }
        try await reportDifference(visit)
        if settings.isRecursive { try await lookForChildren(path) }
    }

    private func lookForChildren(_ path: ZPath) async throws(Stop) {
        guard let session, let names = try found(await session.reply(to: GetChildren(path, watch: true))) else {
            return
        }
        for name in names.sorted(by: { $0.lexicographicallyPrecedes($1) }) where known[path.child(name)] == nil {
            try await visitAndArm(path.child(name)) { (visit) async throws(Stop) in try await reportDifference(visit) }
        }
    }

    private func reportDifference(_ visit: TreeWalk.Visit) async throws(Stop) {
        guard let stat = visit.stat else { return }
        let old = known[visit.path]
        known[visit.path] = KnownTree.Znode(stat, eventsBefore: visit.eventsBefore, round: known.round)
        let formerChildren = children[visit.path] ?? []
        if !settings.isRecursive { children[visit.path] = visit.names }
        var change = Change(old == nil ? .created : .changed, visit.path)
        change.version = stat.version
        change.stat = stat
        if settings.readsData { change.data = .some(visit.data) }
        if let old, !old.isSame(as: stat) {
            try await report(Change(.deleted, visit.path))
            change.kind = .created
            change.type = Change(.created, visit.path).type
        } else if let old {
            change.oldVersion = old.version
        }
        if old == nil || old?.version != stat.version || old?.isSame(as: stat) == false { try await report(change) }
        if let old, old.isSame(as: stat), old.aversion != stat.aversion {
            var change = Change(.acl, visit.path)
            change.aclVersions = (old.aversion, stat.aversion)
            try await report(change)
        }
        if !settings.isRecursive, old != nil, let names = visit.names, names != formerChildren {
            var change = Change(.children, visit.path)
            change.children = difference(from: formerChildren, to: names)
            try await report(change)
        }
    }
}

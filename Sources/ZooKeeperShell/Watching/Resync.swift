import ZooKeeperClient

/// Comparison of the tree with what was last reported: at the start, and after every gap.
extension Watcher {
    /// Takes in the state at the start, and tells it when asked to.
    func tellState() async throws(Stop) {
        for path in settings.paths {
            let before = known.count
            try await visit(path) { (visit) async throws(Stop) in
                try await take(visit)
                guard settings.showsInitial else { return }
                var change = Change(type: "Initial", path: visit.path)
                change.stat = visit.stat
                change.version = visit.stat?.version
                change.data = settings.showsData ? .some(visit.data) : nil
                if settings.shows(change) { try await tell(change) }
            }
            let count = known.count - before
            if count == 0, settings.showsInitial { try await tell(Change(type: "Missing", path: path)) }
            let what = settings.isRecursive ? "\(Count.znodes(count)) under \(path)" : "\(path)"
            await context.warn(count == 0 ? "\(path) does not exist yet; waiting for it" : "following \(what)")
        }
    }

    /// Compares the tree with what was last reported, and reports the differences.
    ///
    /// Cut short by a lost connection it has reported what it found; the next one finds the rest.
    func resync() async throws(Stop) {
        guard let session else { return }
        known.beginRound()
        refused = []
        for path in settings.paths {
            try await visit(path) { (visit) async throws(Stop) in
                if visit.refusal != nil { refused.append(visit.path) } else { try await compare(visit) }
            }
        }
        for path in known.unseen(except: { [refused] path in refused.contains { path.isWithin($0) } }) {
            var change = Change(.deleted, path)
            change.version = known[path]?.version
            change.isResynced = true
            known[path] = nil
            children[path] = nil
            try await report(change)
        }
        let gap = (from: gapStart ?? settledZxid, to: await session.lastZxid)
        gapStart = nil
        var notes: [String] = []
        notes.append(
            gap.from == gap.to
                ? "nothing happened meanwhile"
                : "changes between these that were undone, or followed by others, may be missing")
        if !refused.isEmpty { notes.append("\(Count.znodes(refused.count)) may not be read and is not followed") }
        var end = Change(type: "Resynced", note: notes.joined(separator: "; "))
        end.gap = gap
        try await tell(end)
    }

    /// Hands over the znodes under watch as they are now.
    private func visit(
        _ path: ZPath, _ body: (TreeWalk.Visit) async throws(Stop) -> Void
    ) async throws(Stop) {
        guard let session else { return }
        if usesOneTimeWatches { return try await visitAndArm(path, body) }
        guard settings.isRecursive else { return try await visitAlone(path, session, body) }
        let walk = TreeWalk(
            from: path, session: session, reading: settings.readsData ? .data : .stats)
        while let visits = try await next(of: walk, at: path) {
            for visit in visits { try await body(visit) }
        }
    }

    /// The walk's next znodes; a start that may not be read is one of its own.
    private func next(of walk: TreeWalk, at path: ZPath) async throws(Stop) -> [TreeWalk.Visit]? {
        do throws(ZooKeeperError) {
            return try await walk.next()
        } catch {
            switch error.code {
            case .noNode: return nil
            case .noAuth: return [TreeWalk.Visit(path: path, childCount: 0, refusal: .noAuth)]
            default: throw stop(for: error)
            }
        }
    }

    /// One znode, its children only by name.
    private func visitAlone(
        _ path: ZPath, _ session: Session, _ body: (TreeWalk.Visit) async throws(Stop) -> Void
    ) async throws(Stop) {
        async let children = session.orderedReply(to: GetChildren2(path))
        var visit = TreeWalk.Visit(path: path, childCount: 0)
        var failure: ZooKeeperError?
        if settings.readsData {
            let (result, eventsBefore) = await session.orderedReply(to: GetData(path))
            visit.eventsBefore = eventsBefore
            switch result {
            case .success(let (data, stat)): (visit.data, visit.stat) = (data, stat)
            case .failure(let error): failure = error
            }
        }
        let (result, eventsBefore) = await children
        switch result {
        case .success(let (names, stat)):
            visit.names = names.sorted { $0.lexicographicallyPrecedes($1) }
            if visit.stat == nil { (visit.stat, visit.eventsBefore) = (stat, eventsBefore) }
        case .failure(let error): failure = error
        }
        switch failure {
        case nil: try await body(visit)
        case let error? where error.code == .noNode: return
        case let error? where error.code == .noAuth:
            visit.refusal = .noAuth
            try await body(visit)
        case let error?: throw stop(for: error)
        }
    }

    /// Takes a znode for reported.
    private func take(_ visit: TreeWalk.Visit) async throws(Stop) {
        guard let stat = visit.stat else { return }
        known[visit.path] = KnownTree.Znode(stat, eventsBefore: visit.eventsBefore, round: known.round)
        if !settings.isRecursive { children[visit.path] = visit.names }
        if settings.showsDifference { formerData[visit.path] = visit.data ?? [] }
    }

    private func compare(_ visit: TreeWalk.Visit) async throws(Stop) {
        guard let stat = visit.stat else { return }
        let old = known[visit.path]
        let formerChildren = children[visit.path]
        known[visit.path] = KnownTree.Znode(stat, eventsBefore: visit.eventsBefore, round: known.round)
        if !settings.isRecursive { children[visit.path] = visit.names }
        guard let old, old.isSame(as: stat) else {
            if let old {
                var change = Change(.deleted, visit.path)
                change.version = old.version
                try await reportResynced(change)
            }
            return try await reportResynced(detailed(Change(.created, visit.path), visit, stat))
        }
        if old.version != stat.version {
            var change = detailed(Change(.changed, visit.path), visit, stat)
            change.oldVersion = old.version
            try await reportResynced(change)
        }
        if old.aversion != stat.aversion {
            var change = Change(.acl, visit.path)
            change.aclVersions = (old.aversion, stat.aversion)
            try await reportResynced(change)
        }
        if let formerChildren, let names = visit.names, formerChildren != names {
            var change = Change(.children, visit.path)
            change.children = difference(from: formerChildren, to: names)
            change.stat = stat
            try await reportResynced(change)
        }
    }

    private func detailed(_ change: Change, _ visit: TreeWalk.Visit, _ stat: Stat) -> Change {
        var change = change
        change.version = stat.version
        change.stat = stat
        if settings.readsData { change.data = .some(visit.data) }
        return change
    }

    private func reportResynced(_ change: Change) async throws(Stop) {
        var change = change
        change.isResynced = true
        try await report(change)
    }
}

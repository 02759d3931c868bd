import ZooKeeperClient

/// Follows znodes through events, reconnects and expired sessions, and reports each change once.
@ShellActor
final class Watcher {
    let context: CommandContext
    let paths: [ZPath]
    let isRecursive: Bool
    private let readsData: Bool
    private var remaining: Int?
    var usesOneTimeWatches: Bool
    /// The znodes known to exist, as last seen.
    ///
    /// What is compared after a gap.
    var known: [ZPath: Stat] = [:]
    /// Znodes that changed since they were last seen.
    private var stale: Set<ZPath> = []
    private var refresher: Task<Void, Never>?
    private var endsInTime = false
    private(set) var session: Session?

    /// Why the work ends.
    ///
    /// Typed throws all through: the optimiser of Swift 6.3 crashes on untyped ones between waits.
    enum Stop: Error {
        /// Enough changes, or the session was closed.
        case done
        case failed(ShellError)
    }

    init(
        context: CommandContext, paths: [ZPath], isRecursive: Bool, readsData: Bool, usesOneTimeWatches: Bool,
        limit: Int?
    ) {
        self.context = context
        self.paths = paths
        self.isRecursive = isRecursive
        self.readsData = readsData
        self.usesOneTimeWatches = usesOneTimeWatches
        remaining = limit
    }

    /// A failure in this command's words.
    func failed(_ error: ZooKeeperError) -> Stop { .failed(context.describe(error)) }

    func timeIsUp() { endsInTime = true }

    func run() async -> Result<Void, ShellError> {
        var result: Result<Void, ShellError> = .success(())
        do throws(Stop) {
            try await follow()
        } catch {
            if case .failed(let error) = error { result = .failure(error) }
        }
        refresher?.cancel()
        await session?.close()
        if endsInTime { return .success(()) }
        return Task.isCancelled ? .failure(.interrupted) : result
    }

    // MARK: The stream

    private func follow() async throws(Stop) {
        var isFirst = true
        while !Task.isCancelled {
            let session = await context.shell.makeSession()
            self.session = session
            let events = await session.events()
            await session.start()
            try await arm()
            if isFirst {
                try await tellState()
            } else {
                try await resync(from: nil, "in a new session")
            }
            isFirst = false
            try await handle(events, of: session)
        }
    }

    /// Works through one session's events; returns when the session has expired.
    private func handle(_ events: AsyncStream<SessionEvent>, of session: Session) async throws(Stop) {
        var gapStart: Int64?
        for await event in events {
            switch event {
            case .watch(let event):
                if isWatched(event.path) { try await report(event) }
            case .disconnected(let why):
                gapStart = await session.lastZxid
                try await tell(Change(type: "Disconnected", note: why))
            case .connected(let server, resumed: true, _):
                try await tell(Change(type: "Reconnected", note: "to \(server)"))
                try await resync(from: gapStart, "while disconnected")
            case .connected: break
            case .dropped(let count):
                try await tell(Change(type: "Dropped", note: "\(count) events came faster than they were read"))
                try await resync(from: gapStart, "among dropped events")
            case .watchesLost(let code):
                try await tell(Change(type: "WatchesLost", note: "\(code); setting them again"))
                try await arm()
            case .expired:
                return try await tell(Change(type: "Expired", note: "opening a new session"))
            case .unreachable(let failures):
                throw failed(ZooKeeperError(.noConnection(failures)))
            case .authFailed: throw failed(ZooKeeperError(.authFailed))
            case .closed: throw .done
            }
        }
        throw .done
    }

    private func isWatched(_ path: ZPath) -> Bool {
        paths.contains { isRecursive ? path.isWithin($0) : path == $0 }
    }

    private func report(_ event: WatchEvent) async throws(Stop) {
        var change = Change(event: event)
        let isGone = event.type == .nodeDeleted
        if usesOneTimeWatches { return try await reportAndRearm(event) }
        if isGone { known[event.path] = nil } else { markStale(event.path) }
        if readsData, !isGone, event.type != .nodeChildrenChanged {
            try await readData(into: &change, event.path)
        }
        try await count(change)
    }

    /// The data as it is now; the event itself carries none, and it may be newer than the event.
    func readData(into change: inout Change, _ path: ZPath) async throws(Stop) {
        guard readsData, let session else { return }
        do throws(ZooKeeperError) {
            let (data, stat) = try await session.send(GetData(path))
            change.data = .some(data)
            change.stat = stat
            known[path] = stat
        } catch {
            guard let code = error.code else { throw failed(error) }
            change.note = "its data cannot be read: \(code)"
        }
    }

    // MARK: Output

    /// Prints a line about the session or the state.
    private func tell(_ change: Change) async throws(Stop) {
        do throws(ShellError) {
            try await context.emit(.change(change))
            try await context.flush()
        } catch {
            throw .failed(error)
        }
    }

    /// Prints a change, and ends the work when it was the last one asked for.
    func count(_ change: Change) async throws(Stop) {
        try await tell(change)
        guard let left = remaining else { return }
        remaining = left - 1
        if left <= 1 { throw .done }
    }

    private func tellState() async throws(Stop) {
        for path in paths {
            known.merge(try await stats(under: path)) { $1 }
            var change = Change(type: known[path] == nil ? "Missing" : "Initial", path: path)
            change.stat = known[path]
            if change.stat != nil { try await readData(into: &change, path) }
            try await tell(change)
        }
    }

    // MARK: Watches and state

    private func arm() async throws(Stop) {
        guard let session else { return }
        if !usesOneTimeWatches {
            do throws(ZooKeeperError) {
                for path in paths {
                    try await session.send(AddWatch(path, mode: isRecursive ? .persistentRecursive : .persistent))
                }
                return
            } catch {
                // Before 3.6 the operation is unknown; some watch managers of later servers refuse it.
                guard error.code == .unimplemented || error.code == .marshallingError else { throw failed(error) }
                usesOneTimeWatches = true
                await context.warn(
                    "the server has no persistent watches; one-time watches are re-armed after each change, "
                        + "and changes that follow each other closely may be told as one")
            }
        }
        for path in paths { try await armOneTime(under: path) }
    }

    func stats(under path: ZPath) async throws(Stop) -> [ZPath: Stat] {
        guard let session else { return [:] }
        var stats: [ZPath: Stat] = [:]
        do throws(ZooKeeperError) {
            if isRecursive {
                let walk = TreeWalk(from: path, session: session, reading: .stats)
                while let visits = try await walk.next() {
                    for visit in visits { stats[visit.path] = visit.stat }
                }
            } else {
                stats[path] = try await session.send(Exists(path))
            }
        } catch {
            guard error.code == .noNode || error.code == .noAuth else { throw failed(error) }
        }
        return stats
    }

    /// Sees to it that changed znodes are looked at again, so that a later comparison has something to compare with.
    private func markStale(_ path: ZPath) {
        stale.insert(path)
        guard refresher == nil else { return }
        refresher = Task.ofShell { [self] in
            while let path = stale.popFirst(), !Task.isCancelled {
                guard let session else { break }
                do throws(ZooKeeperError) {
                    known[path] = try await session.send(Exists(path))
                } catch {
                    if error.code == .noNode { known[path] = nil }
                }
            }
            refresher = nil
        }
    }

    /// Compares the tree with what was known and reports the differences.
    private func resync(from zxid: Int64?, _ when: String) async throws(Stop) {
        var current: [ZPath: Stat] = [:]
        for path in paths { current.merge(try await stats(under: path)) { $1 } }
        let before = known
        known = current
        for path in Swift.Set(before.keys).union(current.keys).sorted() {
            for type in difference(before[path], current[path]) {
                var change = Change(type: type.description, path: path)
                change.isResynced = true
                change.stat = current[path]
                if let old = before[path], let new = current[path], type == .nodeDataChanged {
                    change.note = "version \(old.version) to \(new.version)"
                }
                if type == .nodeCreated || type == .nodeDataChanged { try await readData(into: &change, path) }
                try await count(change)
            }
        }
        var note = "changes \(when) that were undone again are not told"
        if let zxid, let last = await session?.lastZxid {
            note = "zxid \(Hex.prefixed(zxid)) to \(Hex.prefixed(last)): " + note
        }
        try await tell(Change(type: "Resynced", note: note))
    }

    private func difference(_ old: Stat?, _ new: Stat?) -> [WatchEvent.EventType] {
        switch (old, new) {
        case (nil, nil): return []
        case (nil, _?): return [.nodeCreated]
        case (_?, nil): return [.nodeDeleted]
        case (let old?, let new?) where old.czxid != new.czxid: return [.nodeDeleted, .nodeCreated]
        case (let old?, let new?):
            let data: [WatchEvent.EventType] = old.mzxid != new.mzxid ? [.nodeDataChanged] : []
            return data + (!isRecursive && old.pzxid != new.pzxid ? [.nodeChildrenChanged] : [])
        }
    }
}

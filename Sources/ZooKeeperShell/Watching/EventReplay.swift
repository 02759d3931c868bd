import ZooKeeperClient

/// Reporting of events: they are replayed on what was last reported, in their order; the znodes are read once for many
/// of them, which adds the details of the latest state.
extension Watcher {
    /// What was read of a znode.
    private struct Reading {
        var stat: Stat?
        var data: [UInt8]??
        var names: [[UInt8]]?
        /// How many events had come before.
        var eventsBefore: Int
    }

    func report(_ events: [WatchEvent]) async throws(Stop) {
        let events = events.filter { settings.isFollowed($0.path) }
        if usesOneTimeWatches {
            for event in events { try await reportAndRearm(event) }
            return
        }
        let readings = await read(events)
        for event in events { try await replay(event, readings[event.path]) }
        try await catchUp(readings)
    }

    /// Reads the znodes concerned, all at once.
    private func read(_ events: [WatchEvent]) async -> [ZPath: Reading] {
        guard let session else { return [:] }
        var last: [ZPath: WatchEvent.EventType] = [:]
        var withChildren: Swift.Set<ZPath> = []
        for event in events {
            if event.type == .nodeChildrenChanged {
                withChildren.insert(event.path)
            } else {
                last[event.path] = event.type
            }
        }
        let paths = last.filter { $0.value != .nodeDeleted }.map(\.key)
        var readings: [ZPath: Reading] = [:]
        if settings.readsData {
            for (path, reply) in zip(paths, await session.orderedReplies(to: paths.map { GetData($0) })) {
                guard case .success(let (data, stat)) = reply.result else { continue }
                readings[path] = Reading(stat: stat, data: .some(data), eventsBefore: reply.eventsBefore)
            }
        } else {
            for (path, reply) in zip(paths, await session.orderedReplies(to: paths.map { Exists($0) })) {
                guard case .success(let stat) = reply.result else { continue }
                readings[path] = Reading(stat: stat, eventsBefore: reply.eventsBefore)
            }
        }
        let parents = Array(withChildren)
        for (path, reply) in zip(parents, await session.orderedReplies(to: parents.map { GetChildren2($0) })) {
            guard case .success(let (names, stat)) = reply.result else { continue }
            var reading = readings[path] ?? Reading(stat: stat, eventsBefore: reply.eventsBefore)
            reading.names = names.sorted { $0.lexicographicallyPrecedes($1) }
            readings[path] = reading
        }
        return readings
    }

    private func replay(_ event: WatchEvent, _ reading: Reading?) async throws(Stop) {
        let path = event.path
        if let znode = known[path], znode.covers(event) { return }
        switch event.type {
        case .nodeCreated: try await reportCreation(event, reading)
        case .nodeDataChanged: try await reportChange(event, reading)
        case .nodeDeleted:
            guard let znode = known[path] else { return }
            known[path] = nil
            children[path] = nil
            var change = Change(.deleted, path)
            change.zxid = event.zxid
            change.version = znode.version
            try await report(change)
        case .nodeChildrenChanged: try await reportChildren(event, reading)
        default: break
        }
    }

    private func reportCreation(_ event: WatchEvent, _ reading: Reading?) async throws(Stop) {
        var change = Change(.created, event.path)
        change.zxid = event.zxid
        change.version = 0
        var znode = KnownTree.Znode(
            Stat(
                czxid: 0, mzxid: 0, ctime: 0, mtime: 0, version: 0, cversion: 0, aversion: 0, ephemeralOwner: 0,
                dataLength: 0, numChildren: 0, pzxid: 0), round: known.round)
        if let reading, let stat = reading.stat, stat.version == 0 {
            znode.czxid = stat.czxid
            change.stat = stat
            change.data = reading.data
        } else {
            change.isSuperseded = true
        }
        known[event.path] = znode
        try await report(change)
    }

    private func reportChange(_ event: WatchEvent, _ reading: Reading?) async throws(Stop) {
        var change = Change(.changed, event.path)
        change.zxid = event.zxid
        guard var znode = known[event.path] else {
            // It is gone already, as a comparison has found; unless it lies where comparison sees nothing.
            guard refused.contains(where: { event.path.isWithin($0) }) else { return }
            change.version = reading?.stat?.version
            change.stat = reading?.stat
            change.data = reading?.data
            if let stat = reading?.stat { known[event.path] = KnownTree.Znode(stat, round: known.round) }
            return try await report(change)
        }
        change.oldVersion = znode.version
        znode.version &+= 1
        change.version = znode.version
        if let stat = reading?.stat, stat.version == znode.version, znode.isSame(as: stat) {
            znode.czxid = stat.czxid
            change.stat = stat
            change.data = reading?.data
        } else {
            change.isSuperseded = true
        }
        known[event.path] = znode
        try await report(change)
    }

    private func reportChildren(_ event: WatchEvent, _ reading: Reading?) async throws(Stop) {
        var change = Change(.children, event.path)
        change.zxid = event.zxid
        if let names = reading?.names {
            change.children = difference(from: children[event.path] ?? [], to: names)
            change.stat = reading?.stat
            children[event.path] = names
        } else {
            change.isSuperseded = true
        }
        try await report(change)
    }

    func difference(from old: [[UInt8]], to new: [[UInt8]]) -> (added: [[UInt8]], removed: [[UInt8]]) {
        let (before, after) = (Swift.Set(old), Swift.Set(new))
        return (new.filter { !before.contains($0) }, old.filter { !after.contains($0) })
    }

    /// Reports what the readings show and no event told: ACLs that changed, and versions of which the event was
    /// filtered, as servers do for those who may not read.
    private func catchUp(_ readings: [ZPath: Reading]) async throws(Stop) {
        for (path, reading) in readings {
            guard let stat = reading.stat, var znode = known[path], znode.isSame(as: stat) else { continue }
            if stat.aversion > znode.aversion {
                var change = Change(.acl, path)
                change.aclVersions = (znode.aversion, stat.aversion)
                znode.aversion = stat.aversion
                known[path] = znode
                try await report(change)
            }
            guard stat.version > znode.version, let queue, await !queue.holdsEvent(on: path, upTo: reading.eventsBefore)
            else { continue }
            var change = Change(.changed, path)
            (change.oldVersion, change.version) = (znode.version, stat.version)
            change.stat = stat
            change.data = reading.data
            change.isResynced = true
            known[path] = KnownTree.Znode(stat, eventsBefore: reading.eventsBefore, round: known.round)
            try await report(change)
        }
    }
}

import ZooKeeperClient

/// A child that a typed name may be meant to become.
struct ZnodeCandidate: Sendable, Hashable {
    var name: [UInt8]
    var hasChildren: Bool
}

/// Finds the children that start with what was typed, and keeps what it found for a few seconds: who presses Tab presses
/// it again.
@ShellActor
final class ZnodeCandidates {
    private struct Entry {
        var names: [[UInt8]]
        var time: Int64
        var hasChildren: [[UInt8]: Bool] = [:]
    }

    private var entries: [ZPath: Entry] = [:]
    /// Counts how often everything was forgotten, so that an answer that comes later is not kept.
    private var epoch = 0

    /// How long an answer is good, in milliseconds.
    private static let lifetime: Int64 = 5000
    private static let entryLimit = 64
    /// Up to this many candidates are asked whether they have children; past it nobody reads marks.
    private static let lookLimit = 64

    /// Forgets everything, because something has changed.
    func forget() {
        epoch += 1
        if !entries.isEmpty { entries = [:] }
    }

    func children(
        of parent: ZPath, startingWith stem: [UInt8], session: Session
    ) async -> Result<[ZnodeCandidate], ZooKeeperError> {
        let names: [[UInt8]]
        switch await self.names(of: parent, session) {
        case .success(let all): names = all.filter { $0.starts(with: stem) }
        case .failure(let error): return .failure(error)
        }
        let marks = names.count <= Self.lookLimit ? await self.marks(names, of: parent, session) : [:]
        return .success(names.map { ZnodeCandidate(name: $0, hasChildren: marks[$0] ?? false) })
    }

    private func names(of parent: ZPath, _ session: Session) async -> Result<[[UInt8]], ZooKeeperError> {
        if let entry = entries[parent], Monotonic.milliseconds - entry.time < Self.lifetime {
            return .success(entry.names)
        }
        let asked = epoch
        return await session.reply(to: GetChildren(parent)).map { names in
            let sorted = names.sorted { $0.lexicographicallyPrecedes($1) }
            if asked == epoch {
                if entries.count >= Self.entryLimit { entries = [:] }
                entries[parent] = Entry(names: sorted, time: Monotonic.milliseconds)
            }
            return sorted
        }
    }

    private func marks(_ names: [[UInt8]], of parent: ZPath, _ session: Session) async -> [[UInt8]: Bool] {
        var marks = entries[parent]?.hasChildren ?? [:]
        let asked = epoch
        let unknown = names.filter { marks[$0] == nil }
        for (name, stat) in zip(unknown, await Stat.all(of: unknown.map(parent.child), session)) {
            marks[name] = (stat?.numChildren ?? 0) > 0
        }
        if asked == epoch { entries[parent]?.hasChildren = marks }
        return marks
    }
}

extension Stat {
    /// The stats of some znodes, asked for all at once; nil where the server tells none.
    static func all(of paths: [ZPath], _ session: Session) async -> [Stat?] {
        await session.replies(to: paths.map { Exists($0) }).map { try? $0.get() }
    }
}

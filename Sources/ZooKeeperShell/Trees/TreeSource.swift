import ZooKeeperClient

/// The znodes of a tree on a server.
@ShellActor
final class TreeSource: RecordSource {
    private let place: TreePlace
    private let walk: TreeWalk
    private let context: CommandContext
    private let readsACL: Bool
    private let includesEphemerals: Bool
    /// Whether a tree that is not there is an empty one.
    private let isOptional: Bool
    private var isAtEnd = false
    private(set) var problems: [String] = []
    private(set) var skippedEphemerals = 0
    /// What the session had seen before the first znode was read.
    private(set) var startZxid: Int64 = 0
    /// Whether a znode was met that is younger than the start.
    private(set) var hasChanged = false

    init(
        _ place: TreePlace, in context: CommandContext, readsACL: Bool, includesEphemerals: Bool,
        isOptional: Bool = false, maxDepth: Int = .max
    ) {
        self.place = place
        self.isOptional = isOptional
        self.context = context
        self.readsACL = readsACL
        self.includesEphemerals = includesEphemerals
        walk = TreeWalk(from: place.top, session: place.session, reading: .data, maxDepth: maxDepth)
    }

    var lastZxid: Int64 { get async { await place.session.lastZxid } }

    func next() async throws(ShellError) -> [ZnodeRecord]? {
        if isAtEnd { return nil }
        if startZxid == 0 {
            _ = await place.session.reply(to: Exists(place.top))
            startZxid = await place.session.lastZxid
        }
        guard let visits = try await visits() else {
            isAtEnd = true
            let vanished = await walk.vanished
            if vanished > 0 { problems.append("\(Count.znodes(vanished)) vanished while the tree was read") }
            return nil
        }
        var records: [ZnodeRecord] = []
        for visit in visits {
            if let refusal = visit.refusal {
                problems.append("\(visit.path): \(refusal); what lies under it is left out too")
                continue
            }
            guard let stat = visit.stat, !isSystem(visit.path) else { continue }
            if max(stat.czxid, stat.mzxid, stat.pzxid) > startZxid { hasChanged = true }
            if stat.isEphemeral, !includesEphemerals {
                skippedEphemerals += 1
                continue
            }
            records.append(
                ZnodeRecord(
                    path: visit.path.relative(to: place.top), data: visit.data, stat: stat,
                    isEphemeral: stat.isEphemeral))
        }
        return readsACL ? try await withACLs(records) : records
    }

    private func visits() async throws(ShellError) -> [TreeWalk.Visit]? {
        try await context.describing { () async throws(ZooKeeperError) in
            do throws(ZooKeeperError) {
                return try await walk.next()
            } catch {
                if isOptional, error.code == .noNode { return nil }
                throw error
            }
        }
    }

    /// The server's own znodes go nowhere, unless they are asked for by name.
    private func isSystem(_ path: ZPath) -> Bool {
        path.isWithin("/zookeeper") && !place.top.isWithin("/zookeeper")
    }

    /// Asked for one by one, because no batch can hold them, but all at once.
    private func withACLs(_ records: [ZnodeRecord]) async throws(ShellError) -> [ZnodeRecord] {
        let answers = await acls(of: records.map { $0.path.below(place.top) })
        var found: [ZnodeRecord] = []
        for (record, answer) in zip(records, answers) {
            var record = record
            switch answer {
            case .success(let (acl, _)): record.acl = acl
            case .failure(let error) where error.code == .noNode: continue
            case .failure(let error):
                guard let code = error.code else { throw context.describe(error) }
                problems.append("\(record.path.below(place.top)): its ACL cannot be read: \(code)")
            }
            found.append(record)
        }
        return found
    }

    /// Those that a lost connection left unanswered are asked for again.
    private func acls(of paths: [ZPath]) async -> [Result<GetACL.Response, ZooKeeperError>] {
        var answers = await place.session.replies(to: paths.map { GetACL($0) })
        for _ in 0..<5 {
            let lost = answers.indices.filter { index in
                if case .failure(let error) = answers[index], case .connectionLoss = error.reason {
                    true
                } else {
                    false
                }
            }
            if lost.isEmpty { break }
            for (index, answer) in zip(lost, await place.session.replies(to: lost.map { GetACL(paths[$0]) })) {
                answers[index] = answer
            }
        }
        return answers
    }
}

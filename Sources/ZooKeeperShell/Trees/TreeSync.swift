import ZooKeeperClient

/// Makes a tree like another one, or like an export.
@ShellActor
final class TreeSync {
    /// What becomes of a znode that is there already and is different.
    enum Policy {
        /// Nothing is written at all.
        case fail
        case skip
        case overwrite
    }

    struct Settings {
        var policy = Policy.fail
        /// Whether znodes that the source does not have are deleted.
        var deletes = false
        /// Whether it is only told what would be done.
        var isDry = false
        var setsACL = true
    }

    struct Counts {
        var created = 0
        var changed = 0
        var deleted = 0
        var unchanged = 0
        var skipped = 0

        var written: Int { created + changed + deleted }
    }

    let settings: Settings
    private let target: TreePlace
    let context: CommandContext
    private let writer: BatchWriter
    private let progress: Progress
    private(set) var counts = Counts()
    private var acls: [(path: ZPath, acl: [ACL])] = []
    /// The way down to the last znode that is to be deleted; those left behind are due.
    private var doomed: [ZPath] = []
    private var conflicts: [ZPath] = []

    init(_ settings: Settings, target: TreePlace, in context: CommandContext) {
        self.settings = settings
        self.target = target
        self.context = context
        writer = BatchWriter(session: target.session)
        progress = Progress(context, "compared", betweenResults: settings.isDry)
    }

    /// Whether a znode is as the source has it.
    static func isSame(_ wanted: ZnodeRecord, _ there: ZnodeRecord) -> Bool {
        guard wanted.data == there.data else { return false }
        guard let acl = wanted.acl, let other = there.acl else { return true }
        return Swift.Set(acl) == Swift.Set(other)
    }

    /// Finds out whether anything is in the way, and writes nothing.
    func findConflicts(_ merge: TreeMerge) async throws(ShellError) {
        while let item = try await merge.next() {
            if case .both(let wanted, let there) = item, !Self.isSame(wanted, there) { conflicts.append(wanted.path) }
        }
        if conflicts.isEmpty { return }
        for path in conflicts.prefix(20) {
            await context.report(
                ShellError("\(context.command): \(path.below(target.top)) is there and different", status: .refused))
        }
        throw ShellError(
            "\(context.command): \(Count.znodes(conflicts.count)) in the way; nothing was written", status: .refused,
            hints: ["--overwrite replaces them, --skip leaves them as they are"])
    }

    /// Writes what is different.
    func run(_ merge: TreeMerge) async throws(ShellError) {
        defer { progress.end() }
        var seen = 0
        do throws(ShellError) {
            if !settings.isDry { try await createAncestors() }
            while let item = try await merge.next() {
                try await apply(item)
                seen += 1
                progress.show(seen)
                if Task.isCancelled { throw .interrupted }
            }
            try await leave(until: nil)
            try await describing { () async throws(ZooKeeperError) in try await writer.finish() }
            try await setACLs()
        } catch {
            progress.end()
            let done = await writer.done
            if error.status == .interrupted { throw context.interrupted("\(Count.grouped(done)) changes were written") }
            guard done > 0, !settings.isDry else { throw error }
            throw ShellError(
                "\(error.message); \(Count.grouped(done)) changes were written before", status: .partial,
                hints: error.hints + ["run it again to do the rest"])
        }
    }

    /// What could not be written; empty when all was.
    func failures() async -> [String] {
        await writer.failures.filter { $0.code != .noNode || !$0.operation.isDelete }
            .map { "\($0.operation.path): \($0.code)" } + aclFailures
    }

    private var aclFailures: [String] = []

    private func describing(_ body: () async throws(ZooKeeperError) -> Void) async throws(ShellError) {
        try await context.describing(body)
    }

    private func createAncestors() async throws(ShellError) {
        var missing: [ZPath] = []
        var ancestor = target.top.parent
        while let path = ancestor, !path.isRoot {
            switch await target.session.reply(to: Exists(path)) {
            case .success: ancestor = nil
            case .failure(let error) where error.code == .noNode:
                missing.append(path)
                ancestor = path.parent
            case .failure(let error): throw context.describe(error)
            }
        }
        for path in missing.reversed() { try await write(.create(path, data: nil, acl: ACL.open, mode: .persistent)) }
    }

    private func write(_ operation: Multi.Op) async throws(ShellError) {
        if settings.isDry { return }
        try await describing { () async throws(ZooKeeperError) in try await writer.add(operation) }
    }

    private func apply(_ item: TreeMerge.Item) async throws(ShellError) {
        switch item {
        case .first(let wanted):
            let path = wanted.path.below(target.top)
            try await leave(until: path)
            counts.created += 1
            try await tell("+", path)
            let acl = settings.setsACL ? wanted.acl ?? ACL.open : ACL.open
            try await write(.create(path, data: wanted.data, acl: acl, mode: .persistent))
        case .both(let wanted, let there):
            let path = wanted.path.below(target.top)
            try await leave(until: path)
            if Self.isSame(wanted, there) {
                counts.unchanged += 1
            } else if settings.policy == .overwrite {
                counts.changed += 1
                try await tell("~", path)
                if wanted.data != there.data {
                    try await write(.setData(path, data: wanted.data, version: -1))
                }
                if let acl = wanted.acl, let other = there.acl, Swift.Set(acl) != Swift.Set(other) {
                    acls.append((path, acl))
                }
            } else {
                counts.skipped += 1
            }
        case .second(let extra):
            guard settings.deletes else { return }
            let path = extra.path.below(target.top)
            try await leave(until: path)
            doomed.append(path)
        }
    }

    /// Deletes the znodes on the way down that the next one does not lie under.
    private func leave(until next: ZPath?) async throws(ShellError) {
        while let last = doomed.last, next?.isWithin(last) != true {
            doomed.removeLast()
            counts.deleted += 1
            try await tell("-", last)
            try await write(.delete(last, version: -1))
        }
    }

    private func tell(_ mark: String, _ path: ZPath) async throws(ShellError) {
        guard settings.isDry else { return }
        try await context.emit(
            .line(Array("\(mark) ".utf8) + path.bytes, [("change", .string(mark)), ("path", .path(path))]))
    }

    /// One by one, because no transaction takes them, but all at once.
    private func setACLs() async throws(ShellError) {
        if settings.isDry { return }
        let replies = await target.session.replies(to: acls.map { SetACL($0.path, acl: $0.acl) })
        for ((path, _), result) in zip(acls, replies) {
            guard case .failure(let error) = result else { continue }
            guard let code = error.code else { throw context.describe(error) }
            aclFailures.append("\(path): its ACL was not set: \(code)")
        }
    }
}

extension Multi.Op {
    var isDelete: Bool { if case .delete = self { true } else { false } }
}

import ZooKeeperClient

/// The znodes under `/zookeeper/quota` that servers take quotas from.
@ShellActor
struct QuotaStore {
    static let root: ZPath = "/zookeeper/quota"
    private static let limits = Array("zookeeper_limits".utf8)
    private static let stats = Array("zookeeper_stats".utf8)

    let context: CommandContext
    let path: ZPath

    /// The quota of a path of the server's tree.
    init(_ path: ZPath, _ context: CommandContext) throws(ShellError) {
        self.path = path
        self.context = context
        guard context.shell.connectString.chroot == .none else {
            throw ShellError(
                "\(context.command) \(path): quotas lie outside of the chroot; connect without one", status: .refused)
        }
        guard !path.isRoot, !path.isWithin("/zookeeper") else {
            throw ShellError(
                "\(context.command) \(path): there are no quotas on the server's own znodes", status: .refused)
        }
    }

    private var node: ZPath { ZPath(unchecked: Self.root.bytes + path.bytes) }
    /// Where the limits are kept.
    var limitsPath: ZPath { node.child(Self.limits) }
    private var statsPath: ZPath { node.child(Self.stats) }

    /// The limits and the use; nil when there is no quota.
    func read() async throws(ShellError) -> (limits: Quota, used: Quota, version: Int32)? {
        guard let (limits, stat) = try await found(GetData(limitsPath)) else { return nil }
        let used = try await found(GetData(statsPath))
        return (Quota(limits), Quota(used?.data), stat.version)
    }

    /// Sets limits, keeping those that are not named.
    func set(_ kind: Quota.Kind, _ value: Int64) async throws(ShellError) {
        try await refuseNesting()
        guard try await found(Exists(path)) != nil else {
            throw ShellError("setquota \(path): no such znode (NoNode)", status: .refused)
        }
        if let (before, used, version) = try await read() {
            var limits = before
            limits[kind] = value
            _ = try await context.send(SetData(limitsPath, data: Array(limits.text.utf8), version: version))
            await warn(kind, value, used)
            return
        }
        var limits = Quota()
        limits[kind] = value
        for ancestor in ancestors(of: limitsPath) { try await createIfAbsent(ancestor, nil) }
        try await createIfAbsent(limitsPath, limits.text)
        // The server fills it in.
        try await createIfAbsent(statsPath, "count=0,bytes=0")
        if let used = try await read()?.used { await warn(kind, value, used) }
    }

    private func warn(_ kind: Quota.Kind, _ value: Int64, _ used: Quota) async {
        let isCount = kind == .count || kind == .countHardLimit
        guard let now = used[isCount ? .count : .bytes], now > value else { return }
        await context.warn("\(path): the \(kind.label) of \(value) is less than what is there already: \(now)")
    }

    /// Takes one limit away, or the whole quota; false when there was none.
    func remove(_ kind: Quota.Kind?) async throws(ShellError) -> Bool {
        guard let (before, _, version) = try await read() else { return false }
        var limits = before
        if let kind {
            guard limits[kind] != nil else { return false }
            limits[kind] = nil
            _ = try await context.send(SetData(limitsPath, data: Array(limits.text.utf8), version: version))
            return true
        }
        try await deleteIfPresent(limitsPath)
        try await deleteIfPresent(statsPath)
        // What only led to it goes too, as far as nothing else is there.
        var empty = node
        while empty != Self.root, try await deleteIfPresent(empty), let parent = empty.parent { empty = parent }
        return true
    }

    /// A subtree has one quota: servers look for the nearest one only.
    private func refuseNesting() async throws(ShellError) {
        if let ancestor = try await ancestorWithQuota() {
            throw ShellError("setquota \(path): the quota of its ancestor \(ancestor) holds for it", status: .refused)
        }
        guard try await found(Exists(node)) != nil else { return }
        let walk = TreeWalk(from: node, session: try await context.shell.session())
        while let visits = try await context.describing({ () async throws(ZooKeeperError) in try await walk.next() }) {
            for found in visits.map(\.path) where found.name.elementsEqual(Self.limits) && found != limitsPath {
                let below = ZPath(unchecked: Array((found.parent ?? found).bytes.dropFirst(Self.root.bytes.count)))
                throw ShellError("setquota \(path): its descendant \(below) has a quota", status: .refused)
            }
        }
    }

    /// The znode above whose quota holds for this one too.
    func ancestorWithQuota() async throws(ShellError) -> ZPath? {
        for ancestor in ancestors(of: path) where !ancestor.isRoot {
            let limits = ZPath(unchecked: Self.root.bytes + ancestor.bytes).child(Self.limits)
            if try await found(Exists(limits)) != nil { return ancestor }
        }
        return nil
    }

    // MARK: Znodes

    /// From the top down, the path itself not among them.
    private func ancestors(of path: ZPath) -> [ZPath] {
        var ancestors: [ZPath] = []
        var next = path.parent
        while let ancestor = next {
            ancestors.insert(ancestor, at: 0)
            next = ancestor.isRoot ? nil : ancestor.parent
        }
        return ancestors
    }

    private func found<Request: ZooKeeperRequest>(_ request: Request) async throws(ShellError) -> Request.Response? {
        try await context.sendTolerating(.noNode, request)
    }

    private func createIfAbsent(_ path: ZPath, _ text: String?) async throws(ShellError) {
        _ = try await context.sendTolerating(.nodeExists, Create(path, data: text.map { Array($0.utf8) }))
    }

    @discardableResult
    private func deleteIfPresent(_ path: ZPath) async throws(ShellError) -> Bool {
        let session = try await context.shell.session()
        switch await session.reply(to: Delete(path)) {
        case .success: return true
        case .failure(let error) where error.code == .noNode || error.code == .notEmpty: return false
        case .failure(let error): throw context.describe(error)
        }
    }
}

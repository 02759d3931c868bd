import CommandLanguage
import ZooKeeperClient

/// `mv`: a subtree under another path.
struct MoveCommand: Command {
    static let source = Positional<PathArgument>("source", help: "The znode to move, with what lies under it")
    static let target = Positional<PathArgument>("target", help: "Its new path; there must be no such znode")

    static let names = ["mv", "move"]
    static let isWrite = true

    static let spec = CommandSpec(
        names, group: CommandTable.Group.trees, "Move a znode and everything under it",
        discussion: """
            A subtree that fits into one transaction (up to 1000 znodes and a half of what the servers take as a \
            request) is moved at once or not at all, and only if nobody changes it meanwhile. A larger one is copied, \
            and deleted when the copy is whole. Ephemeral znodes cannot be moved: their owner would lose them.
            """,
        parameters: [source, target],
        examples: [Example("mv /app/old /app/new", "With its children")]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    private static let countLimit = 1000

    func run(in context: CommandContext) async throws(ShellError) {
        let session = try await context.shell.session()
        let (from, to) = (try context.resolve(arguments[Self.source]), try context.resolve(arguments[Self.target]))
        try context.refuseOverlap(from, to)
        if from.isRoot || from.isWithin("/zookeeper") {
            throw ShellError("mv \(from): refused, this is the server's own or the whole tree", status: .refused)
        }
        if try await context.sendTolerating(.noNode, Exists(to)) != nil {
            throw ShellError("mv \(to): \(ErrorCode.nodeExists)", status: .refused)
        }
        let place = TreePlace(session: session, top: from, isOwn: false)
        let target = TreePlace(session: session, top: to, isOwn: false)
        let source = TreeSource(place, in: context, readsACL: true, includesEphemerals: true)
        var records: [ZnodeRecord] = []
        var bytes = 0
        while let chunk = try await source.next() {
            for record in chunk {
                if record.isEphemeral {
                    throw ShellError("mv: \(record.path.below(from)) is ephemeral; nothing was moved", status: .refused)
                }
                bytes += (record.data?.count ?? 0) + 2 * record.path.bytes.count + 256
            }
            records += chunk
            if records.count > Self.countLimit || bytes > session.configuration.requestLimit / 2 {
                return try await moveInParts(place, target, context)
            }
        }
        try await context.fail(with: source.problems, "could not be read; nothing was moved")
        try await moveAtOnce(records, place, target, context)
    }

    @ShellActor private func moveAtOnce(
        _ records: [ZnodeRecord], _ from: TreePlace, _ to: TreePlace, _ context: CommandContext
    ) async throws(ShellError) {
        let creations = records.map { record in
            Multi.Op.create(
                record.path.below(to.top), data: record.data, acl: record.acl ?? ACL.open, mode: .persistent)
        }
        let deletions = records.reversed().map { record in
            Multi.Op.delete(record.path.below(from.top), version: record.stat?.version ?? -1)
        }
        let results = try await context.send(Multi(creations + deletions))
        if let culprit = Multi.culprit(in: results) {
            let path = (creations + deletions)[culprit.index].path
            throw ShellError("mv \(path): \(culprit.error); nothing was moved", status: .refused)
        }
        try await context.emit(.done(operation: "mv", to.top))
    }

    @ShellActor private func moveInParts(
        _ from: TreePlace, _ to: TreePlace, _ context: CommandContext
    ) async throws(ShellError) {
        let source = TreeSource(from, in: context, readsACL: true, includesEphemerals: true)
        let there = TreeSource(to, in: context, readsACL: true, includesEphemerals: true, isOptional: true)
        let sync = TreeSync(TreeSync.Settings(), target: to, in: context)
        try await sync.run(TreeMerge(source, there))
        try await sync.account(skippedEphemerals: 0)
        try await context.fail(with: source.problems, "could not be read; nothing was deleted")
        let deletion = TreeDelete(from.top, session: from.session, sparing: { _ in false })
        try await context.describing { () async throws(ZooKeeperError) in while try await deletion.step() {} }
        try await context.fail(
            with: await deletion.failures.map { "\($0.operation.path): \($0.code)" }, "were copied, but not deleted")
        try await context.emit(.done(operation: "mv", to.top))
    }
}

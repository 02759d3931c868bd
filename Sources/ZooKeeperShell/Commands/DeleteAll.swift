import CommandLanguage
import ZooKeeperClient

/// `deleteall`: a subtree, itself included.
struct DeleteAll: Command {
    static let batch = Option<Int>("-b", "--batch", label: "SIZE", help: "Znodes a transaction; 1000 unless given")
    static let dryRun = Flag("--dry-run", help: "Print what would be deleted, and delete nothing")
    static let yes = Flag("-y", "--yes", help: "Do not ask in the shell")
    static let force = Flag("--force", help: "Also for / and what lies under /zookeeper")
    static let path = Positional<PathArgument>("path", help: "The top of the subtree")

    static let names = ["deleteall"]
    static let isWrite = true

    static let spec = CommandSpec(
        names, group: CommandTable.Group.writing, "Delete a znode and everything under it",
        discussion: """
            Children go before their parents, in transactions of many znodes; the whole is not atomic. What could not \
            be deleted is told, and the exit status is then 5 if anything was deleted. / and /zookeeper are refused \
            without --force; with it, deleteall / spares /zookeeper. In the shell it asks first; in scripts and one-shot \
            runs never.
            """,
        parameters: [batch, dryRun, yes, force, path],
        examples: [Example("deleteall /app/old", "A whole subtree")]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) throws(UsageError) {
        self.arguments = arguments
        if let size = arguments[Self.batch], size < 1 {
            throw UsageError("-b: a batch has at least one znode, not \(size)", in: Self.spec)
        }
    }

    func run(in context: CommandContext) async throws(ShellError) {
        let path = try context.resolve(arguments[Self.path])
        let isSystem = path.isRoot || path.isWithin("/zookeeper")
        if isSystem, !arguments[Self.force] {
            throw ShellError(
                "deleteall \(path): refused, this is the server's own or the whole tree; --force if that is meant",
                status: .refused)
        }
        if arguments[Self.dryRun] { return try await list(path, context) }
        try await confirm(path, context)
        let isRoot = path.isRoot
        let deletion = TreeDelete(path, session: try await context.shell.session(), batchSize: batchSize) {
            isRoot && ($0.isRoot || $0.isWithin("/zookeeper"))
        }
        let progress = Progress(context, "deleted", betweenResults: false)
        var end: ShellError?
        do throws(ShellError) {
            try await context.describing { () async throws(ZooKeeperError) in
                while try await deletion.step() { progress.show(await deletion.deleted) }
            }
        } catch {
            end = error
        }
        progress.end()
        try await finish(await deletion.deleted, await deletion.failures, end, path, context)
    }

    private var batchSize: Int { arguments[Self.batch] ?? 1000 }

    @ShellActor private func list(_ path: ZPath, _ context: CommandContext) async throws(ShellError) {
        let survey = try await Survey(of: path, in: context)
        while let visits = try await survey.next() {
            let doomed = visits.map(\.path).filter { !path.isRoot || !$0.isRoot && !$0.isWithin("/zookeeper") }
            try await context.emit(.paths(doomed))
        }
        try await survey.finish()
    }

    @ShellActor private func confirm(_ path: ZPath, _ context: CommandContext) async throws(ShellError) {
        let shell = context.shell
        guard shell.terminal != nil, !arguments[Self.yes], !shell.options.arguments[Options.yes] else { return }
        var below = try await context.sendTolerating(.unimplemented, GetAllChildrenNumber(path))
        if below == nil {
            let survey = try await Survey(of: path, in: context)
            while try await survey.next() != nil {}
            below = Int32(clamping: survey.count - 1)
        }
        guard let below, below > 0 else { return }
        guard try await Question.confirm("delete \(Count.znodes(Int(below) + 1)) under \(path)? [y/N] ") else {
            throw ShellError("deleteall \(path): nothing was deleted", status: .refused)
        }
    }

    @ShellActor private func finish(
        _ deleted: Int, _ failures: [BatchWriter.Failure], _ end: ShellError?, _ path: ZPath, _ context: CommandContext
    ) async throws(ShellError) {
        for failure in failures.prefix(20) {
            await context.report(ShellError("deleteall \(failure.operation.path): \(failure.code)", status: .partial))
        }
        if let end {
            if end.status == .interrupted { throw context.interrupted("\(Count.znodes(deleted)) were deleted") }
            if deleted == 0 { throw end }
            throw ShellError(
                "\(end.message); \(Count.znodes(deleted)) were deleted before", status: .partial, hints: end.hints)
        }
        if failures.isEmpty { return try await context.emit(.deleted(path, count: deleted)) }
        throw ShellError(
            "deleteall \(path): \(Count.znodes(deleted)) deleted, \(Count.grouped(failures.count)) not",
            status: deleted > 0 ? .partial : .refused)
    }
}

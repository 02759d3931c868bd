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
        let session = try await context.shell.session()
        let deletion = TreeDelete(
            session: session, batchSize: arguments[Self.batch] ?? 1000, sparesSystem: path.isRoot)
        let paths = try await context.describing { () async throws(ZooKeeperError) in try await deletion.plan(path) }
        if arguments[Self.dryRun] { return try await context.emit(.paths(paths.reversed())) }
        if context.shell.terminal != nil, !arguments[Self.yes], !context.shell.options.arguments[Options.yes],
            paths.count > 1
        {
            let question = "delete \(Self.grouped(paths.count)) znodes under \(path)? [y/N] "
            guard try await Question.confirm(question) else {
                throw ShellError("deleteall \(path): nothing was deleted", status: .refused)
            }
        }
        let report = try await context.describing { () async throws(ZooKeeperError) in try await deletion.run(paths) }
        try await finish(report, path, context)
    }

    /// `12,345`.
    static func grouped(_ count: Int) -> String {
        var digits = Array(String(count))
        var place = digits.count - 3
        while place > 0 {
            digits.insert(",", at: place)
            place -= 3
        }
        return String(digits)
    }

    @ShellActor private func finish(
        _ report: TreeDelete.Report, _ path: ZPath, _ context: CommandContext
    ) async throws(ShellError) {
        for (path, code) in report.failures.prefix(20) {
            await context.report(ShellError("deleteall \(path): \(code)", status: .partial))
        }
        if let interruption = report.interruption {
            throw ShellError(
                "deleteall \(path): \(interruption); \(report.deleted) znodes were deleted before", status: .partial)
        }
        if report.failures.isEmpty { return try await context.emit(.deleted(path, count: report.deleted)) }
        throw ShellError(
            "deleteall \(path): \(report.deleted) znodes deleted, \(report.failures.count) not",
            status: report.deleted > 0 ? .partial : .refused)
    }
}

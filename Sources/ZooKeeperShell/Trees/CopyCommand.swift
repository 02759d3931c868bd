import CommandLanguage
import ZooKeeperClient

/// `cp`: a znode, or a subtree, under another path.
struct CopyCommand: Command {
    static let recursive = Flag("-r", "-R", "--recursive", help: "What lies under it too")
    static let overwrite = Flag("--overwrite", help: "Replace znodes that are different")
    static let skip = Flag("--skip", help: "Leave znodes that are different as they are")
    static let dryRun = Flag("--dry-run", help: "Print what would be done, and do nothing")
    static let ephemerals = Flag("--ephemerals", help: "Make persistent copies of ephemeral znodes too")
    static let source = Positional<PathArgument>("source", help: "The znode to copy")
    static let target = Positional<PathArgument>("target", help: "The path of the copy itself, not of its parent")

    static let names = ["cp", "copy"]
    static let isWrite = true

    static let spec = CommandSpec(
        names, group: CommandTable.Group.trees, "Copy a znode or a subtree",
        discussion: """
            Data and ACLs are copied. A copy that was cut short is finished by running it again: what is there as it \
            should be is left alone. For other ensembles there is mirror.
            """,
        parameters: [recursive, overwrite, skip, dryRun, ephemerals, source, target],
        exclusive: [["--overwrite", "--skip"]],
        examples: [Example("cp /app/config /app/config-old", "One znode"), Example("cp -r /app /copy", "A subtree")]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        let session = try await context.shell.session()
        let from = TreePlace(session: session, top: try context.resolve(arguments[Self.source]), isOwn: false)
        let to = TreePlace(session: session, top: try context.resolve(arguments[Self.target]), isOwn: false)
        try context.refuseOverlap(from.top, to.top)
        var settings = TreeSync.Settings()
        if arguments[Self.overwrite] { settings.policy = .overwrite }
        if arguments[Self.skip] { settings.policy = .skip }
        settings.isDry = arguments[Self.dryRun]
        let maxDepth = arguments[Self.recursive] ? Int.max : 0
        let sync = TreeSync(settings, target: to, in: context)
        let ephemerals = arguments[Self.ephemerals]
        let makeMerge = { @ShellActor () -> (TreeSource, TreeMerge) in
            let source = TreeSource(
                from, in: context, readsACL: true, includesEphemerals: ephemerals, maxDepth: maxDepth)
            let there = TreeSource(
                to, in: context, readsACL: true, includesEphemerals: true, isOptional: true, maxDepth: maxDepth)
            return (source, TreeMerge(source, there))
        }
        if settings.policy == .fail { try await sync.findConflicts(makeMerge().1) }
        let (source, merge) = makeMerge()
        try await sync.run(merge)
        try await sync.account(skippedEphemerals: source.skippedEphemerals)
        try await context.fail(with: source.problems, "could not be read")
    }
}

extension CommandContext {
    /// A tree that is copied into itself would have no end, and one that is moved there no place.
    func refuseOverlap(_ source: ZPath, _ target: ZPath) throws(ShellError) {
        guard target.isWithin(source) || source.isWithin(target) else { return }
        throw ShellError("\(command): \(source) and \(target) lie within each other", status: .usage)
    }
}

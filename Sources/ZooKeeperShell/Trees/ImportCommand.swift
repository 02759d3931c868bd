import CommandLanguage
import ZooKeeperClient

/// `import`: an export back into a tree.
struct ImportCommand: Command {
    static let overwrite = Flag("--overwrite", help: "Replace znodes that are different")
    static let skip = Flag("--skip", help: "Leave znodes that are different as they are")
    static let fail = Flag("--fail", help: "Write nothing when a znode is different; the default")
    static let dryRun = Flag("--dry-run", help: "Print what would be done, and do nothing")
    static let ephemerals = Flag("--ephemerals", help: "Make persistent znodes of the ephemeral ones too")
    static let noACL = Flag("--no-acl", help: "Give new znodes the open ACL, and leave others' as they are")
    static let file = Positional<String>(
        "file", kind: .file, help: "An export, compressed or not; - for standard input")
    static let path = OptionalPositional<PathArgument>(
        "path", help: "Where its top goes; where it came from if not given")

    static let names = ["import"]
    static let isWrite = true

    static let spec = CommandSpec(
        names, group: CommandTable.Group.trees, "Write the znodes of an export",
        discussion: """
            The file is checked as a whole before anything is written. Znodes that are there and as the export has them \
            are left alone, so that an import that was cut short is finished by running it again. What could not be \
            written is listed, and the status is 5.
            """,
        parameters: [overwrite, skip, fail, dryRun, ephemerals, noACL, file, path],
        exclusive: [["--overwrite", "--skip", "--fail"]],
        examples: [
            Example("import app.jsonl.gz /copy", "Under another path"),
            Example("import --dry-run --overwrite app.jsonl.gz", "What would change"),
        ]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        let reader = try await ExportReader(
            path: arguments[Self.file], command: context.command, includesEphemerals: arguments[Self.ephemerals])
        let top = try arguments[Self.path].map { (path) throws(ShellError) in try context.resolve(path) } ?? reader.top
        let target = TreePlace(session: try await context.shell.session(), top: top, isOwn: false)
        var settings = TreeSync.Settings()
        if arguments[Self.overwrite] { settings.policy = .overwrite }
        if arguments[Self.skip] { settings.policy = .skip }
        settings.isDry = arguments[Self.dryRun]
        settings.setsACL = !arguments[Self.noACL]
        let sync = TreeSync(settings, target: target, in: context)
        if settings.policy == .fail { try await sync.findConflicts(TreeMerge(reader, there(target, context))) }
        try reader.restart()
        try await sync.run(TreeMerge(reader, there(target, context)))
        try await sync.account(skippedEphemerals: reader.skippedEphemerals)
    }

    /// What is at the target, ACLs included where they are compared.
    @ShellActor private func there(_ target: TreePlace, _ context: CommandContext) -> TreeSource {
        TreeSource(
            target, in: context, readsACL: !arguments[Self.noACL], includesEphemerals: true, isOptional: true)
    }
}

extension TreeSync {
    /// Tells what was done and what was not.
    func account(skippedEphemerals: Int) async throws(ShellError) {
        let failures = await failures()
        if skippedEphemerals > 0 {
            await context.warn("\(Count.grouped(skippedEphemerals)) ephemeral left out; --ephemerals takes them in")
        }
        let parts = [
            (counts.created, "created"), (counts.changed, "changed"), (counts.deleted, "deleted"),
            (counts.unchanged, "unchanged"), (counts.skipped, "skipped"),
        ].filter { $0.0 > 0 }.map { "\(Count.grouped($0.0)) \($0.1)" }
        let summary = parts.isEmpty ? "nothing to do" : parts.joined(separator: ", ")
        await context.warn((settings.isDry ? "would be: " : "") + summary + (failures.isEmpty ? "" : ", of which:"))
        try await context.fail(with: failures, "could not be written; run it again when the cause is mended")
    }
}

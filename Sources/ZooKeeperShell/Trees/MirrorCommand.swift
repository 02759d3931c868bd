import CommandLanguage
import ZooKeeperClient

/// `mirror`: makes one tree like another.
struct MirrorCommand: Command {
    static let delete = Flag("--delete", help: "Delete what the first does not have")
    static let dryRun = Flag("--dry-run", help: "Print what would be done, and do nothing")
    static let noACL = Flag("--no-acl", help: "Leave ACLs alone; many times faster")
    static let source = Positional<Place>("a", help: "A znode, zk://host:port/path, or an export file")
    static let target = Positional<Place>("b", help: "A znode or zk://host:port/path; made like the first")

    static let names = ["mirror"]
    static let isWrite = true

    static let spec = CommandSpec(
        names, group: CommandTable.Group.trees, "Make a tree like another one",
        discussion: """
            Writes only what is different; run it again and it finishes what was cut short. Ephemeral znodes are \
            neither copied nor deleted. What could not be written is listed, and the status is 5.
            """,
        parameters: [delete, dryRun, noACL, source, target],
        examples: [
            Example("mirror --dry-run --delete /app/a /app/b", "What would be done"),
            Example("mirror /app zk://localhost:2181/backup", "To another ensemble"),
        ]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) throws(UsageError) {
        self.arguments = arguments
        if case .file = arguments[Self.target].kind {
            throw UsageError("the second is a file; export writes those", in: Self.spec)
        }
    }

    func run(in context: CommandContext) async throws(ShellError) {
        let places = [arguments[Self.source], arguments[Self.target]]
        try await context.withTrees(places) { (trees) throws(ShellError) in
            guard let target = trees[1] else { return }
            let readsACL = !arguments[Self.noACL]
            var settings = TreeSync.Settings()
            settings.policy = .overwrite
            settings.deletes = arguments[Self.delete]
            settings.isDry = arguments[Self.dryRun]
            settings.setsACL = readsACL
            if let from = trees[0], case .znode = arguments[Self.source].kind, case .znode = arguments[Self.target].kind
            {
                try context.refuseOverlap(from.top, target.top)
            }
            let source: any RecordSource
            if let from = trees[0] {
                source = TreeSource(from, in: context, readsACL: readsACL, includesEphemerals: false)
            } else {
                source = try await ExportReader(
                    path: places[0].fileName, command: context.command, includesEphemerals: false)
            }
            let there = TreeSource(
                target, in: context, readsACL: readsACL, includesEphemerals: false, isOptional: true)
            let sync = TreeSync(settings, target: target, in: context)
            try await sync.run(TreeMerge(source, there))
            try await sync.account(skippedEphemerals: 0)
            try await context.fail(with: source.problems, "could not be read")
        }
    }
}

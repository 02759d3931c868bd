import CommandLanguage
import ZooKeeperClient

/// `addWatch`: a watch that stays.
struct AddWatchCommand: Command {
    /// The modes under `zkCli.sh`'s names.
    enum Mode: String, CaseIterable, ArgumentValue {
        case persistent = "PERSISTENT"
        case persistentRecursive = "PERSISTENT_RECURSIVE"

        var mode: AddWatch.Mode { self == .persistent ? .persistent : .persistentRecursive }
    }

    static let mode = Option<Mode>(
        "-m", "--mode", label: "MODE", help: "PERSISTENT, or PERSISTENT_RECURSIVE if not given")
    static let path = Positional<PathArgument>("path", help: "The znode to watch; it need not exist")

    static let names = ["addWatch"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.watching, "Set a watch that stays until removed",
        discussion: """
            Its events appear above the prompt. PERSISTENT tells of the znode and of children that come and go, \
            PERSISTENT_RECURSIVE of the whole subtree. Servers before 3.9 keep one mode a path, servers before 3.6 have \
            neither. To follow changes from a script, use watch.
            """,
        parameters: [mode, path],
        examples: [
            Example("addWatch /app", "Everything under /app"), Example("addWatch -m PERSISTENT /app", "/app itself"),
        ]
    )

    let isSingleRequest = true
    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        let path = try context.resolve(arguments[Self.path])
        let mode = (arguments[Self.mode] ?? .persistentRecursive).mode
        let session = try await context.shell.session()
        let held = await session.watchKinds(on: path)
        let other: WatchKind = mode == .persistent ? .persistentRecursive : .persistent
        if held.contains(other) {
            throw ShellError(
                "addWatch \(path): this session has a watch of the other mode there, which servers before 3.9 would "
                    + "silently drop; remove it first (removewatches \(path))", status: .refused)
        }
        await context.shell.warnOfShortWatch(context)
        try await context.send(AddWatch(path, mode: mode))
        try await context.emit(.done(operation: "addWatch", path))
    }
}

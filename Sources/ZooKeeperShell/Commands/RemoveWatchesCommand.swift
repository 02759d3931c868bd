import CommandLanguage
import ZooKeeperClient

/// `removewatches`: no more events from a path.
struct RemoveWatchesCommand: Command {
    static let children = Flag("-c", "--children", help: "Watches on the children")
    static let data = Flag("-d", "--data", help: "Watches on the data")
    static let any = Flag("-a", "--any", help: "All watches; this is what happens if no kind is given")
    static let persistent = Flag("-p", "--persistent", help: "Persistent watches; servers from 3.9")
    static let recursive = Flag("-r", "--recursive", help: "Persistent recursive watches; servers from 3.9")
    static let local = Flag("-l", "--local", help: "Forget the watches here even when no server can be asked")
    static let path = Positional<PathArgument>("path", help: "The znode watched")

    static let names = ["removewatches"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.watching, "Remove watches of this session",
        parameters: [children, data, any, persistent, recursive, local, path],
        exclusive: [["-c", "-d", "-a", "-p", "-r"]],
        examples: [Example("removewatches /app", "All of them")]
    )

    let isSingleRequest = true
    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    private var type: WatcherType {
        if arguments[Self.children] { return .children }
        if arguments[Self.data] { return .data }
        if arguments[Self.persistent] { return .persistent }
        if arguments[Self.recursive] { return .persistentRecursive }
        return .any
    }

    func run(in context: CommandContext) async throws(ShellError) {
        let path = try context.resolve(arguments[Self.path])
        let session = try await context.shell.session()
        let held = await session.watchKinds(on: path)
        if arguments[Self.local], await session.server == nil {
            await session.forgetWatches(on: path, type: type)
        } else {
            try await context.send(RemoveWatches(path, type: type))
        }
        for event in removed(held) { try await context.emit(.change(Change(event: WatchEvent(event, path)))) }
    }

    /// The server sends no event for a removal; like other clients, this one makes it.
    private func removed(_ held: Set<WatchKind>) -> [WatchEvent.EventType] {
        var events: [WatchEvent.EventType] = []
        if type == .any || type == .data, held.contains(.data) || held.contains(.exists) {
            events.append(.dataWatchRemoved)
        }
        if type == .any || type == .children, held.contains(.child) { events.append(.childWatchRemoved) }
        let persistent = held.contains(.persistent) || held.contains(.persistentRecursive)
        if persistent, type != .data, type != .children { events.append(.persistentWatchRemoved) }
        return events
    }
}

import CommandLanguage
import ZooKeeperClient

/// `session`: facts about the session.
struct SessionCommand: Command {
    static let names = ["session"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.session, "Print the session's id, time-out, server and watches",
        examples: [Example("session", "What the server granted")]
    )

    init(_ arguments: Arguments) {}

    func run(in context: CommandContext) async throws(ShellError) {
        let session = try await context.shell.session()
        // Any answer proves that the session is there and its facts are known.
        try await context.send(Sync(.root))
        try await context.emit(
            .facts([
                ("session", (await session.id).map { .hex($0) } ?? .null),
                ("timeoutMs", .number(await session.timeoutMilliseconds)),
                ("server", (await session.server).map { .string($0.description) } ?? .null),
                ("chroot", .string(session.configuration.connectString.chroot.path.description)),
                ("lastZxid", .hex(await session.lastZxid)),
                ("watches", .number(Int64(await session.watchCount))),
            ]))
    }
}

import CommandLanguage
import ZooKeeperClient

/// `connect`: another session, on the same servers or on others.
struct Connect: Command {
    static let server = OptionalPositional<String>(
        "server", kind: .server, help: "host:port,host:port/chroot; the servers of before if not given")

    static let names = ["connect"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.session, "Open a new session",
        discussion: """
            The former session is closed. Other servers are not told the identities given with addauth; the same ones \
            are.
            """,
        parameters: [server],
        examples: [Example("connect zk1:2181,zk2:2181/app", "Another ensemble, under a chroot")]
    )

    let arguments: Arguments
    private let connectString: ConnectString?

    init(_ arguments: Arguments) throws(UsageError) {
        self.arguments = arguments
        do throws(ConnectString.Invalid) {
            connectString = try arguments[Self.server].map { (text) throws(ConnectString.Invalid) in
                try ConnectString(text)
            }
        } catch {
            throw UsageError("\(error)", in: Self.spec)
        }
    }

    func run(in context: CommandContext) async throws(ShellError) {
        try await context.shell.connect(to: connectString)
        // Any answer proves that the session stands.
        try await context.send(Sync(.root))
        try await context.emit(.done(operation: "connect", nil))
    }
}

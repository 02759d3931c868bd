import CommandLanguage
import ZooKeeperClient

/// `whoami`: the identities the server knows this session by.
struct WhoAmICommand: Command {
    static let names = ["whoami"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.session, "Print the identities of the session",
        discussion: "Servers before 3.7 do not offer it.",
        examples: [Example("whoami", "Scheme and user, one a line")]
    )

    let isSingleRequest = true

    init(_ arguments: Arguments) {}

    func run(in context: CommandContext) async throws(ShellError) {
        let identities = try await context.send(WhoAmI())
        try await context.emit(.identities(identities.sorted { ($0.scheme, $0.user) < ($1.scheme, $1.user) }))
    }
}

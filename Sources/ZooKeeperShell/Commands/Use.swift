import CommandLanguage
import ZooKeeperClient

/// `use`: another profile of the configuration file.
struct Use: Command {
    static let profile = Positional<String>("profile", kind: .profile, help: "A name in ~/.config/zkcli/config")

    static let names = ["use"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.session, "Change to another profile",
        discussion: "Closes the session and opens one on the profile's servers, under the profile's rules.",
        parameters: [profile],
        examples: [Example("use prod", "The servers and rules of [prod]")]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        let profile = try ConfigurationFile.profile(named: arguments[Self.profile])
        guard let server = profile.server else {
            throw ShellError("use: the profile '\(arguments[Self.profile])' names no server", status: .usage)
        }
        let connectString: ConnectString
        do throws(ConnectString.Invalid) {
            connectString = try ConnectString(server)
        } catch {
            throw ShellError("use: \(error)", status: .usage)
        }
        try await context.shell.connect(to: connectString)
        context.shell.profile = profile
        // Any answer proves that the session stands.
        try await context.send(Sync(.root))
        try await context.emit(.done(operation: "use", nil))
    }
}

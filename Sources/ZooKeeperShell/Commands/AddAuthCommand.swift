import CommandLanguage
import ZooKeeperClient

/// `addauth`: who this session is.
struct AddAuthCommand: Command {
    static let file = Option<String>(
        "-f", "--file", label: "FILE", kind: .file, help: "Read the credentials from a file")
    static let scheme = Positional<String>(
        "scheme", kind: .choice(["digest", "ip"]), help: "digest, ip, or a scheme of the server's")
    static let credentials = OptionalPositional<Word>("auth", help: "For digest user:password; - for standard input")

    static let names = ["addauth"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.session, "Add an identity to the session",
        discussion: """
            The identity holds for the session, through reconnects. In the shell, leave the credentials out and they \
            are asked for without echo; lines with credentials are never kept in the history. When the server refuses \
            them the session ends.
            """,
        parameters: [file, scheme, credentials],
        examples: [
            Example("addauth digest", "Asks for user:password"), Example("addauth digest -f secret.txt", "From a file"),
        ]
    )

    let isSingleRequest = true
    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        var credentials = try await context.data(arguments[Self.credentials], file: arguments[Self.file])
        if arguments[Self.file] != nil || arguments[Self.credentials]?.bytes == [UInt8(ascii: "-")] {
            while let last = credentials?.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
                credentials?.removeLast()
            }
        }
        if credentials == nil, arguments[Self.scheme] == "digest" {
            credentials = try await Question.secret("user:password for digest: ", for: "addauth")
        }
        let auth = AddAuth(scheme: arguments[Self.scheme], credentials: credentials ?? [])
        let session = try await context.shell.session()
        do throws(ZooKeeperError) {
            try await session.addAuth(auth)
        } catch {
            var told = context.describe(error)
            told.message = "addauth \(TerminalText.escaped(arguments[Self.scheme])): \(error)"
            throw told
        }
        context.shell.remember(auth)
        try await context.emit(.done(operation: "addauth", nil))
    }
}

import CLibMD
import CommandLanguage

/// `digest`: the ACL id of a user and a password.
struct DigestCommand: Command {
    static let credentials = OptionalPositional<Word>("user:password", help: "Asked for without echo if not given")

    static let names = ["digest"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.session, "Print the ACL id for a user and a password",
        discussion:
            "What the scheme digest wants as an id: the user, a colon, and Base64 of the SHA-1 of user:password.",
        parameters: [credentials],
        examples: [Example("digest super:secret", "For digest:ID:cdrwa in an ACL")]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        var credentials = arguments[Self.credentials]?.bytes ?? []
        if credentials.isEmpty { credentials = try await Question.secret("user:password: ", for: "digest") }
        guard let colon = credentials.firstIndex(of: UInt8(ascii: ":")), colon > 0 else {
            throw ShellError("digest: write user:password, with a colon between", status: .usage)
        }
        let user = String(decoding: credentials[..<colon], as: UTF8.self)
        try await context.emit(.text(name: "id", "\(user):\(Base64.encode(Self.sha1(credentials)))"))
    }

    private static func sha1(_ bytes: [UInt8]) -> [UInt8] {
        var state = SHA1_CTX()
        SHA1Init(&state)
        SHA1Update(&state, bytes, bytes.count)
        var digest = [UInt8](repeating: 0, count: Int(SHA1_DIGEST_LENGTH))
        SHA1Final(&digest, &state)
        return digest
    }
}

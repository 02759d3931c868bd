import CommandLanguage
import ZooKeeperClient

/// `reconfig`: other members for the ensemble.
struct ReconfigCommand: Command {
    static let stat = Flag("-s", "--stat", help: "Print the stat of the new configuration")
    static let version = Option<ConfigVersionArgument>(
        "-v", "--version", label: "VERSION", help: "Only if this is the configuration's version, in hexadecimal")
    static let file = Option<String>(
        "-file", "--file", label: "FILE", kind: .file, help: "The whole new list, from the server.N lines of a file")
    static let members = Option<String>(
        "-members", "--members", label: "MEMBERS", help: "The whole new list: N=host:port:port:role;port,…")
    static let add = RepeatedOption<String>(
        "-add", "--add", label: "MEMBERS", help: "Servers that join, as for -members")
    static let remove = RepeatedOption<String>("-remove", "--remove", label: "IDS", help: "Ids that leave: N,N,…")

    static let names = ["reconfig"]
    static let isWrite = true

    static let spec = CommandSpec(
        names, group: CommandTable.Group.session, "Change the ensemble's members",
        discussion: """
            Needs reconfigEnabled=true on the servers and the right to write /zookeeper/config. The new configuration \
            is printed once it is in force.
            """,
        parameters: [stat, version, file, members, add, remove],
        exclusive: [
            ["-file", "-members"], ["-file", "-add"], ["-file", "-remove"], ["-members", "-add"],
            ["-members", "-remove"],
        ],
        examples: [
            Example("reconfig -remove 3", "One server less"),
            Example("reconfig -add 'server.4=zk4:2888:3888:observer;2181'", "An observer more"),
        ]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) throws(UsageError) {
        self.arguments = arguments
        let isGiven =
            arguments[Self.file] != nil || arguments[Self.members] != nil || !arguments[Self.add].isEmpty
            || !arguments[Self.remove].isEmpty
        if !isGiven {
            throw UsageError("one of -file, -members, -add and -remove must say what to change", in: Self.spec)
        }
    }

    func run(in context: CommandContext) async throws(ShellError) {
        let request = Reconfig(try await change(context), configID: arguments[Self.version]?.value ?? -1)
        let (data, stat) = try await context.send(request)
        if context.shell.format == .human { try await context.emit(.text(name: "", "Committed new configuration:")) }
        try await context.emit(.data("/zookeeper/config", data, arguments[Self.stat] ? stat : nil))
    }

    @ShellActor private func change(_ context: CommandContext) async throws(ShellError) -> Reconfig.Change {
        if let file = arguments[Self.file] {
            let text = String(decoding: try await InputFile.read(file, command: context.command), as: UTF8.self)
            let lines = text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("server.") }
            guard !lines.isEmpty else {
                throw ShellError("reconfig: \(TerminalText.escaped(file)) has no server.N line", status: .usage)
            }
            return .members(lines.joined(separator: ","))
        }
        if let members = arguments[Self.members] { return .members(Self.full(members)) }
        let joining = arguments[Self.add].map(Self.full).joined(separator: ",")
        let leaving = arguments[Self.remove].joined(separator: ",")
        return .incremental(joining: joining.isEmpty ? nil : joining, leaving: leaving.isEmpty ? nil : leaving)
    }

    /// `4=host…` is short for `server.4=host…`.
    private static func full(_ members: String) -> String {
        members.split(separator: ",").map { $0.hasPrefix("server.") ? String($0) : "server.\($0)" }
            .joined(separator: ",")
    }
}

/// The version of a configuration: a zxid, written in hexadecimal as `config` prints it.
struct ConfigVersionArgument: ArgumentValue, Hashable {
    var value: Int64

    static var kind: ValueKind { .number }

    init(argument: Word) throws(ArgumentError) {
        let text = argument.text
        let digits = text.hasPrefix("0x") ? text.dropFirst(2) : text[...]
        guard let value = Int64(digits, radix: 16) else { throw ArgumentError("'\(text)' is not a hexadecimal number") }
        self.value = value
    }
}

import CommandLanguage
import ZooKeeperClient

/// `4lw`: what a server says of itself.
struct FourLetterWordCommand: Command {
    static let all = Flag("-a", "--all", help: "Ask every server of the connect string")
    static let word = Positional<String>(
        "word", kind: .choice(["conf", "cons", "dump", "envi", "isro", "mntr", "ruok", "srvr", "wchs"]),
        help: "ruok, srvr, mntr, cons, dump, conf, envi, wchs, isro or another word of four letters")

    static let names = ["4lw"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.session, "Ask a server a four-letter word",
        discussion: """
            No session is needed. Without --all the first server that answers is asked. A server answers only the words \
            that its 4lw.commands.whitelist allows; exit status 1 when it does not. In JSON, names and values become \
            fields. ruok, srvr, mntr, cons, dump, conf, envi, wchs and isro are commands of their own too.
            """,
        parameters: [all, word],
        examples: [
            Example("4lw srvr", "Version, mode, connections"), Example("4lw -a mntr", "Figures of every server"),
        ]
    )

    /// Words that are commands by themselves.
    static let shortcuts = ["ruok", "srvr", "mntr", "cons", "dump", "conf", "envi", "wchs", "isro"]

    let arguments: Arguments

    init(_ arguments: Arguments) throws(UsageError) {
        self.arguments = arguments
        guard arguments[Self.word].utf8.count == 4 else {
            throw UsageError("a four-letter word has four letters", in: Self.spec)
        }
    }

    func run(in context: CommandContext) async throws(ShellError) {
        let hosts = context.shell.connectString.hosts
        var failures: [String] = []
        var answers: [(host: ConnectString.Host, text: String)] = []
        for host in hosts where arguments[Self.all] || answers.isEmpty {
            do throws(FourLetterWord.Failure) {
                let answer = try await FourLetterWord.ask(
                    arguments[Self.word], host: host,
                    timeoutMilliseconds: Int64(context.shell.options.sessionConfiguration.timeoutMilliseconds))
                answers.append((host, String(decoding: answer, as: UTF8.self)))
            } catch {
                failures.append(error.description)
            }
        }
        if answers.isEmpty {
            throw ShellError("\(arguments[Self.word]): " + failures.joined(separator: "; "), status: .connection)
        }
        for (host, text) in answers { try await tell(text, of: host, context) }
        for failure in failures where arguments[Self.all] {
            await context.report(ShellError("\(arguments[Self.word]): \(failure)", status: .partial))
        }
        if arguments[Self.all], !failures.isEmpty { throw ShellError("", status: .partial) }
    }

    @ShellActor private func tell(
        _ text: String, of host: ConnectString.Host, _ context: CommandContext
    ) async throws(ShellError) {
        if text.hasSuffix("is not executed because it is not in the whitelist.\n") {
            throw ShellError(
                "\(arguments[Self.word]): \(host) does not allow it; its 4lw.commands.whitelist must", status: .refused)
        }
        if context.shell.format == .json {
            return try await context.emit(.facts([("server", .string(host.description))] + fields(text)))
        }
        let header = arguments[Self.all] ? "\(host):\n" : ""
        try await context.emit(.text(name: "answer", header + TerminalText.escaped(text, keepingNewlines: true)))
    }

    /// Names and values, where the answer is made of them; else the whole text.
    private func fields(_ text: String) -> [(name: String, value: JSON)] {
        let separator: Character
        switch arguments[Self.word] {
        case "mntr": separator = "\t"
        case "srvr": separator = ":"
        case "conf", "envi": separator = "="
        default: return [("answer", .string(text))]
        }
        return text.split(separator: "\n").compactMap { line in
            let sides = line.split(separator: separator, maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2 else { return nil }
            let value = sides[1].drop { $0 == " " }
            return (String(sides[0]), Int64(value).map { .number($0) } ?? .string(String(value)))
        }
    }
}

import CommandLanguage
import ZooKeeperClient

/// What a running command has to do with the world: the session, the working path, and where its replies go.
@ShellActor
final class CommandContext {
    let shell: Shell
    /// What stands before messages: the program, or where in a script the line is; empty in the shell.
    let prefix: String
    /// The command's name, for messages.
    let command: String
    /// How replies are printed.
    var format: OutputFormat
    /// Replies wait here while commands before this one still run.
    private var held: [Output]?
    /// Whether replies are shown above the prompt, because a line is being typed there.
    private let isBackground: Bool

    private enum Output {
        case result([UInt8])
        case diagnostic(String)
    }

    init(shell: Shell, command: String, prefix: String, holdsOutput: Bool = false, isBackground: Bool = false) {
        self.isBackground = isBackground
        self.prefix = prefix
        self.shell = shell
        format = shell.format
        self.command = command
        held = holdsOutput ? [] : nil
    }

    // MARK: Output

    func emit(_ reply: Reply) async throws(ShellError) {
        let out = shell.streams.out
        let bytes = format.format(reply, isTerminal: out.isTerminal, width: out.width)
        if held != nil {
            held?.append(.result(bytes))
        } else if isBackground {
            await shell.post(
                String(decoding: bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...], as: UTF8.self))
        } else {
            try await out.write(bytes)
        }
    }

    /// Hands results over at once, for commands that run on.
    func flush() async throws(ShellError) {
        if held == nil, !isBackground { try await shell.streams.out.flush() }
    }

    /// Says something that is no result, unless `--quiet`.
    func warn(_ text: String) async {
        if shell.options.isQuiet { return }
        await report(ShellError("\(command): \(text)", status: .done))
    }

    /// Tells of a failure after which the command goes on.
    func report(_ error: ShellError) async {
        for line in error.lines(prefix: prefix) { await tell(line) }
    }

    private func tell(_ line: String) async {
        if held != nil {
            held?.append(.diagnostic(line))
        } else if isBackground {
            await shell.post(TerminalText.escaped(line))
        } else {
            await shell.tell(line)
        }
    }

    /// Prints what was held back, now that it is this command's turn.
    func release() async throws(ShellError) {
        let outputs = held ?? []
        held = nil
        for output in outputs {
            switch output {
            case .result(let bytes): try await shell.streams.out.write(bytes)
            case .diagnostic(let line): await shell.tell(line)
            }
        }
    }

    // MARK: Input

    func resolve(_ path: PathArgument, sequential: Bool = false) throws(ShellError) -> ZPath {
        do throws(ZPathError) {
            return try path.resolved(against: shell.workingPath, sequential: sequential)
        } catch {
            let shown = TerminalText.escaped(LenientUTF8.decode(path.bytes))
            throw ShellError("\(command) '\(shown)': \(error)", status: .usage)
        }
    }

    /// The data of a write: a word, `-` for standard input, or a file.
    func data(_ word: Word?, file: String?) async throws(ShellError) -> [UInt8]? {
        if let file { return try await InputFile.read(file, command: command) }
        guard let word else { return nil }
        guard word.bytes == [UInt8(ascii: "-")] else { return word.bytes }
        guard !shell.isReadingCommandsFromStandardInput else {
            throw ShellError("\(command): '-' means standard input, but the commands come from there", status: .usage)
        }
        return try await InputFile.read("-", command: command)
    }

    // MARK: Requests

    func send<Request: ZooKeeperRequest>(_ request: Request) async throws(ShellError) -> Request.Response {
        let session = try await shell.session()
        return try await describing { () async throws(ZooKeeperError) in try await session.send(request) }
    }

    /// The same, where one answer of the server's is no failure but a nil.
    func sendTolerating<Request: ZooKeeperRequest>(
        _ code: ErrorCode, _ request: Request
    ) async throws(ShellError) -> Request.Response? {
        let session = try await shell.session()
        switch await session.reply(to: request) {
        case .success(let response): return response
        case .failure(let error) where error.code == code: return nil
        case .failure(let error): throw describe(error)
        }
    }

    /// Does something with the session; its errors are put in this command's words.
    func describing<Value>(
        _ body: () async throws(ZooKeeperError) -> Value
    ) async throws(ShellError) -> Value {
        do throws(ZooKeeperError) {
            return try await body()
        } catch {
            throw await explained(error)
        }
    }

    /// An error in this command's words; a missing znode with a hint at what there is instead.
    private func explained(_ error: ZooKeeperError) async -> ShellError {
        var told = describe(error)
        guard error.code == .noNode, let session = try? await shell.session() else { return told }
        let chroot = shell.connectString.chroot
        // A chroot that does not exist makes every path a missing one.
        if chroot != .none, case .failure(let missing) = await session.reply(to: Exists(.root)), missing.code == .noNode
        {
            told.hints.append("the chroot \(chroot) of the connect string does not exist; create it without the chroot")
        } else if let path = error.path, shell.terminal != nil || shell.streams.err.isTerminal {
            told.hints += await NearestPath.hint(for: path, session).map { [$0] } ?? []
        }
        return told
    }

    /// An error in this command's words.
    func describe(_ error: ZooKeeperError) -> ShellError {
        ShellError(error, command: command)
    }

    /// Ended by Ctrl-C, with what was done till then.
    func interrupted(_ account: String) -> ShellError {
        ShellError("\(command): interrupted; \(account)", status: .interrupted)
    }

    /// Does the same for several paths.
    ///
    /// When there is more than one, a failure is told and the rest still done.
    func forEach<Element>(
        _ elements: [Element], _ body: (Element) async throws(ShellError) -> Void
    ) async throws(ShellError) {
        var status: ExitStatus?
        for element in elements {
            do throws(ShellError) {
                try await body(element)
            } catch {
                let endsAll = error.status == .interrupted || error.status == .connection || error == .brokenPipe
                if elements.count == 1 || endsAll { throw error }
                await report(error)
                status = error.status
            }
        }
        if let status { throw ShellError("", status: status) }
    }
}

import CommandLanguage
import Glibc
import ZooKeeperClient

/// Runs what was typed at the prompt: several commands, files and the local shell's programs included.
@ShellActor
struct StatementRunner {
    let shell: Shell

    /// Runs a line; a failure ends it.
    func run(_ line: [UInt8]) async throws(ShellError) {
        if line == Array("!!".utf8) { return try await repeatLast() }
        if let start = line.firstIndex(where: { $0 != UInt8(ascii: " ") }), line[start] == UInt8(ascii: "!") {
            return try await runLocally(String(decoding: line[(start + 1)...], as: UTF8.self))
        }
        let statements: [Statement]
        do throws(UsageError) { statements = try Statement.statements(of: line) } catch { throw ShellError(error) }
        for statement in statements where !shell.isLeaving {
            try await run(statement)
            if Task.isCancelled { throw .interrupted }
        }
    }

    private func run(_ statement: Statement) async throws(ShellError) {
        var words = statement.words
        // The commands that take data take it from a file too.
        if let input = statement.input { words += [Word("--file"), Word(input)] }
        if statement.isBackground { return try await runInBackground(statement) }
        switch statement.output {
        case .terminal:
            if let pager = shell.profile.pager, Self.isPaged(words) {
                return try await run(words, pipedTo: pager, isPager: true)
            }
            try await Invocation.run(words, in: shell, prefix: "")
        case .file(let path, let appends):
            let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (appends ? O_APPEND : O_TRUNC)
            let descriptor = open(path, flags, 0o666)
            guard descriptor >= 0 else {
                let reason = FileError(code: errno)
                throw ShellError("cannot write \(TerminalText.escaped(path)): \(reason)", status: .usage)
            }
            try await run(words, into: descriptor)
        case .pipe(let line): try await run(words, pipedTo: line)
        }
    }

    /// Whether a pager shows the results: those of commands that end by themselves and ask nothing.
    private static func isPaged(_ words: [Word]) -> Bool {
        guard let spec = words.first.flatMap({ CommandTable.vocabulary.spec(named: $0.text) }) else { return false }
        return spec.group == CommandTable.Group.reading || spec.name == HelpCommand.names[0]
    }

    private func runInBackground(_ statement: Statement) async throws(ShellError) {
        let line = statement.words.map { String(decoding: Tokenizer.quoted($0), as: UTF8.self) }.joined(separator: " ")
        guard statement.output == .terminal, statement.input == nil else {
            throw ShellError("\(line): what runs in the background shows its results here", status: .usage)
        }
        let parsed = try await Invocation.parse(statement.words, in: shell)
        guard parsed.type == WatchCommand.self else {
            throw ShellError("\(parsed.name): only watch runs in the background", status: .usage)
        }
        let context = CommandContext(shell: shell, command: parsed.name, prefix: "", isBackground: true)
        let shell = shell
        let number = shell.jobs.start(line) {
            do throws(ShellError) {
                try await parsed.command.run(in: context)
            } catch {
                if error.status != .interrupted { await context.report(error) }
            }
        }
        await shell.tell("[\(number)] \(TerminalText.escaped(line))")
    }

    private func run(_ words: [Word], pipedTo line: String, isPager: Bool = false) async throws(ShellError) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else {
            throw ShellError("cannot make a pipe: \(FileError(code: errno))", status: .partial)
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let program = LocalProcess.start(line, input: ends[0])
        close(ends[0])
        guard let program else {
            close(ends[1])
            throw ShellError("cannot start the local shell", status: .partial)
        }
        var failure: ShellError?
        do throws(ShellError) {
            try await run(words, into: ends[1], isPager: isPager)
        } catch {
            // A program that has read enough, as head does, is no failure.
            if error != .brokenPipe { failure = error }
        }
        _ = await LocalProcess.wait(for: program)
        if let failure { throw failure }
    }

    /// Runs a command with its results going to a descriptor, which is closed at the end.
    private func run(_ words: [Word], into descriptor: Int32, isPager: Bool = false) async throws(ShellError) {
        let out = shell.streams.out
        shell.streams.out = OutputStream(descriptor: descriptor, isPager: isPager)
        var failure: ShellError?
        do throws(ShellError) {
            try await Invocation.run(words, in: shell, prefix: "")
            try await shell.streams.out.flush()
        } catch {
            failure = error
        }
        shell.streams.out = out
        close(descriptor)
        if let failure { throw failure }
    }

    /// `!!`: the line before this one.
    private func repeatLast() async throws(ShellError) {
        guard let last = shell.history().last(where: { $0 != "!!" }) else {
            throw ShellError("!!: there is no line before this one", status: .usage)
        }
        await shell.tell(TerminalText.escaped(last))
        try await run(Array(last.utf8))
    }

    private func runLocally(_ line: String) async throws(ShellError) {
        guard let status = await LocalProcess.run(line, []) else {
            throw ShellError("cannot start the local shell", status: .partial)
        }
        if status != 0 { throw ShellError("!: the program ended with status \(status)", status: .refused) }
    }
}

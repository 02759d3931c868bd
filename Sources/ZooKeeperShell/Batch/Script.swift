import CommandLanguage
import DequeModule
import ZooKeeperClient

/// Lines that are run in one session: from `-c`, from files, from standard input.
@ShellActor
enum Script {
    static func run(lines: [Word], files: [String], _ shell: Shell) async -> ExitStatus {
        let runner = ScriptRunner(shell)
        shell.onNewSession = { session in await runner.follow(session) }
        do throws(ShellError) {
            if !lines.isEmpty {
                let input = ScriptInput(name: "-c", lines: lines.map(\.bytes))
                try await runner.run(input, isOnlyLine: lines.count == 1)
            }
            for file in files {
                let input = try ScriptInput(path: file)
                shell.isReadingCommandsFromStandardInput = file == "-"
                try await runner.run(input, isOnlyLine: false)
            }
            try await shell.streams.out.flush()
        } catch {
            try? await shell.streams.out.flush()
            for line in error.lines(prefix: "zkcli") { await shell.tell(line) }
            return error.status
        }
        return runner.status
    }
}

/// Runs lines in order.
///
/// With `--keep-going`, commands that are one request are started before their predecessors are answered; their output
/// still comes in order.
@ShellActor
final class ScriptRunner {
    private let shell: Shell
    /// The first failure's status.
    private(set) var status = ExitStatus.done
    private var running: Deque<(context: CommandContext, task: Task<Result<Void, ShellError>, Never>)> = []
    /// Enough to keep the session's window full, and a bound for the output held back.
    private let pipelineLimit = 512

    init(_ shell: Shell) {
        self.shell = shell
    }

    /// Tells of watch events, which a script's standard output must not be mixed with.
    func follow(_ session: Session) async {
        let events = await session.events()
        let shell = shell
        Task.ofShell {
            for await event in events {
                if case .watch(let event) = event, shell.printsWatches {
                    await shell.tell(Change(event: event).human(isTerminal: false))
                }
                if shell.options.isVerbose, let note = SessionNote.text(for: event) {
                    await shell.tell("zkcli: \(note)")
                }
            }
        }
    }

    func run(_ input: ScriptInput, isOnlyLine: Bool) async throws(ShellError) {
        while !shell.isLeaving {
            if input.wouldWait {
                try await finishAll()
                try await shell.streams.out.flush()
            }
            guard let line = try await input.next() else { break }
            let prefix = isOnlyLine ? "zkcli" : "\(input.name):\(line.number)"
            do throws(ShellError) {
                try await run(line.bytes, prefix)
            } catch {
                try await fail(error, prefix)
            }
        }
        try await finishAll()
    }

    private func run(_ line: [UInt8], _ prefix: String) async throws(ShellError) {
        let words: [Word]
        do throws(UsageError) {
            words = try Tokenizer.words(of: line)
        } catch {
            try await finishAll()
            throw ShellError(error)
        }
        if words.isEmpty { return }
        guard shell.options.keepsGoing else { return try await Invocation.run(words, in: shell, prefix: prefix) }
        let parsed: (name: String, type: any Command.Type, command: any Command)
        do throws(ShellError) {
            parsed = try await Invocation.parse(words, in: shell)
        } catch {
            try await finishAll()
            throw error
        }
        guard parsed.command.isSingleRequest else {
            try await finishAll()
            return try await parsed.command.run(
                in: CommandContext(shell: shell, command: parsed.name, prefix: prefix))
        }
        // A session that is there already: starting one would let the next command overtake this one.
        _ = try await shell.session()
        let context = CommandContext(shell: shell, command: parsed.name, prefix: prefix, holdsOutput: true)
        let command = parsed.command
        let task = Task.ofShellNow { () async -> Result<Void, ShellError> in
            do throws(ShellError) {
                return .success(try await command.run(in: context))
            } catch {
                return .failure(error)
            }
        }
        running.append((context, task))
        if running.count >= pipelineLimit { try await finishFirst() }
    }

    private func finishFirst() async throws(ShellError) {
        guard let (context, task) = running.popFirst() else { return }
        let result = await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        try await context.release()
        if case .failure(let error) = result { try await fail(error, context.prefix) }
    }

    private func finishAll() async throws(ShellError) {
        while !running.isEmpty { try await finishFirst() }
    }

    /// Tells of a failed line, and ends the script unless it is to go on.
    private func fail(_ error: ShellError, _ prefix: String) async throws(ShellError) {
        if error == .brokenPipe || error.status == .interrupted { throw error }
        for line in error.lines(prefix: prefix) { await shell.tell(line) }
        if status == .done { status = error.status }
        if !shell.options.keepsGoing { throw ShellError("", status: error.status) }
    }
}

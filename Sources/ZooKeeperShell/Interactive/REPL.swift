import CommandLanguage
import Glibc
import LineEditor
import ZooKeeperClient

/// The interactive shell: a prompt, commands, and events above the prompt.
@ShellActor
final class REPL {
    private let shell: Shell
    private var state = PromptState.connecting
    private var terminal: Terminal?
    private var running: Task<ExitStatus, Never>?
    private var lastStatus = ExitStatus.done
    /// The session whose events are shown; those of a former one are of no interest.
    private var followed: Session?

    init(_ shell: Shell) {
        self.shell = shell
        shell.changeWorkingPath(to: .root)
    }

    func run() async -> ExitStatus {
        let isFirstStart = HistoryLocation.begin()
        let terminal: Terminal
        do {
            terminal = try Terminal.open(configuration, completer: completer)
        } catch {
            await shell.tell("zkcli: cannot use the terminal: \(error)")
            return .usage
        }
        self.terminal = terminal
        shell.terminal = terminal
        shell.onNewSession = { session in await self.follow(session) }
        if !shell.options.isQuiet {
            await shell.tell("zkcli \(Version.number): 'help' lists the commands, Tab completes, Ctrl-D leaves")
            if isFirstStart { for tip in Tips.all { await shell.tell("  " + tip) } }
        }
        catchSignals()
        _ = try? await shell.session()
        await loop(terminal)
        await shell.jobs.endAll()
        await terminal.close()
        await shell.closeSession()
        return lastStatus
    }

    // MARK: The loop

    private func loop(_ terminal: Terminal) async {
        /// What was typed before lines that end in a backslash.
        var begun: [UInt8] = []
        while !shell.isLeaving {
            switch await terminal.nextLine(prompt: begun.isEmpty ? prompt : Prompt("> ")) {
            case .line(let text):
                for part in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
                    begun += Array(part.utf8)
                    if Statement.isContinued(begun) {
                        begun.removeLast()
                        continue
                    }
                    let line = begun
                    begun = []
                    await run(line)
                    if shell.isLeaving || lastStatus == .interrupted { break }
                }
            case .interrupted:
                begun = []
                lastStatus = .interrupted
            case .endOfInput: return
            case .terminated: return lastStatus = .interrupted
            }
        }
    }

    private func run(_ line: [UInt8]) async {
        let shell = shell
        let task = Task.ofShell { () async -> ExitStatus in
            do throws(ShellError) {
                try await StatementRunner(shell: shell).run(line)
                try await shell.streams.out.flush()
                return .done
            } catch {
                try? await shell.streams.out.flush()
                for line in error.lines(prefix: "") { await shell.tell(line) }
                return error.status
            }
        }
        running = task
        lastStatus = await task.value
        running = nil
        if task.isCancelled { lastStatus = .interrupted }
    }

    /// While a command runs the terminal is not raw, and Ctrl-C is a signal: it ends the command, never the shell.
    private func catchSignals() {
        Signals.isSurvivable = true
        Signals.onSignal = { number in
            self.running?.cancel()
            if number == SIGINT { return }
            Signals.isSurvivable = false
            self.terminal?.terminate(number)
        }
    }

    // MARK: The session

    /// Shows a session's events, and sees to a new session when it has expired.
    private func follow(_ session: Session) async {
        let events = await session.events()
        followed = session
        Task.ofShell {
            for await event in events { await self.show(event, of: session) }
        }
    }

    private func show(_ event: SessionEvent, of session: Session) async {
        guard session === followed else { return }
        shell.znodeCandidates.forget()
        switch event {
        case .watch(let event):
            if shell.printsWatches { await post(Change(event: event).human(isTerminal: true)) }
        case .connected(_, let resumed, let readOnly):
            let isFirst = state == .connecting
            state = readOnly ? .readOnly : .connected
            if resumed || !isFirst || shell.options.isVerbose { await note(SessionNote.text(for: event) ?? "") }
        case .disconnected:
            state = .disconnected
            await note(SessionNote.text(for: event) ?? "")
        case .expired:
            state = .connecting
            await renew(session)
        case .unreachable, .authFailed:
            state = .disconnected
            await note(SessionNote.text(for: event) ?? "")
            shell.forgetSession()
        case .watchesLost, .dropped: await note(SessionNote.text(for: event) ?? "")
        case .closed: break
        }
        terminal?.setPrompt(prompt)
    }

    private func note(_ text: String) async {
        await post("-- " + TerminalText.escaped(text))
    }

    /// Above the prompt while a line is typed, else like any message.
    private func post(_ text: String) async {
        if terminal?.post(text) != true { await shell.tell(text) }
    }

    private func renew(_ old: Session) async {
        let watches = await old.watchCount
        let lost =
            watches == 0
            ? "its ephemeral znodes" : "its ephemeral znodes and \(watches) watch\(watches == 1 ? "" : "es")"
        await note("the session has expired: \(lost) are gone; opening a new session")
        shell.forgetSession()
        _ = try? await shell.session()
    }

    // MARK: Looks

    private var prompt: Prompt {
        let path = TerminalText.escaped((shell.workingPath ?? .root).description)
        let server = shell.profile.name ?? shell.connectString.description
        return PromptState.prompt(state, server: server, path: path, usesColor: shell.usesColor)
    }

    private var configuration: EditorConfiguration {
        // Without colours a hint would look like something typed.
        let showsHints = shell.usesColor && shell.profile.showsHints
        return EditorConfiguration(
            applicationName: "zkcli", historyFile: HistoryLocation.path, historyLimit: 10_000,
            keepsInHistory: HistoryLocation.keeps,
            hint: { showsHints ? Hint.text(for: $0, vocabulary: CommandTable.vocabulary) : nil })
    }

    private var completer: ShellCompleter {
        ShellCompleter(
            surroundings: { @ShellActor in (self.followed, self.shell.workingPath ?? .root) },
            znodeCandidates: shell.znodeCandidates)
    }
}

import CommandLanguage
import Glibc
import LineEditor
import ZooKeeperClient

/// What all commands of a run share: the session, the working path, the way replies are printed.
@ShellActor
final class Shell {
    let options: Options
    let streams: Streams
    var format: OutputFormat
    /// The terminal, when a person types.
    var terminal: Terminal?
    /// Whether nothing follows the command, as in a one-shot run.
    var endsAfterCommand = false
    var isReadingCommandsFromStandardInput = false
    private(set) var isLeaving = false
    /// The ensemble's rules.
    var profile: Profile
    /// Whether events of watches are shown.
    var printsWatches = true
    /// What Tab has found lately.
    let znodeCandidates = ZnodeCandidates()
    /// Commands that run on while others are typed.
    let jobs = Jobs()
    /// The servers in use, and the chroot.
    private(set) var connectString: ConnectString
    private var isDisconnected = false
    /// What has been said and needs no repetition.
    private var notes: Swift.Set<String> = []
    /// Where relative paths start; nil where none was chosen and only absolute paths make sense.
    private(set) var workingPath: ZPath?
    private(set) var formerWorkingPath: ZPath?
    private(set) var identities: [AddAuth] = []
    private var current: Session?
    /// Told of each new session before it connects.
    var onNewSession: ((Session) async -> Void)?

    init(options: Options, streams: Streams) {
        self.options = options
        self.streams = streams
        format = options.format
        connectString = options.connectString
        profile = options.profile
    }

    // MARK: Session

    /// The session, made when it is first needed.
    func session() async throws(ShellError) -> Session {
        if let current { return current }
        if isDisconnected {
            throw ShellError("the session is closed; 'connect' opens another one", status: .connection)
        }
        let session = await makeSession()
        current = session
        await onNewSession?(session)
        await session.start()
        return session
    }

    /// A session of its own for a command that follows events; it has the identities added so far.
    func makeSession() async -> Session {
        var configuration = options.sessionConfiguration
        configuration.connectString = connectString
        if options.arguments[Options.timeout] == nil, let span = profile.timeout {
            configuration.timeoutMilliseconds = Int32(clamping: span.milliseconds)
        }
        let session = Session(configuration)
        // Identities go out right behind the handshake; the server's verdict ends the session if it is no.
        for auth in identities {
            Task.ofShellNow { try? await session.addAuth(auth) }
        }
        return session
    }

    /// A session with other servers; identities are not shown to them.
    func connectElsewhere(_ servers: ConnectString) async -> Session {
        var configuration = options.sessionConfiguration
        configuration.connectString = servers
        let session = Session(configuration)
        await session.start()
        return session
    }

    func remember(_ auth: AddAuth) {
        if !identities.contains(auth) { identities.append(auth) }
    }

    /// The session is over; the next command makes a new one.
    func forgetSession() { current = nil }

    func closeSession() async {
        guard let session = current else { return }
        current = nil
        await session.close()
    }

    /// Closes the session, and opens no other one until told to.
    func disconnect() async {
        await closeSession()
        isDisconnected = true
        identities = []
    }

    /// Makes the next command open a new session, on other servers if any are given.
    ///
    /// Identities are not shown to other servers than those they were given for, and a profile's rules hold for its own.
    func connect(to other: ConnectString?) async throws(ShellError) {
        if let other, other.hosts != connectString.hosts {
            profile = try ConfigurationFile.common()
            identities = []
        }
        await closeSession()
        isDisconnected = false
        guard let other, other != connectString else { return }
        connectString = other
        workingPath = workingPath.map { _ in .root }
    }

    /// Keeps the session until interrupted, or until the servers end it.
    func holdSession(_ context: CommandContext) async throws(ShellError) {
        let events = await (try session()).events()
        for await event in events {
            if event == .expired {
                throw ShellError("\(context.command): the session has expired", status: .connection)
            }
        }
        throw .interrupted
    }

    // MARK: Working path

    func changeWorkingPath(to path: ZPath) {
        formerWorkingPath = workingPath
        workingPath = path
    }

    func leave() { isLeaving = true }

    func history() -> [String] { terminal?.history() ?? [] }

    // MARK: Rules

    /// Refuses a write, or asks about it, as the profile says.
    func allowWrite(_ line: [Word]) async throws(ShellError) {
        let name = profile.name.map { "the profile '\($0)'" } ?? "the configuration"
        if profile.isReadOnly {
            throw ShellError("\(line.first?.text ?? ""): refused, \(name) is read-only", status: .refused)
        }
        guard profile.confirmsWrites, !options.arguments[Options.yes] else { return }
        guard isatty(STDIN_FILENO) == 1, !isReadingCommandsFromStandardInput else {
            throw ShellError(
                "\(line.first?.text ?? ""): \(name) asks about every write, and there is nobody to ask; --yes answers",
                status: .refused)
        }
        let shown = TerminalText.escaped(line.map(\.text).joined(separator: " "))
        guard try await Question.confirm("\(profile.name ?? "zkcli"): \(shown)? [y/N] ") else {
            throw ShellError("\(line.first?.text ?? ""): nothing was done", status: .refused)
        }
    }

    // MARK: Looks

    /// Whether results on a terminal are coloured.
    var usesColor: Bool {
        switch options.arguments[Options.color] ?? profile.color ?? .auto {
        case .always: true
        case .never: false
        case .auto: Environment.value("NO_COLOR") == nil && Environment.value("TERM") != "dumb"
        }
    }

    // MARK: Telling

    /// Shows lines above the prompt while a line is typed, else like any result.
    func post(_ text: String) async {
        if terminal?.post(text) == true { return }
        try? await streams.out.write(text + "\n")
        try? await streams.out.flush()
    }

    /// Says something once.
    func noteOnce(_ text: String) async {
        if notes.insert(text).inserted, !options.isQuiet { await tell(text) }
    }

    /// Says something that is no result: above the prompt for a person, else on standard error.
    func tell(_ line: String) async {
        // Results that were printed before must come out before.
        try? await streams.out.flush()
        await streams.tell(line)
    }

    /// A one-time watch in a run that ends at once never fires.
    func warnOfShortWatch(_ context: CommandContext) async {
        if endsAfterCommand { await context.warn("the watch ends with this run; 'zkcli watch' follows changes") }
    }
}

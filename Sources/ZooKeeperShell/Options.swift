import CommandLanguage
import Glibc
import ZooKeeperClient

/// The options before the command, read once.
struct Options: Sendable {
    static let server = Option<String>(
        "-s", "--server", "-server", label: "CONNECT_STRING", kind: .server,
        help: "Servers and chroot, as in host:port,host:port/chroot; $ZKCLI_SERVER or localhost:2181 if not given")
    static let timeout = Option<TimeSpan>(
        "-t", "--timeout", "-timeout", label: "TIME",
        help:
            "Session time-out to ask for, and how long to wait for a server; 30s if not given, a bare number is milliseconds"
    )
    static let profile = Option<String>(
        "-p", "--profile", label: "NAME", kind: .profile,
        help: "An ensemble of ~/.config/zkcli/config; $ZKCLI_PROFILE, or the one called default, if not given")
    static let clientConfiguration = Option<String>(
        "-client-configuration", "--client-configuration", label: "FILE", kind: .file,
        help: "A Java properties file as for zkCli.sh; what does not apply is named")
    static let requestLimit = Option<Int>(
        "--max-request", label: "BYTES",
        help: "The largest request the servers take, their jute.maxbuffer; 1048575 if not given")
    static let yes = Flag("-y", "--yes", help: "Take every question for answered with yes")
    static let readOnly = Flag("-r", "--read-only", help: "Accept a server that is read-only for want of a quorum")
    static let output = Option<OutputFormat>(
        "-o", "--output", label: "FORMAT", help: "human, json (one object a line) or raw")
    static let file = RepeatedOption<String>(
        "-f", "--file", label: "SCRIPT", kind: .file, help: "Run the lines of a file; - for standard input")
    static let command = RepeatedOption<Word>(
        "-c", "--command", label: "LINE", help: "Run a line; may be given several times")
    static let keepGoing = Flag(
        "-k", "--keep-going", help: "Go on after a failed line of a script; lines are then pipelined")
    static let quiet = Flag("-q", "--quiet", help: "No warnings")
    static let verbose = Flag("-v", "--verbose", help: "Tell of connections on standard error")
    static let color = Option<ColorChoice>(
        "--color", label: "WHEN", help: "auto, always or never; NO_COLOR in the environment means never")
    static let waitForConnection = Flag(
        "-waitforconnection", "--wait-for-connection",
        help: "Keep trying until the time-out even when every server refuses at once")
    static let completeZnode = Option<Word>(
        "--complete-znode", label: "PREFIX",
        help: "Print the paths that start with PREFIX, for the completion of other shells")
    static let generate = Option<Generated>(
        "--generate", label: "WHAT", help: "Print man, bash, zsh or fish: the man page or a completion script")
    static let version = Flag("--version", "-V", help: "Print the version")
    static let help = Flag("-h", "--help", help: "Print this help")

    /// When to use colours.
    enum ColorChoice: String, CaseIterable, Sendable, ArgumentValue {
        case auto, always, never
    }

    /// What `--generate` can print.
    enum Generated: String, CaseIterable, Sendable, ArgumentValue {
        case man, bash, zsh, fish
    }

    static let spec = CommandSpec(
        ["zkcli"], group: "", "A shell for Apache ZooKeeper",
        parameters: [
            server, profile, timeout, clientConfiguration, requestLimit, yes, readOnly, output, file, command,
            keepGoing, quiet, verbose, color, waitForConnection,
            completeZnode, generate, version, help,
        ]
    )

    let arguments: Arguments
    let connectString: ConnectString
    let profile: Profile
    let properties: JavaProperties?

    init(_ words: [Word]) throws(ShellError) {
        do throws(UsageError) {
            arguments = try Parser.parse(words[...], as: Self.spec, stopAtFirstPositional: true)
        } catch {
            var bare = error
            bare.command = nil
            bare.usage = nil
            var failure = ShellError(bare)
            failure.hints.append("'zkcli --help' lists the options")
            throw failure
        }
        let isHarmless = arguments[Self.help] || arguments[Self.version] || arguments[Self.generate] != nil
        profile =
            isHarmless
            ? Profile()
            : try ConfigurationFile.profile(named: arguments[Self.profile] ?? Environment.value("ZKCLI_PROFILE"))
        properties = try arguments[Self.clientConfiguration].map { (path) throws(ShellError) in
            try JavaProperties(path: path)
        }
        // A profile that was asked for by name goes before the environment.
        let named = arguments[Self.profile] == nil ? nil : profile.server
        let text =
            arguments[Self.server] ?? named ?? Environment.value("ZKCLI_SERVER") ?? profile.server ?? "localhost:2181"
        do throws(ConnectString.Invalid) {
            connectString = try ConnectString(text)
        } catch {
            throw ShellError("\(error)", status: .usage)
        }
        if let limit = arguments[Self.requestLimit], limit < 1024 {
            throw ShellError("--max-request: a server takes at least 1024 bytes, not \(limit)", status: .usage)
        }
        if let span = arguments[Self.timeout] ?? profile.timeout, !(1...Int64(Int32.max)).contains(span.milliseconds) {
            throw ShellError("-t: a time-out is 1 ms to 24 days, not \(span.milliseconds) ms", status: .usage)
        }
    }

    /// The command and its arguments, if any.
    var words: [Word] { arguments.rest }
    var format: OutputFormat { arguments[Self.output] ?? .human }
    var isQuiet: Bool { arguments[Self.quiet] }
    var isVerbose: Bool { arguments[Self.verbose] }
    var keepsGoing: Bool { arguments[Self.keepGoing] }

    var sessionConfiguration: SessionConfiguration {
        var configuration = SessionConfiguration(connectString)
        if let limit = arguments[Self.requestLimit] ?? properties?.requestLimit { configuration.requestLimit = limit }
        if let span = arguments[Self.timeout] ?? profile.timeout {
            configuration.timeoutMilliseconds = Int32(clamping: span.milliseconds)
        }
        configuration.acceptsReadOnly = arguments[Self.readOnly]
        configuration.waitsForServers = arguments[Self.waitForConnection]
        return configuration
    }
}

/// The process's environment.
enum Environment {
    /// A variable's value, nil when unset or empty.
    static func value(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }
}

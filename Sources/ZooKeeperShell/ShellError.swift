import CommandLanguage
import ZooKeeperClient

/// Why a command failed, ready to be told: what and where, and the exit status that goes with it.
struct ShellError: Error, Sendable, Hashable {
    /// Without the program's name; empty when everything has been told already.
    var message: String
    var status: ExitStatus
    /// Lines that help: usage, a suggestion.
    var hints: [String] = []

    init(_ message: String, status: ExitStatus, hints: [String] = []) {
        self.message = message
        self.status = status
        self.hints = hints
    }

    init(_ error: UsageError) {
        let command = error.command.map { "\($0): " } ?? ""
        message = command + error.message
        status = .usage
        hints = [error.usage.map { "usage: \($0)" }, error.suggestion].compactMap { $0 }
    }

    /// A failed request, told with the command's name and the path it is about.
    init(_ error: ZooKeeperError, command: String, path: ZPath? = nil) {
        let subject = (path ?? error.path).map { " \($0)" } ?? ""
        message = "\(command)\(subject): \(error)"
        status = Self.status(of: error)
    }

    /// The reader of standard output is gone: nobody is left to tell anything.
    static let brokenPipe = ShellError("", status: .done)

    /// Ended by Ctrl-C.
    static let interrupted = ShellError("", status: .interrupted)

    private static func status(of error: ZooKeeperError) -> ExitStatus {
        switch error.reason {
        case .server(.authFailed), .server(.sessionClosedRequireSaslAuth), .authFailed: .authentication
        case .server(.sessionExpired), .server(.sessionMoved): .connection
        case .server, .requestTooLarge, .replyTooLarge: .refused
        case .connectionLoss, .noConnection, .sessionExpired, .sessionClosed, .malformedReply: .connection
        case .cancelled: .interrupted
        }
    }

    /// The lines for standard error.
    func lines(prefix: String) -> [String] {
        message.isEmpty ? [] : [prefix.isEmpty ? message : "\(prefix): \(message)"] + hints
    }
}

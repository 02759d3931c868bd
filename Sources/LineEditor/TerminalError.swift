/// Why an interactive terminal could not be opened.
public enum TerminalError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Standard input or output is not a terminal.
    case notATerminal

    /// A resource of the system could not be had.
    case system(call: String, errno: Int32)

    /// One line for a person.
    public var description: String {
        switch self {
        case .notATerminal: "standard input and output are not both a terminal"
        case .system(let call, let errno): "\(call): \(SystemError.text(errno))"
        }
    }
}

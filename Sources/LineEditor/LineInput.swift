/// What came of editing one line.
public enum LineInput: Sendable, Hashable {
    /// The line, without its newline; a pasted block may hold newlines inside.
    case line(String)

    /// Ctrl-C: the line was abandoned.
    case interrupted

    /// Ctrl-D on an empty line, or the terminal went away.
    case endOfInput

    /// SIGTERM or SIGHUP asked the program to end.
    case terminated(signal: Int32)
}

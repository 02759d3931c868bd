/// What the process tells its caller; the man page lists these.
public enum ExitStatus: Int32, Sendable {
    /// Everything was done.
    case done = 0
    /// The server refused, or a comparison is false.
    case refused = 1
    /// The command line makes no sense.
    case usage = 2
    /// No connection, the session was lost, or time ran out.
    case connection = 3
    /// Authentication failed.
    case authentication = 4
    /// Only a part was done.
    case partial = 5
    /// Ended by Ctrl-C.
    case interrupted = 130
}

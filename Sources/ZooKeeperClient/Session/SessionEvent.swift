/// What happens to a session besides the replies to its requests.
public enum SessionEvent: Sendable, Hashable {
    /// A connection stands. `resumed`: it continues a session that had lost its connection.
    case connected(ServerAddress, resumed: Bool, readOnly: Bool)
    /// The connection is gone; the session may still live, and other servers are tried.
    ///
    /// What happens after `lastZxid` may escape persistent watches.
    case disconnected(String, lastZxid: Int64)
    /// A watch fired.
    case watch(WatchEvent)
    /// The servers ended the session: its ephemeral znodes, watches and identities are gone.
    case expired
    /// The server refused the credentials; the session is over.
    case authFailed
    /// No server could be reached for the first connection; the session never was.
    case unreachable([ConnectFailure])
    /// We closed the session.
    case closed
    /// A server refused to register the watches again after a reconnect.
    case watchesLost(ErrorCode)
    /// A subscriber was too slow: this many events before here are missing.
    case dropped(Int)
}

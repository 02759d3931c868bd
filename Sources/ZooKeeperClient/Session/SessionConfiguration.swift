/// How a session is to be held.
public struct SessionConfiguration: Sendable {
    /// The servers and the chroot.
    public var connectString: ConnectString
    /// The session time-out to ask for, in milliseconds.
    ///
    /// The server answers with its own.
    public var timeoutMilliseconds: Int32 = 30_000
    /// Whether a read-only server will do.
    public var acceptsReadOnly = false
    /// Whether to go on trying, until the time-out, when every server refuses the first connection outright.
    public var waitsForServers = false
    /// The largest request a server takes, in bytes: its `jute.maxbuffer`.
    public var requestLimit = 0xFFFFF
    /// The largest reply to accept, in bytes.
    ///
    /// Servers do not limit replies.
    public var replyLimit = 64 << 20
    /// How many requests may be in flight at once.
    public var window = 512
    /// How many events a slow subscriber may be behind.
    public var eventLimit = 65_536

    /// A configuration with the defaults.
    public init(_ connectString: ConnectString) {
        self.connectString = connectString
    }
}

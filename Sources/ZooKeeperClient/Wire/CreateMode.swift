/// What kind of znode to create.
///
/// The opcode decides the kind on the server, and one wrong combination (createTTL with a flag that is not a TTL flag)
/// stops a server for good; so opcode and flag are derived here together and nowhere else.
public enum CreateMode: Sendable, Hashable {
    /// Stays until deleted.
    case persistent
    /// Stays until deleted; the server appends ten digits to the name.
    case persistentSequential
    /// Ends with the session.
    case ephemeral
    /// Ends with the session; the server appends ten digits to the name.
    case ephemeralSequential
    /// Deleted by the server some time after its last child is gone.
    case container
    /// Deleted by the server when unchanged and without children for the TTL.
    case persistentTTL(TimeToLive)
    /// Both sequential and with a TTL.
    case persistentSequentialTTL(TimeToLive)

    /// A TTL the server accepts, in milliseconds.
    public struct TimeToLive: Sendable, Hashable {
        /// Milliseconds, 1 to 2^40 − 1.
        public let milliseconds: Int64
        /// The longest TTL: 2^40 − 1 ms, some 34 years.
        public static let maximum: Int64 = (1 << 40) - 1

        /// A TTL, or nil outside 1 … 2^40 − 1 ms.
        public init?(milliseconds: Int64) {
            guard (1...Self.maximum).contains(milliseconds) else { return nil }
            self.milliseconds = milliseconds
        }
    }

    /// Whether the server appends a sequence suffix.
    public var isSequential: Bool {
        switch self {
        case .persistentSequential, .ephemeralSequential, .persistentSequentialTTL: true
        case .persistent, .ephemeral, .container, .persistentTTL: false
        }
    }

    /// Whether the znode ends with the session.
    public var isEphemeral: Bool { self == .ephemeral || self == .ephemeralSequential }

    var flags: Int32 {
        switch self {
        case .persistent: 0
        case .ephemeral: 1
        case .persistentSequential: 2
        case .ephemeralSequential: 3
        case .container: 4
        case .persistentTTL: 5
        case .persistentSequentialTTL: 6
        }
    }

    var timeToLive: TimeToLive? {
        switch self {
        case .persistentTTL(let ttl), .persistentSequentialTTL(let ttl): ttl
        case .persistent, .persistentSequential, .ephemeral, .ephemeralSequential, .container: nil
        }
    }

    /// The opcode for this mode; `plain` is create or create2.
    func opCode(plain: OpCode) -> OpCode {
        switch self {
        case .persistent, .persistentSequential, .ephemeral, .ephemeralSequential: plain
        case .container: .createContainer
        case .persistentTTL, .persistentSequentialTTL: .createTTL
        }
    }
}

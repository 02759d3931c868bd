/// An error code of the protocol.
///
/// Unknown codes are kept as numbers: servers grow new ones.
public struct ErrorCode: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    /// The number on the wire; 0 is success.
    public let rawValue: Int32

    /// A code from the wire.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    private init(_ rawValue: Int32) { self.rawValue = rawValue }

    /// Success.
    public static let ok = ErrorCode(0)
    /// In a multi: this operation was skipped because another failed.
    public static let runtimeInconsistency = ErrorCode(-2)
    /// The server could not decode the request, or refuses one of its values.
    public static let marshallingError = ErrorCode(-5)
    /// The server does not know the operation, or has it switched off.
    public static let unimplemented = ErrorCode(-6)
    /// Bad path, flags, TTL, or a znode that may not be deleted.
    public static let badArguments = ErrorCode(-8)
    /// A reconfiguration needs a synced quorum of the new configuration.
    public static let newConfigNoQuorum = ErrorCode(-13)
    /// Another reconfiguration is running.
    public static let reconfigInProgress = ErrorCode(-14)
    /// The znode, or on create its parent, is missing.
    public static let noNode = ErrorCode(-101)
    /// The ACL refuses.
    public static let noAuth = ErrorCode(-102)
    /// The version given is not the znode's.
    public static let badVersion = ErrorCode(-103)
    /// Ephemeral znodes cannot have children.
    public static let noChildrenForEphemerals = ErrorCode(-108)
    /// The znode is there already.
    public static let nodeExists = ErrorCode(-110)
    /// The znode has children.
    public static let notEmpty = ErrorCode(-111)
    /// The servers ended the session.
    public static let sessionExpired = ErrorCode(-112)
    /// The server refuses the ACL.
    public static let invalidACL = ErrorCode(-114)
    /// Authentication failed; the server closes the connection.
    public static let authFailed = ErrorCode(-115)
    /// The session is now served elsewhere.
    public static let sessionMoved = ErrorCode(-118)
    /// A write on a read-only server.
    public static let notReadOnly = ErrorCode(-119)
    /// No such watch on this connection.
    public static let noWatcher = ErrorCode(-121)
    /// Reconfiguration is switched off.
    public static let reconfigDisabled = ErrorCode(-123)
    /// The server demands SASL.
    public static let sessionClosedRequireSaslAuth = ErrorCode(-124)
    /// A hard quota is exceeded.
    public static let quotaExceeded = ErrorCode(-125)
    /// Not executed, the server is overloaded.
    public static let throttledOp = ErrorCode(-127)

    /// The code's name as Java spells it, such as `NoNode`; a number for unknown codes.
    public var name: String { Self.known[rawValue]?.name ?? "error \(rawValue)" }

    /// What it means, for a person.
    public var meaning: String {
        Self.known[rawValue]?.meaning ?? "the server answered with the unknown code \(rawValue)"
    }

    /// Name and meaning.
    public var description: String { "\(meaning) (\(name))" }

    private static let known: [Int32: (name: String, meaning: String)] = [
        0: ("OK", "done"),
        -1: ("SystemError", "system error"),
        -2: ("RuntimeInconsistency", "not done because another operation of the transaction failed"),
        -3: ("DataInconsistency", "data inconsistency"),
        -4: ("ConnectionLoss", "connection lost"),
        -5: ("MarshallingError", "the server could not decode the request"),
        -6: ("Unimplemented", "the server does not offer this operation"),
        -7: ("OperationTimeout", "the operation took too long"),
        -8: ("BadArguments", "the server refuses the arguments"),
        -12: ("UnknownSession", "unknown session"),
        -13: ("NewConfigNoQuorum", "no quorum of the new configuration is connected and up to date"),
        -14: ("ReconfigInProgress", "another reconfiguration is in progress"),
        -100: ("APIError", "API error"),
        -101: ("NoNode", "no such znode"),
        -102: ("NoAuth", "not permitted by the ACL"),
        -103: ("BadVersion", "the version does not match"),
        -108: ("NoChildrenForEphemerals", "ephemeral znodes cannot have children"),
        -110: ("NodeExists", "the znode exists already"),
        -111: ("NotEmpty", "the znode has children"),
        -112: ("SessionExpired", "the session has expired"),
        -113: ("InvalidCallback", "invalid callback"),
        -114: ("InvalidACL", "the server refuses the ACL"),
        -115: ("AuthFailed", "authentication failed"),
        -118: ("SessionMoved", "the session moved to another server"),
        -119: ("NotReadOnly", "the server is read-only"),
        -120: ("EphemeralOnLocalSession", "no ephemeral znodes in a local session"),
        -121: ("NoWatcher", "no such watch"),
        -122: ("RequestTimeout", "the request took too long"),
        -123: ("ReconfigDisabled", "reconfiguration is disabled on the server"),
        -124: ("SessionClosedRequireSaslAuth", "the server demands SASL authentication"),
        -125: ("QuotaExceeded", "the quota is exceeded"),
        -127: ("ThrottledOp", "the server is overloaded and did not execute it; try again later"),
    ]
}

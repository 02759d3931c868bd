/// Lists the identities of the connection.
///
/// Servers before 3.7 do not know it.
public struct WhoAmI: ZooKeeperRequest {
    /// One identity.
    public struct Identity: Sendable, Hashable {
        /// The authentication scheme.
        public var scheme: String
        /// The user; for digest without the password.
        public var user: String
    }

    /// A request for the identities.
    public init() {}

    /// The operation's number.
    public var opCode: OpCode { .whoAmI }
    /// No znode is concerned.
    public var path: ZPath? { nil }

    /// The request has no body.
    public func encode(into writer: inout JuteWriter) {}

    /// Reads the identities, in no order.
    public func decodeResponse(from reader: inout JuteReader) throws(WireError) -> [Identity] {
        try reader.vector("clientInfo", minimumSize: 8) { (reader) throws(WireError) in
            Identity(scheme: try reader.string("authScheme"), user: try reader.string("user"))
        }
    }
}

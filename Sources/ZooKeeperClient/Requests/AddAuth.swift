/// Adds an identity to the connection.
///
/// It is sent again after every reconnect: identities belong to connections.
public struct AddAuth: Sendable, Hashable {
    /// `digest`, `ip`, or a scheme of the server's own.
    public var scheme: String
    /// What the scheme wants; for digest `user:password` in clear.
    public var credentials: [UInt8]

    /// An identity.
    public init(scheme: String, credentials: [UInt8]) {
        self.scheme = scheme
        self.credentials = credentials
    }

    func encode(into writer: inout JuteWriter) {
        writer.write(Int32(0))
        writer.write(scheme)
        writer.write(credentials)
    }
}

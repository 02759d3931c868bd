/// The first frame of a connection: asks for a new session, or for an old one back.
struct ConnectRequest: Sendable, Hashable {
    var lastZxidSeen: Int64
    var timeoutMilliseconds: Int32
    var sessionID: Int64
    var password: [UInt8]
    var readOnly: Bool

    static let noPassword = [UInt8](repeating: 0, count: 16)

    func encode(into writer: inout JuteWriter) {
        writer.write(Int32(0))
        writer.write(lastZxidSeen)
        writer.write(timeoutMilliseconds)
        writer.write(sessionID)
        writer.write(password)
        // Always sent: without this byte a server takes the client for a pre-3.4 one.
        writer.write(readOnly)
    }
}

/// The server's answer to the first frame.
struct ConnectResponse: Sendable, Hashable {
    var protocolVersion: Int32
    var timeoutMilliseconds: Int32
    var sessionID: Int64
    var password: [UInt8]
    var readOnly: Bool

    /// Servers of some versions leave out the read-only byte, so it is read as "one more byte, and it is not zero".
    init(from reader: inout JuteReader) throws(WireError) {
        protocolVersion = try reader.int32("protocolVersion")
        timeoutMilliseconds = try reader.int32("timeOut")
        sessionID = try reader.int64("sessionId")
        password = try reader.bytes("passwd") ?? []
        readOnly = reader.remaining > 0 ? try reader.bool("readOnly") : false
    }

    init(timeoutMilliseconds: Int32, sessionID: Int64, password: [UInt8], readOnly: Bool = false) {
        protocolVersion = 0
        self.timeoutMilliseconds = timeoutMilliseconds
        self.sessionID = sessionID
        self.password = password
        self.readOnly = readOnly
    }
}

/// Lists the ephemeral znodes that this session owns.
public struct GetEphemerals: ZooKeeperRequest {
    let prefix: ZPath

    /// A request for the session's ephemerals whose path starts with `prefix`.
    public init(prefix: ZPath = .root) {
        self.prefix = prefix
    }

    /// The operation's number.
    public var opCode: OpCode { .getEphemerals }
    /// The prefix asked for.
    public var path: ZPath? { prefix }

    /// Writes a GetEphemeralsRequest.
    public func encode(into writer: inout JuteWriter) { writer.write(prefix) }

    /// Reads the paths; those outside the chroot, made through another session's view, are left out.
    public func decodeResponse(from reader: inout JuteReader) throws(WireError) -> [ZPath] {
        let chroot = reader.chroot
        return try reader.vector("ephemerals", minimumSize: 4) { (reader) throws(WireError) in
            try reader.serverPath("ephemeral")
        }.compactMap { chroot.clientPath($0) }
    }
}

/// Reads a znode's access control list and stat.
///
/// Without the admin permission a server masks digest ids as `user:x`: such a list must not be written back.
public struct GetACL: ZooKeeperRequest {
    let target: ZPath

    /// A request for the list of `path`.
    public init(_ path: ZPath) {
        target = path
    }

    /// The operation's number.
    public var opCode: OpCode { .getACL }
    /// The znode asked for.
    public var path: ZPath? { target }

    /// Writes a GetACLRequest.
    public func encode(into writer: inout JuteWriter) { writer.write(target) }

    /// Reads list and stat.
    public func decodeResponse(from reader: inout JuteReader) throws(WireError) -> (acl: [ACL], stat: Stat) {
        (try reader.acl(), try Stat(from: &reader))
    }
}

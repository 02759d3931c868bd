/// Replaces a znode's access control list.
public struct SetACL: ZooKeeperRequest {
    let target: ZPath
    let acl: [ACL]
    let aversion: Int32

    /// A request to set the list of `path` if its ACL version is `aversion`; −1 matches any.
    public init(_ path: ZPath, acl: [ACL], aversion: Int32 = -1) {
        target = path
        self.acl = acl
        self.aversion = aversion
    }

    /// The operation's number.
    public var opCode: OpCode { .setACL }
    /// The znode to change.
    public var path: ZPath? { target }

    /// Writes a SetACLRequest.
    public func encode(into writer: inout JuteWriter) {
        writer.write(target)
        writer.write(acl)
        writer.write(aversion)
    }

    /// Reads the new stat.
    public func decodeResponse(from reader: inout JuteReader) throws(WireError) -> Stat {
        try Stat(from: &reader)
    }
}

/// Creates a znode and answers its path, which differs from the one asked for when sequential.
public struct Create: ZooKeeperRequest {
    /// The record shared by create, create2, createContainer and createTTL.
    struct Record: Sendable, Hashable {
        var path: ZPath
        var data: [UInt8]?
        var acl: [ACL]
        var mode: CreateMode

        func encode(into writer: inout JuteWriter) {
            // Under a chroot, `/` would become the chroot itself, and the suffix would name a sibling of it.
            if mode.isSequential, path.isRoot, !writer.chroot.path.isRoot {
                writer.write(serverPath: ZPath(unchecked: writer.chroot.path.bytes + path.bytes))
            } else {
                writer.write(path)
            }
            writer.write(data)
            writer.write(acl)
            writer.write(mode.flags)
            if let ttl = mode.timeToLive { writer.write(ttl.milliseconds) }
        }
    }

    let record: Record

    /// A request to create `path`.
    ///
    /// Data may be nil: absent and empty are different.
    public init(_ path: ZPath, data: [UInt8]?, acl: [ACL] = ACL.open, mode: CreateMode = .persistent) {
        record = Record(path: path, data: data, acl: acl, mode: mode)
    }

    /// Create, createContainer or createTTL, by the mode.
    public var opCode: OpCode { record.mode.opCode(plain: .create) }
    /// The path asked for.
    public var path: ZPath? { record.path }

    /// Writes a CreateRequest or CreateTTLRequest.
    public func encode(into writer: inout JuteWriter) { record.encode(into: &writer) }

    /// Reads the path; the stat that containers and TTL znodes are answered with is left.
    public func decodeResponse(from reader: inout JuteReader) throws(WireError) -> ZPath {
        try reader.path("path")
    }
}

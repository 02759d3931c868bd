/// Creates a znode and answers its path and stat.
///
/// Servers before 3.5 do not know it.
public struct Create2: ZooKeeperRequest {
    let record: Create.Record

    /// A request to create `path`.
    ///
    /// Data may be nil: absent and empty are different.
    public init(_ path: ZPath, data: [UInt8]?, acl: [ACL] = ACL.open, mode: CreateMode = .persistent) {
        record = Create.Record(path: path, data: data, acl: acl, mode: mode)
    }

    /// Create2, createContainer or createTTL, by the mode.
    public var opCode: OpCode { record.mode.opCode(plain: .create2) }
    /// The path asked for.
    public var path: ZPath? { record.path }

    /// Writes a CreateRequest or CreateTTLRequest.
    public func encode(into writer: inout JuteWriter) { record.encode(into: &writer) }

    /// Reads the path created and its stat.
    public func decodeResponse(from reader: inout JuteReader) throws(WireError) -> (path: ZPath, stat: Stat) {
        (try reader.path("path"), try Stat(from: &reader))
    }
}

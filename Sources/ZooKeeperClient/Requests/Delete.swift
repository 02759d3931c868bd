/// Deletes a znode that has no children.
public struct Delete: ZooKeeperRequest {
    let target: ZPath
    let version: Int32

    /// A request to delete `path` if its data version is `version`; −1 matches any.
    public init(_ path: ZPath, version: Int32 = -1) {
        target = path
        self.version = version
    }

    /// The operation's number.
    public var opCode: OpCode { .delete }
    /// The znode to delete.
    public var path: ZPath? { target }

    /// Writes a DeleteRequest.
    public func encode(into writer: inout JuteWriter) {
        writer.write(target)
        writer.write(version)
    }

    /// A reply without a body.
    public typealias Response = Void
}

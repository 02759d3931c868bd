/// Counts all descendants of a znode, not only its children; the server scans its whole tree for it.
public struct GetAllChildrenNumber: ZooKeeperRequest {
    let target: ZPath

    /// A request for the number of descendants of `path`.
    public init(_ path: ZPath) {
        target = path
    }

    /// The operation's number.
    public var opCode: OpCode { .getAllChildrenNumber }
    /// The znode asked for.
    public var path: ZPath? { target }

    /// Writes a GetAllChildrenNumberRequest.
    public func encode(into writer: inout JuteWriter) { writer.write(target) }

    /// Reads the number.
    public func decodeResponse(from reader: inout JuteReader) throws(WireError) -> Int32 {
        try reader.int32("totalNumber")
    }
}

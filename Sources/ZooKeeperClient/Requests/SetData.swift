/// Replaces a znode's data.
public struct SetData: ZooKeeperRequest {
    let target: ZPath
    let data: [UInt8]?
    let version: Int32

    /// A request to set the data of `path` if its version is `version`; −1 matches any, nil data is legal.
    public init(_ path: ZPath, data: [UInt8]?, version: Int32 = -1) {
        target = path
        self.data = data
        self.version = version
    }

    /// The operation's number.
    public var opCode: OpCode { .setData }
    /// The znode to change.
    public var path: ZPath? { target }

    /// Writes a SetDataRequest.
    public func encode(into writer: inout JuteWriter) {
        writer.write(target)
        writer.write(data)
        writer.write(version)
    }

    /// Reads the new stat.
    public func decodeResponse(from reader: inout JuteReader) throws(WireError) -> Stat {
        try Stat(from: &reader)
    }
}

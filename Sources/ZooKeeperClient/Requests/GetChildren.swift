/// Reads the names of a znode's children, in the server's order, which is none.
public struct GetChildren: ZooKeeperRequest {
    let target: ZPath
    let watches: Bool

    /// A request for the children of `path`.
    public init(_ path: ZPath, watch: Bool = false) {
        target = path
        watches = watch
    }

    /// The operation's number.
    public var opCode: OpCode { .getChildren }
    /// The znode asked for.
    public var path: ZPath? { target }
    /// A child watch, when one is asked for.
    public var watchEffect: WatchEffect? { watches ? .set(.child, target) : nil }

    /// Writes a GetChildrenRequest.
    public func encode(into writer: inout JuteWriter) {
        writer.write(target)
        writer.write(watches)
    }

    /// Reads the names.
    public func decodeResponse(from reader: inout JuteReader) throws(WireError) -> [[UInt8]] {
        try reader.names()
    }
}

extension JuteReader {
    /// A vector of child names, as bytes.
    mutating func names() throws(WireError) -> [[UInt8]] {
        try vector("children", minimumSize: 4) { (reader) throws(WireError) in try reader.bytes("child") ?? [] }
    }
}

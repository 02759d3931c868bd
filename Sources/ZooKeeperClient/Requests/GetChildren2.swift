/// Reads the names of a znode's children and its stat.
public struct GetChildren2: ZooKeeperRequest {
    let target: ZPath
    let watches: Bool

    /// A request for the children and stat of `path`.
    public init(_ path: ZPath, watch: Bool = false) {
        target = path
        watches = watch
    }

    /// The operation's number.
    public var opCode: OpCode { .getChildren2 }
    /// The znode asked for.
    public var path: ZPath? { target }
    /// A child watch, when one is asked for.
    public var watchEffect: WatchEffect? { watches ? .set(.child, target) : nil }

    /// Writes a GetChildren2Request.
    public func encode(into writer: inout JuteWriter) {
        writer.write(target)
        writer.write(watches)
    }

    /// Reads the names, in the server's order, and the stat.
    public func decodeResponse(from reader: inout JuteReader) throws(WireError) -> (names: [[UInt8]], stat: Stat) {
        (try reader.names(), try Stat(from: &reader))
    }
}

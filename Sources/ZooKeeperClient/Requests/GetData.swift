/// Reads a znode's data and stat.
public struct GetData: ZooKeeperRequest {
    let target: ZPath
    let watches: Bool

    /// A request for the data of `path`.
    public init(_ path: ZPath, watch: Bool = false) {
        target = path
        watches = watch
    }

    /// The operation's number.
    public var opCode: OpCode { .getData }
    /// The znode asked for.
    public var path: ZPath? { target }
    /// A data watch, when one is asked for.
    public var watchEffect: WatchEffect? { watches ? .set(.data, target) : nil }

    /// Writes a GetDataRequest.
    public func encode(into writer: inout JuteWriter) {
        writer.write(target)
        writer.write(watches)
    }

    /// Reads data, nil when absent, and stat.
    public func decodeResponse(from reader: inout JuteReader) throws(WireError) -> (data: [UInt8]?, stat: Stat) {
        (try reader.bytes("data"), try Stat(from: &reader))
    }
}

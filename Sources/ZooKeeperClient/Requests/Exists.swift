/// Asks for a znode's stat; the error noNode says that it is missing.
///
/// Its watch is set in both cases.
public struct Exists: ZooKeeperRequest {
    let target: ZPath
    let watches: Bool

    /// A request for the stat of `path`.
    public init(_ path: ZPath, watch: Bool = false) {
        target = path
        watches = watch
    }

    /// The operation's number.
    public var opCode: OpCode { .exists }
    /// The znode asked for.
    public var path: ZPath? { target }
    /// An exists watch, when one is asked for.
    public var watchEffect: WatchEffect? { watches ? .set(.exists, target) : nil }

    /// Writes an ExistsRequest.
    public func encode(into writer: inout JuteWriter) {
        writer.write(target)
        writer.write(watches)
    }

    /// Reads the stat.
    public func decodeResponse(from reader: inout JuteReader) throws(WireError) -> Stat {
        try Stat(from: &reader)
    }
}

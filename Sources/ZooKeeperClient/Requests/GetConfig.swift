/// Reads the ensemble's membership from `/zookeeper/config`, which no chroot moves.
public struct GetConfig: ZooKeeperRequest {
    static let configPath: ZPath = "/zookeeper/config"
    let watches: Bool

    /// A request for the configuration.
    public init(watch: Bool = false) {
        watches = watch
    }

    /// A getData on the wire.
    public var opCode: OpCode { .getData }
    /// The configuration znode.
    public var path: ZPath? { Self.configPath }
    /// A data watch, when one is asked for.
    public var watchEffect: WatchEffect? { watches ? .setOnServerPath(.data, Self.configPath) : nil }

    /// Writes a GetDataRequest.
    public func encode(into writer: inout JuteWriter) {
        writer.write(serverPath: Self.configPath)
        writer.write(watches)
    }

    /// Reads the text and stat.
    public func decodeResponse(from reader: inout JuteReader) throws(WireError) -> (data: [UInt8]?, stat: Stat) {
        (try reader.bytes("data"), try Stat(from: &reader))
    }
}

/// Makes the connected server catch up with the leader before the reads that follow.
public struct Sync: ZooKeeperRequest {
    let target: ZPath

    /// A request to catch up for `path`.
    ///
    /// The server does not check that the znode exists.
    public init(_ path: ZPath) {
        target = path
    }

    /// The operation's number.
    public var opCode: OpCode { .sync }
    /// The path asked for.
    public var path: ZPath? { target }

    /// Writes a SyncRequest.
    public func encode(into writer: inout JuteWriter) { writer.write(target) }

    /// The echoed path says nothing new.
    public typealias Response = Void
}

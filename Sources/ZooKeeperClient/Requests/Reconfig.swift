/// Changes the ensemble's membership.
public struct Reconfig: ZooKeeperRequest {
    /// What to change.
    public enum Change: Sendable, Hashable {
        /// Servers to add (`server.4=host:port:port;port`, comma-separated) and ids to remove.
        case incremental(joining: String?, leaving: String?)
        /// The whole new list.
        case members(String)
    }

    let change: Change
    let configID: Int64

    /// A request to change the configuration if its id is `configID`; −1 matches any.
    public init(_ change: Change, configID: Int64 = -1) {
        self.change = change
        self.configID = configID
    }

    /// The operation's number.
    public var opCode: OpCode { .reconfig }
    /// The configuration znode.
    public var path: ZPath? { GetConfig.configPath }

    /// Writes a ReconfigRequest; what is not used is null.
    public func encode(into writer: inout JuteWriter) {
        switch change {
        case .incremental(let joining, let leaving):
            writer.write(optional: joining)
            writer.write(optional: leaving)
            writer.write(optional: nil)
        case .members(let members):
            writer.write(optional: nil)
            writer.write(optional: nil)
            writer.write(members)
        }
        writer.write(configID)
    }

    /// Reads the new configuration and its stat.
    public func decodeResponse(from reader: inout JuteReader) throws(WireError) -> (data: [UInt8]?, stat: Stat) {
        (try reader.bytes("data"), try Stat(from: &reader))
    }
}

/// Asks whether there is a watch; the error noWatcher says there is none.
///
/// Servers up to 3.8 also answer yes for watches of other sessions, so this is no way to list one's own.
public struct CheckWatches: ZooKeeperRequest {
    let target: ZPath
    let type: WatcherType

    /// A request to look for watches of one kind on `path`.
    public init(_ path: ZPath, type: WatcherType = .any) {
        target = path
        self.type = type
    }

    /// The operation's number.
    public var opCode: OpCode { .checkWatches }
    /// The znode asked for.
    public var path: ZPath? { target }

    /// Writes a CheckWatchesRequest.
    public func encode(into writer: inout JuteWriter) {
        writer.write(target)
        writer.write(type.rawValue)
    }

    /// A reply without a body.
    public typealias Response = Void
}

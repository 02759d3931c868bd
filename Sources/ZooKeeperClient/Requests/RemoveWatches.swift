/// What kinds of watches to remove or check for.
public enum WatcherType: Int32, Sendable, Hashable {
    /// Watches on the children. Up to 3.8 also the child half of a persistent watch.
    case children = 1
    /// Watches on the data. Up to 3.8 also the data half of a persistent watch.
    case data = 2
    /// All watches of the path.
    case any = 3
    /// Persistent ones; only servers from 3.9 know this type.
    case persistent = 4
    /// Persistent recursive ones; only servers from 3.9 know this type.
    case persistentRecursive = 5
}

/// Removes watches of this connection; the error noWatcher says there was none.
public struct RemoveWatches: ZooKeeperRequest {
    let target: ZPath
    let type: WatcherType

    /// A request to remove the watches of one kind on `path`.
    public init(_ path: ZPath, type: WatcherType = .any) {
        target = path
        self.type = type
    }

    /// The operation's number.
    public var opCode: OpCode { .removeWatches }
    /// The znode watched.
    public var path: ZPath? { target }

    /// The watches removed.
    public var watchEffect: WatchEffect? { .remove(type, target) }

    /// Writes a RemoveWatchesRequest.
    public func encode(into writer: inout JuteWriter) {
        writer.write(target)
        writer.write(type.rawValue)
    }

    /// A reply without a body.
    public typealias Response = Void
}

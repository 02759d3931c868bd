/// Sets a persistent watch.
///
/// Servers before 3.6 do not know it.
public struct AddWatch: ZooKeeperRequest {
    /// How far a persistent watch reaches.
    public enum Mode: Int32, Sendable, Hashable, CaseIterable {
        /// The znode and its children's comings and goings.
        case persistent = 0
        /// The whole subtree.
        case persistentRecursive = 1
    }

    let target: ZPath
    let mode: Mode

    /// A request to watch `path`, which need not exist.
    public init(_ path: ZPath, mode: Mode) {
        target = path
        self.mode = mode
    }

    /// The operation's number.
    public var opCode: OpCode { .addWatch }
    /// The znode to watch.
    public var path: ZPath? { target }
    /// The watch.
    public var watchEffect: WatchEffect? {
        .set(mode == .persistent ? .persistent : .persistentRecursive, target)
    }

    /// Writes an AddWatchRequest.
    public func encode(into writer: inout JuteWriter) {
        writer.write(target)
        writer.write(mode.rawValue)
    }

    /// The body is one integer on most servers and absent on some; it says nothing.
    public typealias Response = Void
}

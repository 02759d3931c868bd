/// A change that a watch tells of.
///
/// It carries no data and no version: those are to be read anew.
public struct WatchEvent: Sendable, Hashable {
    /// What happened.
    ///
    /// Unknown types are kept as numbers.
    public struct EventType: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The number on the wire.
        public let rawValue: Int32
        /// A type from the wire.
        public init(rawValue: Int32) { self.rawValue = rawValue }

        /// The znode was created.
        public static let nodeCreated = EventType(rawValue: 1)
        /// The znode was deleted.
        public static let nodeDeleted = EventType(rawValue: 2)
        /// Its data was set.
        public static let nodeDataChanged = EventType(rawValue: 3)
        /// A child was created or deleted.
        public static let nodeChildrenChanged = EventType(rawValue: 4)
        /// A data watch was removed.
        public static let dataWatchRemoved = EventType(rawValue: 5)
        /// A child watch was removed.
        public static let childWatchRemoved = EventType(rawValue: 6)
        /// A persistent watch was removed.
        public static let persistentWatchRemoved = EventType(rawValue: 7)

        private static let names = [
            "NodeCreated", "NodeDeleted", "NodeDataChanged", "NodeChildrenChanged", "DataWatchRemoved",
            "ChildWatchRemoved", "PersistentWatchRemoved",
        ]

        /// The type as `zkCli.sh` spells it.
        public var description: String {
            (1...7).contains(rawValue) ? Self.names[Int(rawValue) - 1] : "event type \(rawValue)"
        }
    }

    /// What happened.
    public var type: EventType
    /// Where, as the session knows it.
    public var path: ZPath
    /// The transaction, on servers from 3.9; nil where the server does not say.
    public var zxid: Int64?
    /// How many events came before it on this session, itself included.
    ///
    /// A reply that was received behind so many events, or more, tells a state in which this one has happened.
    public var ordinal = 0

    /// An event.
    public init(_ type: EventType, _ path: ZPath, zxid: Int64? = nil) {
        self.type = type
        self.path = path
        self.zxid = zxid
    }

    /// Reads a notification's body; nil when its path lies outside the chroot.
    init?(from reader: inout JuteReader, zxid: Int64) throws(WireError) {
        type = EventType(rawValue: try reader.int32("event type"))
        _ = try reader.int32("event state")
        guard let path = reader.chroot.clientPath(try reader.serverPath("event path")) else { return nil }
        self.path = path
        self.zxid = zxid > 0 ? zxid : nil
    }
}

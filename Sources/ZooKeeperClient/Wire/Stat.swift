/// The bookkeeping of a znode, field for field as the protocol has it.
public struct Stat: Sendable, Hashable {
    /// The zxid that created the znode.
    public var czxid: Int64
    /// The zxid that last changed its data.
    public var mzxid: Int64
    /// When it was created, in milliseconds since 1970.
    public var ctime: Int64
    /// When its data last changed, in milliseconds since 1970.
    public var mtime: Int64
    /// Changes of its data.
    public var version: Int32
    /// Children created plus children deleted.
    public var cversion: Int32
    /// Changes of its ACL.
    public var aversion: Int32
    /// The session that owns it, 0 when it is not ephemeral.
    ///
    /// Negative ids are legal.
    public var ephemeralOwner: Int64
    /// Bytes of data.
    public var dataLength: Int32
    /// Direct children.
    public var numChildren: Int32
    /// The zxid of the last create or delete of a direct child.
    public var pzxid: Int64

    /// A stat from its fields, in wire order.
    public init(
        czxid: Int64, mzxid: Int64, ctime: Int64, mtime: Int64, version: Int32, cversion: Int32, aversion: Int32,
        ephemeralOwner: Int64, dataLength: Int32, numChildren: Int32, pzxid: Int64
    ) {
        self.czxid = czxid
        self.mzxid = mzxid
        self.ctime = ctime
        self.mtime = mtime
        self.version = version
        self.cversion = cversion
        self.aversion = aversion
        self.ephemeralOwner = ephemeralOwner
        self.dataLength = dataLength
        self.numChildren = numChildren
        self.pzxid = pzxid
    }

    /// Whether a session owns the znode.
    public var isEphemeral: Bool { ephemeralOwner != 0 }

    init(from reader: inout JuteReader) throws(WireError) {
        czxid = try reader.int64("czxid")
        mzxid = try reader.int64("mzxid")
        ctime = try reader.int64("ctime")
        mtime = try reader.int64("mtime")
        version = try reader.int32("version")
        cversion = try reader.int32("cversion")
        aversion = try reader.int32("aversion")
        ephemeralOwner = try reader.int64("ephemeralOwner")
        dataLength = try reader.int32("dataLength")
        numChildren = try reader.int32("numChildren")
        pzxid = try reader.int64("pzxid")
    }
}

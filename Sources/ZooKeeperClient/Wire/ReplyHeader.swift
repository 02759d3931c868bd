/// What stands before every reply but the first.
struct ReplyHeader: Sendable, Hashable {
    var xid: Int32
    var zxid: Int64
    var error: ErrorCode

    init(xid: Int32, zxid: Int64, error: ErrorCode = .ok) {
        self.xid = xid
        self.zxid = zxid
        self.error = error
    }

    init(from reader: inout JuteReader) throws(WireError) {
        xid = try reader.int32("xid")
        zxid = try reader.int64("zxid")
        error = ErrorCode(rawValue: try reader.int32("err"))
    }
}

/// The xids that are no request's number.
enum SpecialXid {
    static let notification: Int32 = -1
    static let ping: Int32 = -2
    static let auth: Int32 = -4
    static let setWatches: Int32 = -8
}

import NIOCore

@testable import ZooKeeperClient

/// A frame written as hexadecimal digits.
struct Bytes {
    let all: [UInt8]

    init(_ hex: String) {
        let digits = hex.compactMap(\.hexDigitValue)
        precondition(digits.count.isMultiple(of: 2), "a byte has two digits")
        all = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    var buffer: ByteBuffer { ByteBuffer(bytes: all) }

    /// A reader behind the length prefix.
    var payload: JuteReader { JuteReader(ByteBuffer(bytes: all.dropFirst(4))) }

    /// A reader behind length prefix and reply header.
    var body: JuteReader { JuteReader(ByteBuffer(bytes: all.dropFirst(20))) }

    /// The reply header.
    var header: ReplyHeader {
        get throws {
            var reader = payload
            return try ReplyHeader(from: &reader)
        }
    }
}

/// The frame that a request makes.
func frame(_ request: some ZooKeeperRequest, xid: Int32, chroot: Chroot = .none) -> [UInt8] {
    var writer = JuteWriter(chroot: chroot)
    writer.frame { writer in
        writer.write(xid)
        writer.write(request.opCode.rawValue)
        request.encode(into: &writer)
    }
    return Array(writer.buffer.readableBytesView)
}

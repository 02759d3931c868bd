import NIOCore

/// Reads jute records.
///
/// Every length is checked against the bytes that are there before anything is allocated.
public struct JuteReader {
    private(set) var buffer: ByteBuffer
    let chroot: Chroot

    init(_ buffer: ByteBuffer, chroot: Chroot = .none) {
        self.buffer = buffer
        self.chroot = chroot
    }

    var remaining: Int { buffer.readableBytes }

    mutating func int32(_ field: String) throws(WireError) -> Int32 {
        guard let value = buffer.readInteger(as: Int32.self) else { throw .truncated(field: field) }
        return value
    }

    mutating func int64(_ field: String) throws(WireError) -> Int64 {
        guard let value = buffer.readInteger(as: Int64.self) else { throw .truncated(field: field) }
        return value
    }

    mutating func bool(_ field: String) throws(WireError) -> Bool {
        guard let value = buffer.readInteger(as: UInt8.self) else { throw .truncated(field: field) }
        return value != 0
    }

    /// A buffer, nil when null.
    mutating func bytes(_ field: String) throws(WireError) -> [UInt8]? {
        let length = try int32(field)
        if length == -1 { return nil }
        guard length >= 0 else { throw .badLength(Int(length), field: field) }
        guard let bytes = buffer.readBytes(length: Int(length)) else { throw .truncated(field: field) }
        return bytes
    }

    mutating func skip(_ length: Int, _ field: String) throws(WireError) {
        guard length <= remaining else { throw .truncated(field: field) }
        buffer.moveReaderIndex(forwardBy: length)
    }

    /// What lies between an earlier state of this reader and this one.
    func bytes(since earlier: JuteReader) -> [UInt8] {
        earlier.buffer.getBytes(at: earlier.buffer.readerIndex, length: earlier.remaining - remaining) ?? []
    }

    /// A string; null reads as empty.
    mutating func string(_ field: String) throws(WireError) -> String {
        LenientUTF8.decode(try bytes(field) ?? [])
    }

    /// A path as the caller knows it, the chroot taken off.
    mutating func path(_ field: String) throws(WireError) -> ZPath {
        let bytes = try bytes(field) ?? []
        return chroot.clientPath(ZPath(unchecked: bytes)) ?? ZPath(unchecked: bytes)
    }

    /// A path as the server knows it.
    mutating func serverPath(_ field: String) throws(WireError) -> ZPath {
        ZPath(unchecked: try bytes(field) ?? [])
    }

    /// A vector whose elements take at least `minimumSize` bytes each; null reads as empty.
    mutating func vector<Element>(
        _ field: String, minimumSize: Int, _ element: (inout JuteReader) throws(WireError) -> Element
    ) throws(WireError) -> [Element] {
        let count = Int(try int32(field))
        if count == -1 { return [] }
        guard count >= 0, count <= remaining / minimumSize else { throw .badLength(count, field: field) }
        var elements: [Element] = []
        elements.reserveCapacity(count)
        for _ in 0..<count { elements.append(try element(&self)) }
        return elements
    }
}

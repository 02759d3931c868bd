import NIOCore

/// Writes jute records, ZooKeeper's encoding: big-endian integers, lengths before strings, −1 for null.
///
/// The writer knows the chroot, so that requests hold the paths their caller uses.
public struct JuteWriter {
    private(set) var buffer: ByteBuffer
    let chroot: Chroot

    init(chroot: Chroot = .none, buffer: ByteBuffer = ByteBuffer()) {
        self.chroot = chroot
        self.buffer = buffer
    }

    mutating func write(_ value: Bool) { buffer.writeInteger(value ? 1 as UInt8 : 0) }
    mutating func write(_ value: Int32) { buffer.writeInteger(value) }
    mutating func write(_ value: Int64) { buffer.writeInteger(value) }

    mutating func write(_ text: String) {
        buffer.writeInteger(Int32(clamping: text.utf8.count))
        buffer.writeString(text)
    }

    /// A string that may be null.
    mutating func write(optional text: String?) {
        if let text { write(text) } else { write(Int32(-1)) }
    }

    /// A buffer; null and empty are different values, and the server keeps them apart.
    mutating func write(_ bytes: [UInt8]?) {
        guard let bytes else { return write(Int32(-1)) }
        buffer.writeInteger(Int32(clamping: bytes.count))
        buffer.writeBytes(bytes)
    }

    /// A path of the caller's, put under the chroot.
    mutating func write(_ path: ZPath) {
        write(chroot.serverPath(path).bytes)
    }

    /// A path that the chroot does not touch, such as `/zookeeper/config`.
    mutating func write(serverPath path: ZPath) {
        write(path.bytes)
    }

    mutating func write<Element>(vector: [Element], _ each: (inout JuteWriter, Element) -> Void) {
        write(Int32(clamping: vector.count))
        for element in vector { each(&self, element) }
    }

    /// Writes one frame: `body`, with its length before it.
    ///
    /// Returns the body's length.
    @discardableResult
    mutating func frame(_ body: (inout JuteWriter) -> Void) -> Int {
        let start = buffer.writerIndex
        write(Int32(0))
        body(&self)
        let length = buffer.writerIndex - start - 4
        buffer.setInteger(Int32(clamping: length), at: start)
        return length
    }

    /// Takes back everything written since the buffer was this long.
    mutating func rewind(to writerIndex: Int) {
        buffer.moveWriterIndex(to: writerIndex)
    }

    /// Bytes written so far.
    var length: Int { buffer.writerIndex }

    /// Hands over what was written and starts anew.
    mutating func take() -> ByteBuffer {
        defer { buffer = ByteBuffer() }
        return buffer
    }
}

import NIOCore

/// Cuts the byte stream into frames.
///
/// A frame above the limit is not collected: its first bytes tell which request it answers, the rest is read off and
/// thrown away, so that one reply that is too large fails one request and not the session.
struct FrameDecoder {
    enum Frame: Sendable, Hashable {
        case complete(ByteBuffer)
        /// The first 16 bytes of a frame that is longer than the limit.
        case oversized(head: ByteBuffer, length: Int)
    }

    static let headerLength = 16
    let limit: Int
    private var toSkip = 0

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes the next frame off the front of what was received; nil when more must come first.
    mutating func next(_ buffer: inout ByteBuffer) throws(WireError) -> Frame? {
        if toSkip > 0 {
            let skipped = min(toSkip, buffer.readableBytes)
            buffer.moveReaderIndex(forwardBy: skipped)
            toSkip -= skipped
        }
        guard let length = buffer.getInteger(at: buffer.readerIndex, as: Int32.self).map(Int.init) else { return nil }
        guard length >= 0 else { throw .badLength(length, field: "frame") }
        let isOversized = length > limit
        let wanted = isOversized ? Self.headerLength : length
        guard buffer.readableBytes >= 4 + wanted else { return nil }
        buffer.moveReaderIndex(forwardBy: 4)
        guard let frame = buffer.readSlice(length: wanted) else { return nil }
        guard isOversized else { return .complete(frame) }
        toSkip = length - wanted
        return .oversized(head: frame, length: length)
    }
}

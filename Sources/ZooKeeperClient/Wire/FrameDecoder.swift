import NIOCore

/// Cuts the byte stream into frames.
///
/// A frame above the limit is not collected: its first bytes tell which request it answers, the rest is read off and
/// thrown away, so that one reply that is too large fails one request and not the session.
struct FrameDecoder: ByteToMessageDecoder {
    enum Frame: Sendable, Hashable {
        case complete(ByteBuffer)
        /// The first 16 bytes of a frame that is longer than the limit.
        case oversized(head: ByteBuffer, length: Int)
    }

    typealias InboundOut = Frame

    static let headerLength = 16
    let limit: Int
    private var toSkip = 0

    init(limit: Int) {
        self.limit = limit
    }

    mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        if toSkip > 0 {
            let skipped = min(toSkip, buffer.readableBytes)
            buffer.moveReaderIndex(forwardBy: skipped)
            toSkip -= skipped
            return toSkip > 0 ? .needMoreData : .continue
        }
        guard let length = buffer.getInteger(at: buffer.readerIndex, as: Int32.self).map(Int.init) else {
            return .needMoreData
        }
        guard length >= 0 else { throw WireError.badLength(length, field: "frame") }
        if length > limit {
            guard buffer.readableBytes >= 4 + Self.headerLength else { return .needMoreData }
            buffer.moveReaderIndex(forwardBy: 4)
            guard let head = buffer.readSlice(length: Self.headerLength) else { return .needMoreData }
            toSkip = length - Self.headerLength
            context.fireChannelRead(Self.wrapInboundOut(.oversized(head: head, length: length)))
            return .continue
        }
        guard buffer.readableBytes >= 4 + length else { return .needMoreData }
        buffer.moveReaderIndex(forwardBy: 4)
        guard let frame = buffer.readSlice(length: length) else { return .needMoreData }
        context.fireChannelRead(Self.wrapInboundOut(.complete(frame)))
        return .continue
    }

    mutating func decodeLast(
        context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool
    ) throws -> DecodingState {
        // What is left is a cut frame; the end of the connection says enough.
        .needMoreData
    }
}

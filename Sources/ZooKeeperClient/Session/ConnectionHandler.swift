import NIOCore

/// The channel's only handler: cuts what one connection receives into frames and hands them to the engine.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let engine: SessionEngine
    private let attempt: Int
    private var decoder: FrameDecoder
    private var received = ByteBuffer()
    private var failure: (any Error)?

    init(engine: SessionEngine, attempt: Int, replyLimit: Int) {
        self.engine = engine
        self.attempt = attempt
        decoder = FrameDecoder(limit: replyLimit)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var arrived = unwrapInboundIn(data)
        if received.readableBytes == 0 {
            received = arrived
        } else {
            received.writeBuffer(&arrived)
        }
        do throws(WireError) {
            while failure == nil, let frame = try decoder.next(&received) {
                engine.frameReceived(frame, attempt: attempt)
            }
            // What is left begins a frame; the frames before it need not be kept for it.
            received.discardReadBytes()
        } catch {
            fail(error, context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { fail(error, context) }

    private func fail(_ error: any Error, _ context: ChannelHandlerContext) {
        failure = error
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        engine.connectionClosed(failure, attempt: attempt)
    }
}

import NIOCore

/// The end of a channel's pipeline: tells the engine what comes from one connection.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = FrameDecoder.Frame

    private let engine: SessionEngine
    private let attempt: Int
    private var failure: (any Error)?

    init(engine: SessionEngine, attempt: Int) {
        self.engine = engine
        self.attempt = attempt
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        engine.frameReceived(unwrapInboundIn(data), attempt: attempt)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        failure = error
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        engine.connectionClosed(failure, attempt: attempt)
    }
}

import Glibc
import NIOCore
import NIOPosix

/// Asks a server one of its four-letter words, such as `ruok`, `srvr` or `mntr`.
///
/// No session is needed; the server answers on the client port and closes the connection.
public enum FourLetterWord {
    /// Why there is no answer.
    public struct Failure: Error, Sendable, CustomStringConvertible {
        /// The server and the reason.
        public let description: String
    }

    /// The answer of one server, at most 16 MB of it.
    public static func ask(
        _ word: String, host: ConnectString.Host, timeoutMilliseconds: Int64
    ) async throws(Failure) -> [UInt8] {
        let loop = SessionExecutor.shared.eventLoop
        let promise = loop.makePromise(of: [UInt8].self)
        let connecting = ClientBootstrap(group: loop)
            .connectTimeout(.milliseconds(timeoutMilliseconds))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Listener(word: word, promise: promise))
                }
            }
            .connect(host: host.name, port: Int(host.port))
        connecting.whenFailure { promise.fail($0) }
        let deadline = loop.scheduleTask(in: .milliseconds(timeoutMilliseconds)) {
            promise.fail(Failure(description: "no answer in time"))
        }
        defer {
            deadline.cancel()
            connecting.whenSuccess { $0.close(promise: nil) }
        }
        do {
            return try await promise.futureResult.get()
        } catch {
            throw Failure(description: "\(host): \(text(error))")
        }
    }

    private static func text(_ error: any Error) -> String {
        switch error {
        case let error as Failure: error.description
        case let error as NIOConnectionError:
            error.connectionErrors.first.map { text($0.error) } ?? "unknown host"
        case let error as IOError: String(cString: strerror(error.errnoCode)).lowercasedFirst
        default: "\(error)"
        }
    }

    /// Sends the word and collects what comes back.
    private final class Listener: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let word: String
        private let promise: EventLoopPromise<[UInt8]>
        private var answer: [UInt8] = []

        init(word: String, promise: EventLoopPromise<[UInt8]>) {
            self.word = word
            self.promise = promise
        }

        func channelActive(context: ChannelHandlerContext) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: word)), promise: nil)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            answer += Array(unwrapInboundIn(data).readableBytesView)
            guard answer.count > 16 << 20 else { return }
            promise.fail(Failure(description: "the answer is larger than 16 MB"))
            context.close(promise: nil)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            promise.fail(error)
            context.close(promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) {
            guard answer.isEmpty else { return promise.succeed(answer) }
            promise.fail(Failure(description: "closed the connection without an answer"))
        }
    }
}

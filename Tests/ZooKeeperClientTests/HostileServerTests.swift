import NIOCore
import NIOPosix
import Testing

@testable import ZooKeeperClient

/// A server that takes the handshake and then says what it was told to.
private final class ScriptedServer: Sendable {
    private let channel: any Channel

    var port: Int { channel.localAddress?.port ?? 0 }

    /// `answer` gets the number of the frame on its connection, from 0, and the frame; nil closes the connection.
    init(_ answer: @escaping @Sendable (Int, ByteBuffer) -> [UInt8]?) async throws {
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Script(answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    func stop() async throws { try await channel.close() }

    private final class Script: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let answer: (Int, ByteBuffer) -> [UInt8]?
        private var decoder = FrameDecoder(limit: 1 << 20)
        private var received = ByteBuffer()
        private var count = 0

        init(_ answer: @escaping (Int, ByteBuffer) -> [UInt8]?) { self.answer = answer }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var arrived = unwrapInboundIn(data)
            received.writeBuffer(&arrived)
            while case .complete(let frame)? = try? decoder.next(&received) {
                defer { count += 1 }
                guard let bytes = answer(count, frame) else { return context.close(promise: nil) }
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
            }
        }
    }
}

@Suite("Servers that are broken or hostile")
struct HostileServerTests {
    /// ConnectResponse: time-out 4 s, session 1.
    private static let handshake: [UInt8] =
        [0, 0, 0, 37, 0, 0, 0, 0, 0, 0, 0x0f, 0xa0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 16]
        + [UInt8](repeating: 7, count: 16) + [0]

    /// A frame: length, then a reply header, then the body.
    private static func reply(xid: Int32, error: Int32 = 0, body: [UInt8] = [], length: Int32? = nil) -> [UInt8] {
        var buffer = ByteBuffer()
        buffer.writeInteger(length ?? Int32(16 + body.count))
        buffer.writeInteger(xid)
        buffer.writeInteger(Int64(1))
        buffer.writeInteger(error)
        buffer.writeBytes(body)
        return Array(buffer.readableBytesView)
    }

    /// What a getData gets when its reply is `answer`.
    private func outcome(
        timeout: Int32 = 4000, _ answer: @escaping @Sendable (Int, ByteBuffer) -> [UInt8]?
    ) async throws -> ZooKeeperError.Reason? {
        let server = try await ScriptedServer(answer)
        var configuration = SessionConfiguration(try ConnectString("127.0.0.1:\(server.port)"))
        configuration.timeoutMilliseconds = timeout
        configuration.replyLimit = 1000
        let session = Session(configuration)
        await session.start()
        let result = await session.reply(to: GetData("/x"))
        await session.close()
        try await server.stop()
        guard case .failure(let error) = result else { return nil }
        #expect(error.path == "/x")
        #expect(error.operation == .getData)
        return error.reason
    }

    private func afterHandshake(_ bytes: [UInt8]?) async throws -> ZooKeeperError.Reason? {
        try await outcome { count, _ in count == 0 ? Self.handshake : bytes }
    }

    @Test func unknownErrorCode() async throws {
        #expect(try await afterHandshake(Self.reply(xid: 1, error: -999)) == .server(ErrorCode(rawValue: -999)))
    }

    @Test func bodyCutShort() async throws {
        #expect(
            try await afterHandshake(Self.reply(xid: 1, body: [0, 0])) == .malformedReply(.truncated(field: "data")))
    }

    @Test func negativeLengthInside() async throws {
        #expect(
            try await afterHandshake(Self.reply(xid: 1, body: [0x80, 0, 0, 0]))
                == .malformedReply(.badLength(Int(Int32.min), field: "data")))
    }

    @Test func hugeLengthInside() async throws {
        let reason = try await afterHandshake(Self.reply(xid: 1, body: [0x7f, 0xff, 0xff, 0xff]))
        #expect(reason == .malformedReply(.truncated(field: "data")))
    }

    @Test func frameAboveTheLimitFailsOneRequest() async throws {
        #expect(
            try await afterHandshake(Self.reply(xid: 1, length: .max))
                == .replyTooLarge(bytes: Int(Int32.max), limit: 1000))
    }

    @Test func brokenFramingIsLossOnce() async throws {
        // A read is repeated on the next connection, and then given up.
        for bytes in [[0xff, 0xff, 0xff, 0xff], Self.reply(xid: 99), nil] {
            #expect(try await afterHandshake(bytes) == .connectionLoss(written: true))
        }
    }

    @Test func anotherProtocol() async throws {
        let reason = try await outcome(timeout: 400) { _, _ in Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8) }
        guard case .noConnection(let failures)? = reason else {
            Issue.record("\(String(describing: reason))")
            return
        }
        #expect(failures.allSatisfy { $0.server.hasPrefix("127.0.0.1:") } && !failures.isEmpty)
    }

    @Test func silenceEndsInTime() async throws {
        let start = ContinuousClock.now
        let reason = try await outcome(timeout: 300) { _, _ in [] }
        guard case .noConnection(let failures)? = reason else {
            Issue.record("\(String(describing: reason))")
            return
        }
        #expect(failures.map(\.reason) == [.timedOut])
        #expect(ContinuousClock.now - start < .seconds(3))
    }
}

import NIOCore
import NIOTestUtils
import Testing

@testable import ZooKeeperClient

@Suite("Bytes that no honest server sends")
struct HostileBytesTests {
    @Test(arguments: [Int32(-2), .min, .max, 100])
    func badStringLength(_ length: Int32) {
        var reader = JuteReader(ByteBuffer(integer: length))
        #expect(throws: WireError.self) { try reader.bytes("data") }
    }

    @Test(arguments: [Int32(-2), .min, .max, 5])
    func badVectorCount(_ count: Int32) {
        var buffer = ByteBuffer(integer: count)
        buffer.writeInteger(Int32(0))
        var reader = JuteReader(buffer)
        #expect(throws: WireError.self) { try GetChildren("/").decodeResponse(from: &reader) }
    }

    @Test func everyTruncationIsAnError() {
        let full = Vectors.getChildren2Reply.all.dropFirst(20)
        for length in 0..<full.count {
            var reader = JuteReader(ByteBuffer(bytes: full.prefix(length)))
            #expect(throws: WireError.self) { try GetChildren2("/").decodeResponse(from: &reader) }
        }
    }

    @Test func multiWithMoreResultsThanAsked() {
        var reader = Vectors.multiReply.body
        #expect(throws: WireError.self) { try Multi([.check("/", version: 0)]).decodeResponse(from: &reader) }
    }

    @Test func multiReadThatEndsEarly() {
        var reader = Vectors.failedMultiReadReply.body
        #expect(throws: WireError.self) { try MultiRead([.getData("/")]).decodeResponse(from: &reader) }
    }

    @Test func unknownCodesAreShownAsNumbers() {
        #expect(ErrorCode(rawValue: -999).name == "error -999")
        #expect(WatchEvent.EventType(rawValue: 42).description == "event type 42")
    }

    @Test func framesArriveInAnyPieces() throws {
        let frames = [Vectors.createReply, Vectors.getDataReply, Vectors.pingReply]
        var input = ByteBuffer()
        for frame in frames { input.writeBytes(frame.all) }
        try ByteToMessageDecoderVerifier.verifyDecoder(
            inputOutputPairs: [
                (input, frames.map { FrameDecoder.Frame.complete(ByteBuffer(bytes: $0.all.dropFirst(4))) })
            ],
            decoderFactory: { FrameDecoder(limit: 1 << 20) })
    }

    @Test func frameAboveTheLimitIsReadOff() throws {
        var input = ByteBuffer()
        input.writeBytes(Vectors.getDataReply.all)
        input.writeBytes(Vectors.createReply.all)
        try ByteToMessageDecoderVerifier.verifyDecoder(
            inputOutputPairs: [
                (
                    input,
                    [
                        .oversized(head: ByteBuffer(bytes: Vectors.getDataReply.all[4..<20]), length: 90),
                        .complete(ByteBuffer(bytes: Vectors.createReply.all.dropFirst(4))),
                    ]
                )
            ],
            decoderFactory: { FrameDecoder(limit: 64) })
    }

    @Test func negativeFrameLength() {
        #expect(throws: (any Error).self) {
            try ByteToMessageDecoderVerifier.verifyDecoder(
                inputOutputPairs: [(ByteBuffer(integer: Int32(-5)), [])], decoderFactory: { FrameDecoder(limit: 64) })
        }
    }

    @Test func surrogatePairsOfJavaServers() {
        #expect(LenientUTF8.decode([0x2F, 0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80]) == "/😀")
        #expect(LenientUTF8.decode([0x2F, 0xED, 0xA0]) == String(decoding: [0x2F, 0xED, 0xA0], as: UTF8.self))
    }
}

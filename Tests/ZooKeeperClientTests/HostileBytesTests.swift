import NIOCore
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
        let vectors = [Vectors.createReply, Vectors.getDataReply, Vectors.pingReply]
        let input = vectors.flatMap(\.all)
        for size in 1...input.count {
            #expect(
                try frames(input, inPiecesOf: size, limit: 1 << 20)
                    == vectors.map { .complete(ByteBuffer(bytes: $0.all.dropFirst(4))) })
        }
    }

    @Test func frameAboveTheLimitIsReadOff() throws {
        let input = Vectors.getDataReply.all + Vectors.createReply.all
        for size in 1...input.count {
            #expect(
                try frames(Array(input), inPiecesOf: size, limit: 64) == [
                    .oversized(head: ByteBuffer(bytes: Vectors.getDataReply.all[4..<20]), length: 90),
                    .complete(ByteBuffer(bytes: Vectors.createReply.all.dropFirst(4))),
                ])
        }
    }

    @Test func negativeFrameLength() {
        #expect(throws: WireError.badLength(-5, field: "frame")) {
            try frames([0xff, 0xff, 0xff, 0xfb], inPiecesOf: 4, limit: 64)
        }
    }

    private func frames(_ input: [UInt8], inPiecesOf size: Int, limit: Int) throws -> [FrameDecoder.Frame] {
        var decoder = FrameDecoder(limit: limit)
        var buffer = ByteBuffer()
        var frames: [FrameDecoder.Frame] = []
        for start in stride(from: 0, to: input.count, by: size) {
            buffer.writeBytes(input[start..<min(start + size, input.count)])
            while let frame = try decoder.next(&buffer) { frames.append(frame) }
        }
        return frames
    }

    @Test func surrogatePairsOfJavaServers() {
        #expect(LenientUTF8.decode([0x2F, 0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80]) == "/😀")
        #expect(LenientUTF8.decode([0x2F, 0xED, 0xA0]) == String(decoding: [0x2F, 0xED, 0xA0], as: UTF8.self))
    }
}

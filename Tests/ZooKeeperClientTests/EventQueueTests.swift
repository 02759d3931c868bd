import NIOCore
import Testing

@testable import ZooKeeperClient

@Suite("The queue of events")
struct EventQueueTests {
    private func event(_ ordinal: Int) -> SessionEvent {
        var event = WatchEvent(.nodeDataChanged, "/a")
        event.ordinal = ordinal
        return .watch(event)
    }

    @Test func whatDoesNotFitIsCountedWhereItWouldStand() {
        let buffer = EventBuffer(limit: 2)
        for ordinal in 1...5 { buffer.yield(event(ordinal)) }
        buffer.yield(.expired)
        buffer.yield(event(6))
        #expect(Array(buffer.events) == [event(1), event(2), .dropped(3), .expired, .dropped(1)])
        buffer.events.removeAll()
        buffer.yield(event(7))
        #expect(Array(buffer.events) == [event(7)])
    }
}

@Suite("Lists of names")
struct NameListTests {
    @Test func sortedBytewise() {
        var names = NameList(["b", "a!", "a", "é", ""].map { Array($0.utf8) })
        names.sort()
        #expect(names.map { String(decoding: $0, as: UTF8.self) } == ["", "a", "a!", "b", "é"])
        #expect(names == NameList(["", "a", "a!", "b", "é"].map { Array($0.utf8) }))
    }

    @Test func readsAVectorAndRefusesABrokenOne() throws {
        var buffer = ByteBuffer()
        buffer.writeInteger(Int32(2))
        for name in ["x", "yz"] {
            buffer.writeInteger(Int32(name.utf8.count))
            buffer.writeString(name)
        }
        buffer.writeInteger(Int32(7))
        var reader = JuteReader(buffer)
        #expect(try reader.nameList() == NameList(["x", "yz"].map { Array($0.utf8) }))
        #expect(try reader.int32("rest") == 7)
        var short = JuteReader(buffer.getSlice(at: 0, length: 10) ?? ByteBuffer())
        #expect(throws: WireError.self) { try short.nameList() }
        var absurd = JuteReader(ByteBuffer(integer: Int32(1 << 30)))
        #expect(throws: WireError.self) { try absurd.nameList() }
    }
}

/// The names of a znode's children, in one buffer: a parent may have a million of them.
public struct NameList: Sendable, RandomAccessCollection {
    private var bytes: [UInt8] = []
    private var ranges: [Range<UInt32>] = []

    /// No names.
    public init() {}

    /// These names, in this order.
    public init(_ names: some Collection<some Collection<UInt8>>) {
        ranges.reserveCapacity(names.count)
        for name in names {
            let start = UInt32(bytes.count)
            bytes.append(contentsOf: name)
            ranges.append(start..<UInt32(bytes.count))
        }
    }

    init(bytes: [UInt8], ranges: [Range<UInt32>]) {
        self.bytes = bytes
        self.ranges = ranges
    }

    /// The first name's place.
    public var startIndex: Int { 0 }
    /// The place behind the last name.
    public var endIndex: Int { ranges.count }
    /// A name's bytes.
    public subscript(index: Int) -> ArraySlice<UInt8> {
        let range = ranges[index]
        return bytes[Int(range.lowerBound)..<Int(range.upperBound)]
    }

    /// Bytes of memory.
    var footprint: Int { bytes.count + ranges.count * 8 }

    /// Puts the names in bytewise order.
    mutating func sort() {
        bytes.withUnsafeBufferPointer { bytes in
            ranges.sort { left, right in
                bytes[Int(left.lowerBound)..<Int(left.upperBound)]
                    .lexicographicallyPrecedes(bytes[Int(right.lowerBound)..<Int(right.upperBound)])
            }
        }
    }
}

extension NameList: Hashable {
    /// Whether the names and their order are the same.
    public static func == (left: NameList, right: NameList) -> Bool {
        left.count == right.count && zip(left, right).allSatisfy { $0 == $1 }
    }

    /// Hashes the names in their order.
    public func hash(into hasher: inout Hasher) {
        for name in self { hasher.combine(name) }
    }
}

extension JuteReader {
    /// A vector of names, copied as a whole.
    mutating func nameList() throws(WireError) -> NameList {
        let count = Int(try int32("children"))
        if count == -1 { return NameList() }
        guard count >= 0, count <= remaining / 4 else { throw .badLength(count, field: "children") }
        let start = self
        var ranges: [Range<UInt32>] = []
        ranges.reserveCapacity(count)
        for _ in 0..<count {
            let length = Int(max(0, try int32("child")))
            let offset = UInt32(start.remaining - remaining)
            try skip(length, "child")
            ranges.append(offset..<offset + UInt32(length))
        }
        return NameList(bytes: bytes(since: start), ranges: ranges)
    }
}

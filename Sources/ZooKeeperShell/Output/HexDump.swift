import ZooKeeperClient

/// A table of bytes, as `zkCli.sh get -x` prints it.
enum HexDump {
    static func lines(_ bytes: [UInt8]) -> [String] {
        guard !bytes.isEmpty else { return [""] }
        let ruler = "+--------+" + String(repeating: "-", count: 49) + "+" + String(repeating: "-", count: 16) + "+"
        var lines = [
            "         +" + String(repeating: "-", count: 49) + "+",
            "         |  0  1  2  3  4  5  6  7  8  9  a  b  c  d  e  f |",
            ruler,
        ]
        for start in stride(from: 0, to: bytes.count, by: 16) {
            let row = bytes[start..<min(start + 16, bytes.count)]
            let hex = row.map { " " + Hex.lower(UInt64($0), width: 2) }.joined()
            let text = String(decoding: row.map { (0x20..<0x7f).contains($0) ? $0 : UInt8(ascii: ".") }, as: UTF8.self)
            let address = Hex.lower(UInt64(start), width: 8)
            lines.append("|\(address)|\(padded(hex, 48)) |\(padded(text, 16))|")
        }
        return lines + [ruler]
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.utf8.count))
    }
}

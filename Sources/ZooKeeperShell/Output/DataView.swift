import ZooKeeperClient

/// How data is shown.
enum DataView: Sendable, Hashable {
    /// In a pipe as it is, on a terminal as people can read it.
    case fitting
    /// As it is, wherever it goes.
    case bytes
    /// One line of Base64.
    case base64
    /// Addresses, bytes and characters.
    case hexDump
}

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

/// Data as a person reads it on a terminal.
enum ReadableData {
    /// More bytes than this say nothing to anybody, and fill the screen.
    private static let limit = 256

    /// JSON indented, text as text, anything else as a table of bytes with what it seems to be.
    static func text(_ bytes: [UInt8]) -> String {
        if let pretty = PrettyJSON.indented(bytes) { return pretty }
        if isText(bytes) { return TerminalText.escaped(String(decoding: bytes, as: UTF8.self), keepingNewlines: true) }
        let title = "\(kind(bytes)), \(bytes.count) bytes"
        let shown = HexDump.lines(Array(bytes.prefix(limit)))
        let rest = bytes.count > limit ? ["… \(bytes.count - limit) bytes more; -x shows all"] : []
        return ([title] + shown + rest).joined(separator: "\n")
    }

    private static func isText(_ bytes: [UInt8]) -> Bool {
        guard String(validating: bytes, as: UTF8.self) != nil else { return false }
        return !bytes.contains { $0 < 0x20 && $0 != 0x09 && $0 != 0x0a && $0 != 0x0d && $0 != 0x1b }
    }

    private static func kind(_ bytes: [UInt8]) -> String {
        if bytes.starts(with: [0x1f, 0x8b]) { return "gzip" }
        if bytes.count > 2, bytes[0] == 0x78, (UInt16(bytes[0]) << 8 | UInt16(bytes[1])) % 31 == 0 { return "zlib" }
        if bytes.starts(with: [0xac, 0xed]) { return "serialized Java objects" }
        return "binary"
    }
}

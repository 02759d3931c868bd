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

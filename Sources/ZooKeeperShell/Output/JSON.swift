import ZooKeeperClient

/// A JSON value whose fields keep their order.
enum JSON: Sendable {
    case null
    case bool(Bool)
    case number(Int64)
    case string(String)
    case array([JSON])
    case object([(String, JSON)])

    /// Session ids, zxids and owners: strings, because numbers above 2^53 do not survive common JSON readers.
    static func hex(_ value: Int64) -> JSON { .string(Hex.prefixed(value)) }

    static func path(_ path: ZPath) -> JSON { .string(path.description) }

    /// One line, without the newline.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The same as UTF-8.
    var bytes: [UInt8] {
        var output: [UInt8] = []
        write(to: &output)
        return output
    }

    private func write(to output: inout [UInt8]) {
        switch self {
        case .null: output += "null".utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .number(let value): output += String(value).utf8
        case .string(let value): Self.quote(value, to: &output)
        case .array(let values):
            output.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                value.write(to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let fields):
            output.append(UInt8(ascii: "{"))
            for (index, (name, value)) in fields.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                Self.quote(name, to: &output)
                output.append(UInt8(ascii: ":"))
                value.write(to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    /// Most text needs no escapes, and is copied as a whole.
    private static func quote(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        var text = text
        let isPlain = text.withUTF8 { bytes in
            let isPlain = bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }
            if isPlain { output.append(contentsOf: bytes) }
            return isPlain
        }
        if !isPlain {
            for scalar in text.unicodeScalars { escape(scalar, to: &output) }
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func escape(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
        switch scalar {
        case "\"": output += "\\\"".utf8
        case "\\": output += "\\\\".utf8
        case "\n": output += "\\n".utf8
        case "\r": output += "\\r".utf8
        case "\t": output += "\\t".utf8
        case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
            output += "\\u\(Hex.upper(UInt64(scalar.value), width: 4))".utf8
        default: output += String(scalar).utf8
        }
    }
}

extension JSON {
    /// The fields `data` and, where it is not text, `encoding`; absent data is null.
    static func data(_ bytes: [UInt8]?) -> [(String, JSON)] {
        guard let bytes else { return [("data", .null)] }
        if let text = String(validating: bytes, as: UTF8.self) { return [("data", .string(text))] }
        return [("data", .string(Base64.encode(bytes))), ("encoding", .string("base64"))]
    }

    /// A stat under the protocol's names, times as text and as milliseconds.
    static func stat(_ stat: Stat) -> JSON {
        .object([
            ("czxid", .hex(stat.czxid)), ("mzxid", .hex(stat.mzxid)), ("pzxid", .hex(stat.pzxid)),
            ("ctime", .string(Timestamp.rfc3339(milliseconds: stat.ctime))), ("ctimeMs", .number(stat.ctime)),
            ("mtime", .string(Timestamp.rfc3339(milliseconds: stat.mtime))), ("mtimeMs", .number(stat.mtime)),
            ("version", .number(Int64(stat.version))), ("cversion", .number(Int64(stat.cversion))),
            ("aversion", .number(Int64(stat.aversion))), ("ephemeralOwner", .hex(stat.ephemeralOwner)),
            ("dataLength", .number(Int64(stat.dataLength))), ("numChildren", .number(Int64(stat.numChildren))),
        ])
    }
}

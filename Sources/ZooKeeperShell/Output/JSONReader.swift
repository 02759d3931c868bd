/// Reads JSON texts.
///
/// Numbers stay the text they are: nothing is lost to a conversion that nobody asked for.
struct JSONReader {
    /// A value as it was read.
    indirect enum Value: Sendable, Hashable {
        case null
        case bool(Bool)
        case number(String)
        case string(String)
        case array([Value])
        case object([Member])

        /// A field of an object, the last one of that name.
        subscript(name: String) -> Value? {
            guard case .object(let members) = self else { return nil }
            return members.last { $0.name == name }?.value
        }

        var text: String? { if case .string(let text) = self { text } else { nil } }
        var integer: Int64? { if case .number(let text) = self { Int64(text) } else { nil } }
        var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
        var elements: [Value]? { if case .array(let elements) = self { elements } else { nil } }
    }

    /// A field of an object.
    struct Member: Sendable, Hashable {
        var name: String
        var value: Value
    }

    private let input: ArraySlice<UInt8>
    private var index: Int
    private var depth = 0

    private static let depthLimit = 200

    /// The value; nil for what is no JSON text.
    static func value(of bytes: ArraySlice<UInt8>) -> Value? {
        var reader = JSONReader(bytes)
        guard let value = reader.value(), reader.peek() == nil else { return nil }
        return value
    }

    private init(_ input: ArraySlice<UInt8>) {
        self.input = input
        index = input.startIndex
    }

    /// The next byte that is no blank.
    private mutating func peek() -> UInt8? {
        while index < input.endIndex {
            let byte = input[index]
            guard byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d else { return byte }
            index += 1
        }
        return nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        index += 1
        return true
    }

    private mutating func value() -> Value? {
        guard let first = peek(), depth < Self.depthLimit else { return nil }
        depth += 1
        defer { depth -= 1 }
        switch first {
        case UInt8(ascii: "{"): return object()
        case UInt8(ascii: "["): return array()
        case UInt8(ascii: "\""): return string().map { .string($0) }
        default: return word()
        }
    }

    private mutating func object() -> Value? {
        index += 1
        var members: [Member] = []
        if take(UInt8(ascii: "}")) { return .object(members) }
        while true {
            guard peek() == UInt8(ascii: "\""), let name = string(), take(UInt8(ascii: ":")), let value = value()
            else { return nil }
            members.append(Member(name: name, value: value))
            if take(UInt8(ascii: "}")) { return .object(members) }
            guard take(UInt8(ascii: ",")) else { return nil }
        }
    }

    private mutating func array() -> Value? {
        index += 1
        var elements: [Value] = []
        if take(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            guard let value = value() else { return nil }
            elements.append(value)
            if take(UInt8(ascii: "]")) { return .array(elements) }
            guard take(UInt8(ascii: ",")) else { return nil }
        }
    }

    private mutating func string() -> String? {
        index += 1
        var bytes: [UInt8] = []
        while index < input.endIndex {
            let byte = input[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return String(validating: bytes, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escaped = escape() else { return nil }
                bytes.append(contentsOf: escaped)
            case 0..<0x20: return nil
            default: bytes.append(byte)
            }
        }
        return nil
    }

    private mutating func escape() -> [UInt8]? {
        guard index < input.endIndex else { return nil }
        let byte = input[index]
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0c]
        case UInt8(ascii: "n"): return [0x0a]
        case UInt8(ascii: "r"): return [0x0d]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            guard var code = unit() else { return nil }
            // A surrogate needs its other half.
            if (0xD800...0xDBFF).contains(code) {
                guard index + 1 < input.endIndex, input[index] == UInt8(ascii: "\\"),
                    input[index + 1] == UInt8(ascii: "u")
                else { return nil }
                index += 2
                guard let low = unit(), (0xDC00...0xDFFF).contains(low) else { return nil }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            return Unicode.Scalar(code).map { Array(String($0).utf8) }
        default: return nil
        }
    }

    /// Four hexadecimal digits.
    private mutating func unit() -> UInt32? {
        guard index + 4 <= input.endIndex else { return nil }
        defer { index += 4 }
        return UInt32(String(decoding: input[index..<index + 4], as: UTF8.self), radix: 16)
    }

    /// A number, or true, false, null.
    private mutating func word() -> Value? {
        let start = index
        while index < input.endIndex, !" \t\r\n,]}:".utf8.contains(input[index]) { index += 1 }
        let word = String(decoding: input[start..<index], as: UTF8.self)
        switch word {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        default: return Double(word) == nil ? nil : .number(word)
        }
    }
}

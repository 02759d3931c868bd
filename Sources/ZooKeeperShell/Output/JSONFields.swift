/// The scalar fields of a JSON text, each with its path: `.database.hosts[0]`.
struct JSONFields {
    private let input: [UInt8]
    private var index = 0
    private var depth = 0
    private var fields: [(field: String, value: String)] = []

    private static let depthLimit = 200

    /// In the text's order; nil for what is no JSON object or array.
    ///
    /// Empty objects and arrays count as values.
    static func fields(of bytes: [UInt8]) -> [(field: String, value: String)]? {
        guard let first = bytes.first(where: { !isBlank($0) }), first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        else { return nil }
        var scanner = JSONFields(input: bytes)
        guard scanner.value(""), scanner.peek() == nil else { return nil }
        return scanner.fields
    }

    private init(input: [UInt8]) { self.input = input }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d }

    /// The next byte that is no blank.
    private mutating func peek() -> UInt8? {
        while index < input.count, Self.isBlank(input[index]) { index += 1 }
        return index < input.count ? input[index] : nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        index += 1
        return true
    }

    private mutating func value(_ path: String) -> Bool {
        guard let first = peek(), depth < Self.depthLimit else { return false }
        depth += 1
        defer { depth -= 1 }
        switch first {
        case UInt8(ascii: "{"): return object(path)
        case UInt8(ascii: "["): return array(path)
        case UInt8(ascii: "\""):
            guard let text = string() else { return false }
            fields.append((path, text))
            return true
        default: return word(path)
        }
    }

    private mutating func object(_ path: String) -> Bool {
        index += 1
        if take(UInt8(ascii: "}")) {
            fields.append((path, "{}"))
            return true
        }
        while true {
            guard peek() == UInt8(ascii: "\""), let name = string(), take(UInt8(ascii: ":")) else { return false }
            guard value(path + "." + String(name.dropFirst().dropLast())) else { return false }
            if take(UInt8(ascii: "}")) { return true }
            guard take(UInt8(ascii: ",")) else { return false }
        }
    }

    private mutating func array(_ path: String) -> Bool {
        index += 1
        if take(UInt8(ascii: "]")) {
            fields.append((path, "[]"))
            return true
        }
        var count = 0
        while true {
            guard value("\(path)[\(count)]") else { return false }
            count += 1
            if take(UInt8(ascii: "]")) { return true }
            guard take(UInt8(ascii: ",")) else { return false }
        }
    }

    /// A string as it stands, quotes included.
    private mutating func string() -> String? {
        let start = index
        index += 1
        while index < input.count {
            let byte = input[index]
            index += byte == UInt8(ascii: "\\") ? 2 : 1
            if byte == UInt8(ascii: "\"") { return String(validating: input[start..<index], as: UTF8.self) }
        }
        return nil
    }

    /// A number, or true, false, null.
    private mutating func word(_ path: String) -> Bool {
        let start = index
        while index < input.count, !Self.isBlank(input[index]), !Array(",]}:".utf8).contains(input[index]) {
            index += 1
        }
        let word = String(decoding: input[start..<index], as: UTF8.self)
        guard ["true", "false", "null"].contains(word) || Double(word) != nil else { return false }
        fields.append((path, word))
        return true
    }
}

/// Indents JSON without changing anything else: numbers, escapes and the order of keys stay as they are.
struct PrettyJSON {
    private let input: [UInt8]
    private var index = 0
    private var output: [UInt8] = []
    private var depth = 0

    private static let depthLimit = 200

    /// The text indented by two blanks; nil for what is not a JSON object or array.
    static func indented(_ bytes: [UInt8]) -> String? {
        guard let first = bytes.first(where: { !isBlank($0) }), first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        else { return nil }
        var printer = PrettyJSON(input: bytes)
        guard printer.value() else { return nil }
        printer.skipBlanks()
        guard printer.index == bytes.count, let text = String(validating: printer.output, as: UTF8.self) else {
            return nil
        }
        return TerminalText.escaped(text, keepingNewlines: true)
    }

    private init(input: [UInt8]) { self.input = input }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d }

    private mutating func skipBlanks() {
        while index < input.count, Self.isBlank(input[index]) { index += 1 }
    }

    private mutating func value() -> Bool {
        skipBlanks()
        guard index < input.count, depth < Self.depthLimit else { return false }
        switch input[index] {
        case UInt8(ascii: "{"): return list(closedBy: UInt8(ascii: "}")) { $0.member() }
        case UInt8(ascii: "["): return list(closedBy: UInt8(ascii: "]")) { $0.value() }
        case UInt8(ascii: "\""): return string()
        default: return word()
        }
    }

    private mutating func list(closedBy end: UInt8, _ item: (inout PrettyJSON) -> Bool) -> Bool {
        output.append(input[index])
        index += 1
        skipBlanks()
        if index < input.count, input[index] == end {
            output.append(end)
            index += 1
            return true
        }
        depth += 1
        while true {
            newLine()
            guard item(&self) else { return false }
            skipBlanks()
            guard index < input.count else { return false }
            let byte = input[index]
            index += 1
            if byte == end {
                depth -= 1
                newLine()
                output.append(end)
                return true
            }
            guard byte == UInt8(ascii: ",") else { return false }
            output.append(byte)
        }
    }

    private mutating func member() -> Bool {
        skipBlanks()
        guard index < input.count, input[index] == UInt8(ascii: "\""), string() else { return false }
        skipBlanks()
        guard index < input.count, input[index] == UInt8(ascii: ":") else { return false }
        index += 1
        output += Array(": ".utf8)
        return value()
    }

    private mutating func string() -> Bool {
        let start = index
        index += 1
        while index < input.count {
            let byte = input[index]
            index += byte == UInt8(ascii: "\\") ? 2 : 1
            if byte == UInt8(ascii: "\"") {
                output += input[start..<index]
                return true
            }
        }
        return false
    }

    /// A number, or true, false, null.
    private mutating func word() -> Bool {
        let start = index
        while index < input.count, !Self.isBlank(input[index]), !Array(",]}:".utf8).contains(input[index]) {
            index += 1
        }
        let word = String(decoding: input[start..<index], as: UTF8.self)
        guard ["true", "false", "null"].contains(word) || Double(word) != nil else { return false }
        output += input[start..<index]
        return true
    }

    private mutating func newLine() {
        output.append(UInt8(ascii: "\n"))
        output += [UInt8](repeating: UInt8(ascii: " "), count: 2 * depth)
    }
}

/// Makes text safe to show: names and data may hold escape sequences and direction overrides.
enum TerminalText {
    /// The text with control characters, bidirectional overrides and separators written as `\n`, `\t` or `\u{…}`.
    static func escaped(_ text: String, keepingNewlines: Bool = false) -> String {
        guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
        var safe = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n" where keepingNewlines: safe.unicodeScalars.append(scalar)
            case "\n": safe += "\\n"
            case "\t": safe += keepingNewlines ? "\t" : "\\t"
            case "\r": safe += "\\r"
            case _ where isUnsafe(scalar): safe += "\\u{\(String(scalar.value, radix: 16))}"
            default: safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}

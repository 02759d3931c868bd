/// A key, or a paste, as it came from the terminal.
enum Key: Sendable, Hashable {
    /// A character, control characters included.
    case character(Unicode.Scalar)
    /// A key that has no character.
    case special(SpecialKey)
    /// Text between the marks of a bracketed paste.
    case paste(String)
}

/// Keys without a character.
///
/// The raw values are C1 control codes, which no keyboard sends: libedit binds them.
enum SpecialKey: UInt32, Sendable, CaseIterable {
    case up = 0x80, down, right, left, home, end, delete, wordRight, wordLeft, paste, ignored
}

/// Makes keys of bytes.
///
/// Pure: bytes go in as they come, keys come out when they are whole.
struct KeyDecoder {
    private var bytes: [UInt8] = []
    private static let escape: UInt8 = 0x1B
    private static let pasteEnd = Array("\u{1b}[201~".utf8)

    /// Whether something waits for its rest.
    var isWaiting: Bool { !bytes.isEmpty }

    mutating func feed(_ more: some Sequence<UInt8>) { bytes += more }

    /// Takes a Ctrl-C out of what was typed ahead, with all that stands before it.
    mutating func takeInterrupt() -> Bool {
        guard let index = bytes.firstIndex(of: 3) else { return false }
        bytes.removeFirst(index + 1)
        return true
    }

    /// The next whole key.
    ///
    /// With `isFinal` nothing more will come soon: an escape is then an escape.
    mutating func next(isFinal: Bool) -> Key? {
        while let first = bytes.first {
            if first == Self.escape {
                switch escapeSequence(isFinal) {
                case .key(let key): return key
                case .more: return nil
                case .swallowed: continue
                }
            }
            let length = Self.length(first)
            guard bytes.count >= length else {
                if !isFinal { return nil }
                bytes.removeFirst()
                continue
            }
            let text = String(validating: bytes.prefix(length), as: UTF8.self)
            bytes.removeFirst(text == nil ? 1 : length)
            // Invalid bytes and C1 controls are dropped; the latter stand for special keys.
            if let scalar = text?.unicodeScalars.first, !(0x80...0x9F).contains(scalar.value) {
                return .character(scalar)
            }
        }
        return nil
    }

    private enum Found {
        case key(Key)
        case more
        case swallowed
    }

    private static func length(_ first: UInt8) -> Int {
        switch first {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }

    private mutating func escapeSequence(_ isFinal: Bool) -> Found {
        guard bytes.count > 1 else {
            if !isFinal { return .more }
            bytes.removeFirst()
            return .key(.character("\u{1b}"))
        }
        switch bytes[1] {
        case UInt8(ascii: "["): return controlSequence(isFinal)
        case UInt8(ascii: "O"):
            guard bytes.count > 2 else { return wait(isFinal) }
            return take(3, Self.final[bytes[2]])
        default:
            // Alt and a character: libedit reads an escape and the character.
            bytes.removeFirst()
            return .key(.character("\u{1b}"))
        }
    }

    private mutating func controlSequence(_ isFinal: Bool) -> Found {
        guard let end = bytes[2...].firstIndex(where: { (0x40...0x7E).contains($0) }) else {
            // No terminal sends a sequence this long.
            if bytes.count > 64 { bytes.removeFirst(2) }
            return wait(isFinal)
        }
        let parameters = String(decoding: bytes[2..<end], as: UTF8.self)
        let last = bytes[end]
        if last == UInt8(ascii: "~"), parameters == "200" { return paste(from: end + 1) }
        if last == UInt8(ascii: "~") {
            let key: SpecialKey? =
                switch parameters {
                case "1", "7": .home
                case "4", "8": .end
                case "3": .delete
                default: nil
                }
            return take(end + 1, key)
        }
        var key = Self.final[last]
        if parameters.hasSuffix(";5") || parameters.hasSuffix(";3") {
            if key == .right { key = .wordRight }
            if key == .left { key = .wordLeft }
        }
        return take(end + 1, key)
    }

    private static let final: [UInt8: SpecialKey] = [
        UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
        UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
    ]

    private mutating func paste(from start: Int) -> Found {
        let end = bytes.indices.dropFirst(start).first { bytes[$0...].starts(with: Self.pasteEnd) }
        // However long the pause: a paste is whole only at its end.
        guard let end else { return .more }
        let text = String(decoding: bytes[start..<end], as: UTF8.self)
        bytes.removeFirst(end + Self.pasteEnd.count)
        return .key(.paste(Self.cleaned(text)))
    }

    /// Line ends as newlines, without the last one, and no control characters.
    static func cleaned(_ text: String) -> String {
        var cleaned = String.UnicodeScalarView()
        var wasReturn = false
        for scalar in text.unicodeScalars {
            if scalar == "\r" || scalar == "\n" && !wasReturn { cleaned.append("\n") }
            wasReturn = scalar == "\r"
            if scalar == "\t" { cleaned.append(" ") }
            if scalar.value >= 0x20, !(0x7F...0x9F).contains(scalar.value) { cleaned.append(scalar) }
        }
        while cleaned.last == "\n" { cleaned.removeLast() }
        return String(cleaned)
    }

    private mutating func wait(_ isFinal: Bool) -> Found {
        if !isFinal { return .more }
        bytes.removeFirst()
        return .key(.character("\u{1b}"))
    }

    private mutating func take(_ count: Int, _ key: SpecialKey?) -> Found {
        bytes.removeFirst(count)
        return key.map { .key(.special($0)) } ?? .swallowed
    }
}

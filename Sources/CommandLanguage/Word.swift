/// One word of a command line.
///
/// Bytes are kept exactly: data need not be UTF-8.
public struct Word: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The word without its quotes.
    public var bytes: [UInt8]

    /// A word from text.
    public init(_ text: String) { bytes = Array(text.utf8) }

    /// A word from bytes.
    public init(bytes: [UInt8]) { self.bytes = bytes }

    /// A word written in source code.
    public init(stringLiteral value: String) { self.init(value) }

    /// The word as text; what is not UTF-8 becomes U+FFFD.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// How a word, or the part of it at the cursor, is quoted.
public enum Quote: Sendable, Hashable {
    /// Not at all.
    case none
    /// `'…'`: everything is literal.
    case single
    /// `"…"`: `\"` and `\\` are escapes.
    case double

    var byte: UInt8? {
        switch self {
        case .none: nil
        case .single: UInt8(ascii: "'")
        case .double: UInt8(ascii: "\"")
        }
    }

    init(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "'"): self = .single
        case UInt8(ascii: "\""): self = .double
        default: self = .none
        }
    }
}

/// A word and where it stands in its line.
public struct Token: Sendable, Hashable {
    /// The word, quotes taken off.
    public var word: Word
    /// Byte offsets in the line, quotes included.
    public var range: Range<Int>
    /// The quote that is open at the end of the token, or else the one it began with.
    public var quote: Quote
    /// Whether the last quote was closed.
    public var isClosed: Bool
}

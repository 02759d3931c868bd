/// Splits a line into words.
///
/// Words are separated by blanks. A quote opens a quoted part only at the start of a word or right after a closing
/// quote, so that `{"a":1}` and `it's` stand for themselves, as in `zkCli.sh`, and `"a"'b'` is one word, as in a POSIX
/// shell. In single quotes everything is literal; in double quotes `\"` and `\\` are escapes; outside quotes a backslash
/// makes a blank, a quote, a backslash or one of `#;|<>&` part of the word, and any other backslash stands for itself.
/// `#` at the start of a word begins a comment.
public enum Tokenizer {
    /// The words of a line.
    public static func words(of line: [UInt8]) throws(UsageError) -> [Word] {
        var scanner = Scanner(line)
        var words: [Word] = []
        while let token = scanner.next() {
            if !token.isClosed { throw unterminated(token, in: scanner) }
            words.append(token.word)
        }
        if scanner.endsInBackslash {
            throw UsageError(
                message: "a lone backslash at the end of the line", command: nil, usage: nil, suggestion: nil)
        }
        return words
    }

    /// The tokens of a line that may be half-typed: an open quote is no error.
    public static func tokens(of line: [UInt8]) -> [Token] {
        var scanner = Scanner(line)
        var tokens: [Token] = []
        while let token = scanner.next() { tokens.append(token) }
        return tokens
    }

    /// The word as it must be typed, plain where no quoting is needed.
    public static func quoted(_ word: Word) -> [UInt8] {
        let bytes = word.bytes
        guard needsQuotes(word) else { return bytes }
        if !bytes.contains(UInt8(ascii: "'")) { return wrapped(bytes, in: .single) }
        return wrapped(continuationBytes(bytes, in: .double), in: .double)
    }

    /// What must be typed after a quote that is open already.
    public static func continuation(_ word: Word, in quote: Quote, close: Bool) -> [UInt8] {
        guard let mark = quote.byte else { return quoted(word) }
        if quote == .single, word.bytes.contains(mark) {
            return wrapped(continuationBytes(word.bytes, in: .double), in: .double, close: close)
        }
        return wrapped(continuationBytes(word.bytes, in: quote), in: quote, close: close)
    }

    /// The beginning of a word, to be typed on: its quote stays open.
    public static func beginning(_ word: Word, in quote: Quote) -> [UInt8] {
        if quote != .none { return continuation(word, in: quote, close: false) }
        guard needsQuotes(word) else { return word.bytes }
        return continuation(word, in: .single, close: false)
    }

    private static func needsQuotes(_ word: Word) -> Bool {
        word.bytes.isEmpty || word.bytes.contains { Scanner.isBlank($0) || Scanner.isEscapable($0) }
    }

    private static func wrapped(_ bytes: [UInt8], in quote: Quote, close: Bool = true) -> [UInt8] {
        guard let mark = quote.byte else { return bytes }
        return [mark] + bytes + (close ? [mark] : [])
    }

    private static func continuationBytes(_ bytes: [UInt8], in quote: Quote) -> [UInt8] {
        guard quote == .double else { return bytes }
        return bytes.flatMap { byte in
            byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") ? [UInt8(ascii: "\\"), byte] : [byte]
        }
    }

    private static func unterminated(_ token: Token, in scanner: Scanner) -> UsageError {
        let name = token.quote == .single ? "single" : "double"
        return UsageError(
            message: "the \(name) quote that opens at column \(scanner.quoteStart + 1) is not closed",
            command: nil, usage: nil, suggestion: nil)
    }
}

/// Walks along a line.
struct Scanner {
    private let line: [UInt8]
    private var index = 0
    /// Where the last quote opened.
    private(set) var quoteStart = 0
    private(set) var endsInBackslash = false

    init(_ line: [UInt8]) { self.line = line }

    static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
            || byte == UInt8(ascii: "\n")
    }

    /// What a backslash outside quotes makes literal.
    static func isEscapable(_ byte: UInt8) -> Bool {
        isBlank(byte) || "'\"\\#;|<>&".utf8.contains(byte)
    }

    mutating func next() -> Token? {
        while index < line.count, Self.isBlank(line[index]) { index += 1 }
        guard index < line.count, line[index] != UInt8(ascii: "#") else { return nil }
        let start = index
        var word: [UInt8] = []
        var quote = Quote(line[index])
        var isClosed = true
        // Quotes count at the start of the word and right after a closing quote.
        while index < line.count, Quote(line[index]) != .none {
            quote = Quote(line[index])
            isClosed = quotedPart(into: &word, quote)
        }
        while isClosed, index < line.count, !Self.isBlank(line[index]) { plainByte(into: &word) }
        return Token(word: Word(bytes: word), range: start..<index, quote: quote, isClosed: isClosed)
    }

    private mutating func quotedPart(into word: inout [UInt8], _ quote: Quote) -> Bool {
        quoteStart = index
        index += 1
        while index < line.count {
            let byte = line[index]
            index += 1
            if byte == quote.byte { return true }
            let isEscape = quote == .double && byte == UInt8(ascii: "\\") && index < line.count
            if isEscape, line[index] == UInt8(ascii: "\"") || line[index] == UInt8(ascii: "\\") {
                word.append(line[index])
                index += 1
            } else {
                word.append(byte)
            }
        }
        return false
    }

    private mutating func plainByte(into word: inout [UInt8]) {
        let byte = line[index]
        index += 1
        guard byte == UInt8(ascii: "\\") else { return word.append(byte) }
        guard index < line.count else {
            endsInBackslash = true
            return word.append(byte)
        }
        if Self.isEscapable(line[index]) {
            word.append(line[index])
            index += 1
        } else {
            word.append(byte)
        }
    }
}

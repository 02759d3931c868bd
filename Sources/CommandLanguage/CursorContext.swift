/// What may stand where the cursor is.
///
/// Pure: what the candidates are is for others to find out.
public struct CursorContext: Sendable {
    /// A kind of thing that may stand there.
    public enum Expectation: Sendable {
        /// A command's name.
        case command
        /// One of a command's flags, except those given.
        case flag(CommandSpec, given: Set<String>)
        /// A parameter's value.
        case value(Parameter, CommandSpec)
        /// Nothing that can be known.
        case nothing
    }

    /// What may stand there, likeliest first.
    public var expectations: [Expectation]
    /// The word before the cursor, quotes taken off.
    public var word: Word
    /// The bytes of the line to be replaced: from the word's start to the cursor.
    public var range: Range<Int>
    /// The quote that is open at the cursor.
    public var quote: Quote

    /// The context at a byte offset of a line.
    public init(line: [UInt8], cursor: Int, vocabulary: Vocabulary) {
        let cursor = min(max(0, cursor), line.count)
        let before = Array(line[..<cursor])
        var tokens = Tokenizer.tokens(of: before)
        if let last = tokens.last, last.range.upperBound == cursor {
            tokens.removeLast()
            word = last.word
            range = last.range
            quote = last.isClosed ? .none : last.quote
        } else {
            word = Word(bytes: [])
            range = cursor..<cursor
            quote = .none
        }
        expectations = [.nothing]
        if Self.isInComment(before, after: tokens.last?.range.upperBound ?? 0, to: range.lowerBound) { return }
        // Only the statement that the cursor is in counts; behind | there is another program.
        let marks = tokens.map { String(decoding: before[$0.range], as: UTF8.self) }
        let start = marks.lastIndex(of: ";").map { $0 + 1 } ?? 0
        if marks[start...].contains("|") { return }
        expectations = Self.expectations(tokens[start...].map(\.word), word, vocabulary)
    }

    private static func isInComment(_ line: [UInt8], after start: Int, to end: Int) -> Bool {
        line[min(start, end)..<end].contains(UInt8(ascii: "#"))
    }

    private static func expectations(_ words: [Word], _ word: Word, _ vocabulary: Vocabulary) -> [Expectation] {
        guard let first = words.first else { return [.command] }
        guard let spec = vocabulary.spec(named: first.text) else { return [.nothing] }
        var given: Set<String> = []
        var place = 0
        var flagsEnded = false
        var awaited: Parameter?
        for text in words.dropFirst().map(\.text) {
            if awaited != nil {
                awaited = nil
            } else if text == "--", !flagsEnded {
                flagsEnded = true
            } else if !flagsEnded, let parameter = spec.parameter(named: text) {
                if parameter.shape != .repeatedOption { given.formUnion(parameter.names) }
                if parameter.takesValue { awaited = parameter }
            } else if flagsEnded || !text.hasPrefix("-") || Parser.looksLikeNumber(text) {
                place += 1
            }
        }
        if let awaited { return [.value(awaited, spec)] }
        if !flagsEnded, word.bytes.first == UInt8(ascii: "-") { return [.flag(spec, given: given)] }
        if let parameter = positional(place, of: spec) { return [.value(parameter, spec)] }
        return flagsEnded ? [.nothing] : [.flag(spec, given: given)]
    }

    private static func positional(_ place: Int, of spec: CommandSpec) -> Parameter? {
        let positionals = spec.positionals
        if place < positionals.count { return positionals[place] }
        if case .variadic? = positionals.last?.shape { return positionals.last }
        return nil
    }
}

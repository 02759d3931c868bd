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
        /// A local file, behind `>`, `>>` or `<`.
        case file
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
    /// What is settled of the command, where there is one.
    let typed: TypedWords?

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
        let end = tokens.last?.range.upperBound ?? 0
        let marks = tokens.map { String(decoding: before[$0.range], as: UTF8.self) }
        // Only the statement that the cursor is in counts; behind | there is another program.
        let start = marks.lastIndex(of: ";").map { $0 + 1 } ?? 0
        guard !Self.isInComment(before, after: end, to: range.lowerBound), !marks[start...].contains("|") else {
            typed = nil
            expectations = [.nothing]
            return
        }
        if let last = marks.last, [">", ">>", "<"].contains(last) {
            typed = nil
            expectations = [.file]
            return
        }
        let words = tokens[start...].map(\.word)
        typed = TypedWords(words, vocabulary)
        expectations = words.isEmpty ? [.command] : Self.expectations(typed, word)
    }

    private static func isInComment(_ line: [UInt8], after start: Int, to end: Int) -> Bool {
        line[min(start, end)..<end].contains(UInt8(ascii: "#"))
    }

    private static func expectations(_ typed: TypedWords?, _ word: Word) -> [Expectation] {
        guard let typed else { return [.nothing] }
        if let awaited = typed.awaited { return [.value(awaited, typed.spec)] }
        let flags = Expectation.flag(typed.spec, given: typed.given)
        if !typed.flagsEnded, word.bytes.first == UInt8(ascii: "-") { return [flags] }
        if let parameter = typed.positional { return [.value(parameter, typed.spec)] }
        return typed.flagsEnded ? [.nothing] : [flags]
    }
}

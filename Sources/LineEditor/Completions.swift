/// What Tab may put in place of the word before the cursor.
public struct Completions: Sendable {
    /// One possibility.
    public struct Candidate: Sendable, Hashable {
        /// What replaces the word, quoted as need be.
        public var replacement: String
        /// What the list shows; safe for a terminal.
        public var display: String
        /// Whether the word is whole, so that a space may follow.
        public var isComplete: Bool

        /// A possibility.
        public init(replacement: String, display: String, isComplete: Bool) {
            self.replacement = replacement
            self.display = display
            self.isComplete = isComplete
        }
    }

    /// What is replaced, in UTF-8 bytes of the line.
    public var range: Range<Int>
    /// The possibilities, in the order to be shown.
    public var candidates: [Candidate]
    /// A line to be shown above the prompt.
    public var note: String?

    /// Completions of a range.
    public init(range: Range<Int>, candidates: [Candidate], note: String?) {
        self.range = range
        self.candidates = candidates
        self.note = note
    }

    /// What all candidates begin with.
    var commonPrefix: String {
        guard var prefix = candidates.first.map({ Array($0.replacement.unicodeScalars) }) else { return "" }
        for candidate in candidates.dropFirst() {
            let same = zip(prefix, candidate.replacement.unicodeScalars).prefix { $0 == $1 }.count
            prefix.removeLast(prefix.count - same)
        }
        var text = ""
        text.unicodeScalars.append(contentsOf: prefix)
        return text
    }
}

/// Finds completions; may take its time, the editor does not wait for ever.
public protocol LineCompleter: Sendable {
    /// The completions at a byte offset of a line.
    func completions(for line: String, cursor: Int) async -> Completions
}

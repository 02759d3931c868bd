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
    /// What all candidates begin with, quoted as need be, when that is more than was typed.
    public var insertion: String?
    /// A line to be shown above the prompt.
    public var note: String?

    /// Completions of a range.
    public init(range: Range<Int>, candidates: [Candidate], insertion: String? = nil, note: String?) {
        self.range = range
        self.candidates = candidates
        self.insertion = insertion
        self.note = note
    }
}

/// Finds completions; may take its time, the editor does not wait for ever.
public protocol LineCompleter: Sendable {
    /// The completions at a byte offset of a line.
    func completions(for line: String, cursor: Int) async -> Completions
}

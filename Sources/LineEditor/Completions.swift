/// What may stand at the cursor.
public struct Completions: Sendable {
    /// One possibility.
    public struct Candidate: Sendable, Hashable {
        /// The text that replaces the line's range entirely, already quoted.
        public var replacement: String

        /// What the list shows, already safe for a terminal.
        public var display: String

        /// Whether the word ends here: a space follows when it is the only candidate.
        public var isComplete: Bool

        /// Creates a candidate.
        public init(replacement: String, display: String, isComplete: Bool) {
            self.replacement = replacement
            self.display = display
            self.isComplete = isComplete
        }
    }

    /// What is replaced, in UTF-8 bytes of the line.
    public var range: Range<Int>

    /// The possibilities, in any order.
    public var candidates: [Candidate]

    /// One line printed above the prompt.
    public var note: String?

    /// Creates completions for a range of the line.
    public init(range: Range<Int>, candidates: [Candidate], note: String? = nil) {
        self.range = range
        self.candidates = candidates
        self.note = note
    }
}

/// Whoever knows what may stand at the cursor.
public protocol LineCompleter: Sendable {
    /// The possibilities at the cursor, a UTF-8 byte offset; cancelled when nobody waits for them any more.
    func completions(for line: String, cursor: Int) async -> Completions
}

/// What may have been meant.
public enum Suggestion {
    /// At most three candidates that are near to what was typed, nearest first.
    public static func near(_ typed: String, among candidates: [String]) -> [String] {
        let word = typed.lowercased()
        guard !word.isEmpty, word.count <= 64 else { return [] }
        // One letter off means nothing in a word of two.
        let limit = word.count < 3 ? 0 : max(1, word.count / 3)
        let ranked = candidates.compactMap { candidate -> (distance: Int, candidate: String)? in
            let other = candidate.lowercased()
            if word.count >= 2, other.hasPrefix(word) { return (0, candidate) }
            let distance = distance(Array(word.unicodeScalars), Array(other.unicodeScalars))
            return distance <= limit ? (distance, candidate) : nil
        }
        return ranked.sorted { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }.prefix(3).map(\.candidate)
    }

    /// Insertions, deletions, replacements and swaps of neighbours that turn one into the other.
    static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for i in 1...left.count {
            var row = [i] + [Int](repeating: 0, count: right.count)
            for j in 1...right.count {
                let cost = left[i - 1] == right[j - 1] ? 0 : 1
                row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
                if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                    row[j] = min(row[j], beforeLast[j - 2] + 1)
                }
            }
            (beforeLast, last) = (last, row)
        }
        return last[right.count]
    }
}

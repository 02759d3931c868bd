/// What is different between two versions of a znode's data: fields for JSON, lines for other text.
struct DataDifference: Sendable, Hashable {
    /// One thing that is different.
    struct Entry: Sendable, Hashable {
        /// The field's path; nil for lines.
        var field: String?
        var old: String?
        var new: String?
    }

    private(set) var entries: [Entry] = []

    /// Nil for data that is no text, or too much of it.
    init?(from old: [UInt8]?, to new: [UInt8]?) {
        let (old, new) = (old ?? [], new ?? [])
        if let before = JSONFields.fields(of: old), let after = JSONFields.fields(of: new) {
            compare(before, after)
            return
        }
        guard let before = String(validating: old, as: UTF8.self), let after = String(validating: new, as: UTF8.self)
        else { return nil }
        guard let edits = LineDifference.edits(from: Self.lines(before), to: Self.lines(after)) else { return nil }
        entries = edits
    }

    private static func lines(_ text: String) -> [Substring] {
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    private mutating func compare(_ old: [(field: String, value: String)], _ new: [(field: String, value: String)]) {
        let before = Dictionary(old.map { ($0.field, $0.value) }) { $1 }
        let after = Dictionary(new.map { ($0.field, $0.value) }) { $1 }
        for (field, value) in old where after[field] == nil { entries.append(Entry(field: field, old: value)) }
        for (field, value) in new where before[field] != value {
            entries.append(Entry(field: field, old: before[field], new: value))
        }
    }

    /// For people.
    var lines: [String] {
        entries.flatMap { entry -> [String] in
            let (old, new) = (entry.old.map { TerminalText.escaped($0) }, entry.new.map { TerminalText.escaped($0) })
            if let field = entry.field {
                return ["    \(TerminalText.escaped(field)): \(old ?? "(none)") -> \(new ?? "(none)")"]
            }
            return [old.map { "    - \($0)" }, new.map { "    + \($0)" }].compactMap { $0 }
        }
    }

    var json: JSON {
        .array(
            entries.map { entry in
                var fields: [(String, JSON)] = []
                if let field = entry.field { fields.append(("field", .string(field))) }
                if let old = entry.old { fields.append(("old", .string(old))) }
                if let new = entry.new { fields.append(("new", .string(new))) }
                return .object(fields)
            })
    }
}

/// The shortest way from one list of lines to another.
enum LineDifference {
    /// Longer lists, beyond what both have in common at their ends, are not compared.
    private static let limit = 2000

    static func edits(from old: [Substring], to new: [Substring]) -> [DataDifference.Entry]? {
        var (start, oldEnd, newEnd) = (0, old.count, new.count)
        while start < min(oldEnd, newEnd), old[start] == new[start] { start += 1 }
        while oldEnd > start, newEnd > start, old[oldEnd - 1] == new[newEnd - 1] {
            oldEnd -= 1
            newEnd -= 1
        }
        let (left, right) = (Array(old[start..<oldEnd]), Array(new[start..<newEnd]))
        guard left.count <= limit, right.count <= limit else { return nil }
        let lengths = commonLengths(left, right)
        var edits: [DataDifference.Entry] = []
        var (i, j) = (0, 0)
        while i < left.count || j < right.count {
            if i < left.count, j < right.count, left[i] == right[j] {
                i += 1
                j += 1
            } else if j == right.count || i < left.count && lengths[i + 1][j] >= lengths[i][j + 1] {
                edits.append(DataDifference.Entry(old: String(left[i])))
                i += 1
            } else {
                edits.append(DataDifference.Entry(new: String(right[j])))
                j += 1
            }
        }
        return edits
    }

    /// The length of what both have in common from each pair of places on.
    private static func commonLengths(_ left: [Substring], _ right: [Substring]) -> [[Int]] {
        var lengths = [[Int]](repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
        for i in stride(from: left.count - 1, through: 0, by: -1) {
            for j in stride(from: right.count - 1, through: 0, by: -1) {
                lengths[i][j] =
                    left[i] == right[j] ? lengths[i + 1][j + 1] + 1 : max(lengths[i + 1][j], lengths[i][j + 1])
            }
        }
        return lengths
    }
}

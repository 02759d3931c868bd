/// What a completion shows, and how far it can go by itself.
enum CompletionMenu {
    /// What all the texts begin with; whole characters only, so that no accent is cut off its letter.
    static func commonPrefix(_ texts: [String]) -> String {
        guard var prefix = texts.first.map({ $0[...] }) else { return "" }
        for text in texts.dropFirst() {
            var end = prefix.startIndex
            for (one, other) in zip(prefix, text) {
                // Scalars, not characters: composed and decomposed `é` are equal, but not the same name.
                guard one.unicodeScalars.elementsEqual(other.unicodeScalars) else { break }
                end = prefix.index(after: end)
            }
            prefix = prefix[..<end]
        }
        return String(prefix)
    }

    /// The names in columns, sorted downwards, no row wider than the terminal.
    static func rows(_ names: [String], columns: Int) -> [String] {
        let width = max(1, columns - 1)
        let cells = Set(names).sorted().map { fit($0, width: width) }
        guard let widest = cells.map(\.width).max() else { return [] }
        let count = max(1, (width + 2) / (widest + 2))
        let height = (cells.count + count - 1) / count
        return (0..<height).map { row in
            let line = stride(from: row, to: cells.count, by: height)
            return line.map { index in
                let cell = cells[index]
                let isLast = index + height >= cells.count
                return cell.text + String(repeating: " ", count: isLast ? 0 : widest + 2 - cell.width)
            }.joined()
        }
    }

    /// The name, cut with an ellipsis if it is wider than the terminal.
    private static func fit(_ name: String, width: Int) -> (text: String, width: Int) {
        let whole = CharacterWidth.columns(of: name)
        guard whole > width else { return (name, whole) }
        var text = ""
        var used = 1
        for character in name {
            let columns = CharacterWidth.columns(of: String(character))
            guard used + columns <= width else { break }
            text.append(character)
            used += columns
        }
        return (text + "…", used)
    }
}

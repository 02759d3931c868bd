/// Lays candidates out in columns, down first.
enum CompletionMenu {
    static func lines(_ texts: [String], width: Int, cells: (String) -> Int) -> [String] {
        let longest = texts.map(cells).max() ?? 0
        let columns = max(1, width / (longest + 2))
        let rows = (texts.count + columns - 1) / columns
        return (0..<rows).map { row in
            var line = ""
            for index in stride(from: row, to: texts.count, by: rows) {
                line += texts[index]
                if index + rows < texts.count {
                    line += String(repeating: " ", count: longest + 2 - cells(texts[index]))
                }
            }
            return line
        }
    }
}

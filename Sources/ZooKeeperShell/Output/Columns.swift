/// Lays names out in columns, down first, as `ls` does.
enum Columns {
    static func arrange(_ names: [String], colors: [String?] = [], width: Int) -> [String] {
        guard let longest = names.map(displayWidth).max(), longest > 0 else { return names.isEmpty ? [] : names }
        let columns = max(1, (width + 1) / (longest + 2))
        let rows = (names.count + columns - 1) / columns
        return (0..<rows).map { row in
            var line = ""
            for index in stride(from: row, to: names.count, by: rows) {
                if index < colors.count, let color = colors[index] {
                    line += color + names[index] + "\u{1b}[0m"
                } else {
                    line += names[index]
                }
                if index + rows < names.count {
                    line += String(repeating: " ", count: longest + 2 - displayWidth(names[index]))
                }
            }
            return line
        }
    }

    /// Cells that a name takes: two for East Asian wide characters and emoji.
    static func displayWidth(_ text: String) -> Int {
        text.reduce(0) { $0 + ($1.unicodeScalars.first.map(cells) ?? 0) }
    }

    private static func cells(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            2
        default: 1
        }
    }
}

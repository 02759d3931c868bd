import CLibEdit

/// Where libedit puts the prompt, the line and the cursor on the screen.
///
/// libedit does not tell in which row its cursor is, yet whoever prints above the prompt must erase from the first row
/// on. So this mirrors `re_refresh`, `re_addc` and `re_putc` of its `refresh.c`.
struct ScreenLayout: Equatable {
    struct Position: Equatable {
        var row = 0
        var column = 0
    }

    /// Relative to where the prompt begins.
    private(set) var cursor = Position()

    /// Just after the last character.
    private(set) var end = Position()

    private let columns: Int
    private let rows: Int

    /// `cursor` counts scalars of the line.
    init(
        prompt: some Sequence<Unicode.Scalar>,
        line: some Collection<Unicode.Scalar>,
        cursor index: Int,
        columns: Int,
        rows: Int
    ) {
        self.columns = max(2, columns)
        self.rows = max(1, rows)
        for scalar in prompt { put(width: CharacterWidth.columns(of: scalar)) }
        var cursor: Position?
        for (offset, scalar) in line.enumerated() {
            if offset == index { cursor = placeOfCursor(on: scalar) }
            add(scalar)
        }
        self.cursor = cursor ?? end
    }

    /// A wide character that does not fit is drawn in the next row, and the cursor with it.
    private func placeOfCursor(on scalar: Unicode.Scalar) -> Position {
        let width = CharacterWidth.columns(of: scalar)
        guard width > 1, end.column + width > columns else { return end }
        return Position(row: end.row + 1, column: 0)
    }

    private mutating func add(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\t":
            repeat { put(width: 1) } while end.column % 8 != 0
        case "\n":
            nextRow()
        case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
            put(width: 1)  // Shown as ^X.
            put(width: 1)
        case _ where ce_is_printable(scalar.value):
            put(width: CharacterWidth.columns(of: scalar))
        default:
            let shown = scalar.value > 0xFFFF ? #"\U+10FFF"#.utf8.count : #"\U+FFFF"#.utf8.count
            for _ in 0..<shown { put(width: 1) }
        }
    }

    private mutating func put(width: Int) {
        let width = max(0, width)
        while width > 1, end.column + width > columns { put(width: 1) }
        end.column += width
        // A row that is exactly full begins the next one.
        if end.column >= columns { nextRow() }
    }

    private mutating func nextRow() {
        end.column = 0
        // A line taller than the screen scrolls: the last row stays the last.
        if end.row + 1 < rows { end.row += 1 }
    }
}

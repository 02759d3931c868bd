/// Where text ends up on a screen of some width: libedit does not tell in which row its cursor is, and whoever wants to
/// print above the line must know.
struct ScreenLayout: Hashable {
    private(set) var row = 0
    private(set) var column = 0
    private let width: Int
    private let cells: (Unicode.Scalar) -> Int

    init(width: Int, cells: @escaping (Unicode.Scalar) -> Int) {
        self.width = max(1, width)
        self.cells = cells
    }

    /// Follows libedit's own rules: a wide character that does not fit goes to the next row, and a row that is exactly
    /// full is followed by an empty one.
    mutating func add(_ scalars: some Sequence<Unicode.Scalar>) {
        for scalar in scalars {
            switch scalar {
            case "\n":
                row += 1
                column = 0
            case "\t": for _ in 0..<(8 - column % 8) { advance(1) }
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                advance(1)
                advance(1)
            default:
                let count = cells(scalar)
                if count < 0 {
                    for _ in 0..<(scalar.value > 0xFFFF ? 8 : 7) { advance(1) }
                } else if count > 0 {
                    advance(count)
                }
            }
        }
    }

    private mutating func advance(_ count: Int) {
        if column + count > width {
            row += 1
            column = 0
        }
        column += count
        if column >= width {
            row += 1
            column = 0
        }
    }

    static func == (left: ScreenLayout, right: ScreenLayout) -> Bool {
        left.row == right.row && left.column == right.column && left.width == right.width
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(row)
        hasher.combine(column)
    }
}

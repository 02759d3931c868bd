import CLibEdit

/// How many columns text takes on the terminal, by the C library's table: libedit draws by the same.
enum CharacterWidth {
    /// The columns of one character; negative for one that cannot be printed.
    static func columns(of scalar: Unicode.Scalar) -> Int {
        Int(ce_width(scalar.value))
    }

    /// The columns of a text; what cannot be printed counts nothing.
    static func columns(of text: some StringProtocol) -> Int {
        text.unicodeScalars.reduce(0) { $0 + max(0, columns(of: $1)) }
    }
}

/// Text from a bracketed paste, made fit for the line.
enum PastedText {
    /// Newlines inside stay, the last one goes: nothing runs before Enter. Control characters go.
    static func clean(_ bytes: [UInt8]) -> String {
        var scalars = String.UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            defer { previous = scalar }
            switch scalar {
            case "\n" where previous == "\r": continue
            case "\r", "\n": scalars.append("\n")
            case "\t": scalars.append("\t")
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): continue
            default: scalars.append(scalar)
            }
        }
        if scalars.last == "\n" { scalars.removeLast() }
        return String(scalars)
    }
}

/// One history entry as one line of the file: `\n` for a newline, `\\` for a backslash.
enum HistoryEscaping {
    static func escape(_ entry: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in entry.unicodeScalars {
            switch scalar {
            case "\\": line.append(contentsOf: #"\\"#.unicodeScalars)
            case "\n": line.append(contentsOf: #"\n"#.unicodeScalars)
            case "\r": line.append(contentsOf: #"\r"#.unicodeScalars)
            default: line.append(scalar)
            }
        }
        return String(line)
    }

    /// The entry of a line; an escape that `escape` does not write stands for itself.
    static func unescape(_ line: some StringProtocol) -> String {
        var entry = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in line.unicodeScalars {
            switch (isEscaped, scalar) {
            case (false, "\\"):
                isEscaped = true
                continue
            case (false, _), (true, "\\"): entry.append(scalar)
            case (true, "n"): entry.append("\n")
            case (true, "r"): entry.append("\r")
            case (true, _):
                entry.append("\\")
                entry.append(scalar)
            }
            isEscaped = false
        }
        if isEscaped { entry.append("\\") }
        return String(entry)
    }
}

/// What stands before the line.
public struct Prompt: Sendable, Hashable {
    /// How a part looks.
    public enum Style: Sendable, Hashable {
        /// As everything else.
        case plain
        /// Green.
        case green
        /// Yellow.
        case yellow
        /// Red.
        case red
        /// Bold.
        case bold

        var escape: String {
            switch self {
            case .plain: "\u{1b}[0m"
            case .green: "\u{1b}[32m"
            case .yellow: "\u{1b}[33m"
            case .red: "\u{1b}[31m"
            case .bold: "\u{1b}[1m"
            }
        }
    }

    /// The text without any colour.
    public let text: String
    /// The text as libedit takes it: what takes no room stands between two control-A.
    let encoded: String

    /// A plain prompt.
    public init(_ text: String) {
        self.init(segments: [(text, .plain)], usesColor: false)
    }

    /// A prompt of several parts.
    ///
    /// The last one should be plain: libedit drops an escape that no character follows.
    public init(segments: [(String, Style)], usesColor: Bool) {
        text = segments.map(\.0).joined()
        guard usesColor else {
            encoded = text
            return
        }
        var encoded = ""
        var current = Style.plain
        for (text, style) in segments where !text.isEmpty {
            if style != current {
                let reset = current == .plain || style == .plain ? "" : Style.plain.escape
                encoded += "\u{1}\(reset)\(style.escape)\u{1}"
                current = style
            }
            encoded += text
        }
        self.encoded = encoded
    }
}

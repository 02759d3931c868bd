/// What stands before the line, in one or more styles.
public struct Prompt: Sendable, Hashable {
    /// How a piece of the prompt looks.
    public enum Style: Sendable, Hashable {
        /// The terminal's own colour.
        case plain
        /// Green.
        case green
        /// Yellow.
        case yellow
        /// Red.
        case red
        /// Faint.
        case dim
        /// Bold.
        case bold
    }

    /// A piece of the prompt in one style.
    public struct Segment: Sendable, Hashable {
        /// The piece's text.
        public var text: String

        /// How it looks.
        public var style: Style

        /// Creates a piece.
        public init(_ text: String, _ style: Style = .plain) {
            self.text = text
            self.style = style
        }
    }

    /// The pieces, from the left.
    public var segments: [Segment]

    /// Whether the styles are sent to the terminal.
    public var usesColor: Bool

    /// Creates a prompt in one style, plain.
    public init(_ text: String) {
        self.init(segments: [Segment(text)], usesColor: false)
    }

    /// Creates a prompt of several pieces.
    public init(segments: [Segment], usesColor: Bool) {
        self.segments = segments
        self.usesColor = usesColor
    }

    /// The prompt without its styles.
    public var text: String { segments.map(\.text).joined() }
}

/// A prompt in libedit's form: what is sent, and what of it takes room.
struct RenderedPrompt: Equatable {
    /// Brackets what the terminal obeys but does not show.
    static let escape: Unicode.Scalar = "\u{1}"

    private(set) var text = ""
    private(set) var visible: [Unicode.Scalar] = []

    init(_ prompt: Prompt, allowsColor: Bool = true) {
        let usesColor = prompt.usesColor && allowsColor
        var current = Prompt.Style.plain
        for segment in prompt.segments {
            for scalar in segment.text.unicodeScalars {
                // A newline or another control character would move the cursor where the layout does not expect it,
                // and libedit draws a zero-width one in a cell of its own.
                let width = CharacterWidth.columns(of: scalar)
                guard width != 0 || scalar.value < 0x20 else { continue }
                let style = usesColor && scalar != " " ? segment.style : .plain
                // One literal for each change: libedit ties a literal to the character after it, so two in a row
                // would lose the first, and one at the very end is lost too.
                if style != current { text += "\u{1}\u{1B}[\(style.code)m\u{1}" }
                current = style
                let shown: Unicode.Scalar = width > 0 ? scalar : "?"
                text.unicodeScalars.append(shown)
                visible.append(shown)
            }
        }
        guard current != .plain else { return }
        text += "\u{1}\u{1B}[0m\u{1} "
        visible.append(" ")
    }
}

extension Prompt.Style {
    /// The parameters of the SGR sequence, the former style undone first.
    fileprivate var code: String {
        switch self {
        case .plain: "0"
        case .green: "0;32"
        case .yellow: "0;33"
        case .red: "0;31"
        case .dim: "0;2"
        case .bold: "0;1"
        }
    }
}

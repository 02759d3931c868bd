/// One command of a line typed in the shell, and where its input and output go.
///
/// Operators are words of their own: `;`, `|`, `>`, `>>`, `<` and `&` between blanks and outside of quotes. So data such as
/// `<a;b>` needs no quotes, as in `zkCli.sh`.
public struct Statement: Sendable, Hashable {
    /// Where the output goes.
    public enum Output: Sendable, Hashable {
        /// To the terminal.
        case terminal
        /// To a file, from its beginning or behind what is there.
        case file(String, appends: Bool)
        /// To a line of the local shell.
        case pipe(String)
    }

    /// The command and its arguments.
    public var words: [Word] = []
    /// The file to read instead of an argument.
    public var input: String?
    /// Where the output goes.
    public var output = Output.terminal
    /// Whether the next command does not wait for this one.
    public var isBackground = false

    /// The statements of a line; none for a blank one or a comment.
    public static func statements(of line: [UInt8]) throws(UsageError) -> [Statement] {
        // Finds what is not closed, with its place.
        _ = try Tokenizer.words(of: line)
        var statements: [Statement] = []
        var statement = Statement()
        var tokens = Tokenizer.tokens(of: line)[...]
        while let token = tokens.popFirst() {
            switch Operator(token, in: line) {
            case nil: statement.words.append(token.word)
            case .semicolon:
                if !statement.words.isEmpty { statements.append(statement) }
                statement = Statement()
            case .ampersand:
                guard !statement.words.isEmpty else { throw incomplete("&") }
                statement.isBackground = true
                statements.append(statement)
                statement = Statement()
            case .pipe:
                // The local shell has quotes and operators of its own: what follows is its line.
                let rest = String(decoding: line[token.range.upperBound...], as: UTF8.self)
                guard !rest.allSatisfy(\.isWhitespace), !statement.words.isEmpty else { throw incomplete("|") }
                statement.output = .pipe(rest)
                tokens = []
            case .write: statement.output = .file(try name(&tokens, after: ">"), appends: false)
            case .append: statement.output = .file(try name(&tokens, after: ">>"), appends: true)
            case .read: statement.input = try name(&tokens, after: "<")
            }
        }
        if !statement.words.isEmpty { statements.append(statement) }
        return statements
    }

    /// Whether a line goes on in the next one: it ends in a backslash that nothing makes literal.
    public static func isContinued(_ line: [UInt8]) -> Bool {
        let backslashes = line.reversed().prefix { $0 == UInt8(ascii: "\\") }.count
        return backslashes % 2 == 1
    }

    private enum Operator: String {
        case semicolon = ";"
        case ampersand = "&"
        case pipe = "|"
        case write = ">"
        case append = ">>"
        case read = "<"

        /// A token is an operator only as it stands: quoted or escaped it is a word.
        init?(_ token: Token, in line: [UInt8]) {
            self.init(rawValue: String(decoding: line[token.range], as: UTF8.self))
        }
    }

    private static func name(
        _ tokens: inout ArraySlice<Token>, after mark: String
    ) throws(UsageError) -> String {
        guard let token = tokens.popFirst() else { throw incomplete(mark) }
        return token.word.text
    }

    private static func incomplete(_ mark: String) -> UsageError {
        let message =
            switch mark {
            case "|": "a command must stand on both sides of |"
            case "&": "a command must stand before &"
            default: "the name of a file must follow \(mark)"
            }
        return UsageError(
            message: message,
            command: nil, usage: nil, suggestion: "in quotes or after a backslash '\(mark)' is a word")
    }
}

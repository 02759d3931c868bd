import Testing

@testable import CommandLanguage

@Suite struct CursorContextTests {
    /// `|` is the cursor.
    @Test(arguments: [
        ("|", "command"), ("ge|", "command"), ("get |", "znode"), ("get /a|", "znode"), ("get -|", "flag"),
        ("get -s /a /b|", "znode"), ("set -v |", "number"), ("set /a |", "data"), ("set /a b |", "flag"),
        ("help |", "command"), ("bogus |", "nothing"), ("get /a # |", "nothing"), ("set -- -|", "znode"),
        ("get '/a b|", "znode"), ("get /a > |", "file"), ("get /a >> x|", "file"), ("set /a < |", "file"),
    ])
    func expectation(_ line: String, _ expected: String) throws {
        let cursor = try #require(line.utf8.firstIndex(of: UInt8(ascii: "|")))
        let offset = line.utf8.distance(from: line.startIndex, to: cursor)
        let text = line.replacing("|", with: "")
        let context = CursorContext(line: Array(text.utf8), cursor: offset, vocabulary: Sample.vocabulary)
        let found =
            switch context.expectations.first {
            case .command: "command"
            case .flag: "flag"
            case .value(let parameter, _): "\(parameter.kind)"
            case .file: "file"
            case .nothing, nil: "nothing"
            }
        #expect(found == expected)
    }

    @Test func theWordAndItsQuote() {
        let context = CursorContext(line: Array("get \"/a b".utf8), cursor: 9, vocabulary: Sample.vocabulary)
        #expect(context.word == "/a b" && context.range == 4..<9 && context.quote == .double)
    }

    @Test(
        arguments: [
            ("get", nil), ("get /a", nil), ("get /a ", "[path...]"), ("bogus ", nil), ("", nil), ("get # ", nil),
            ("get /a > ", nil), ("get '/a ", nil),
        ] as [(String, String?)])
    func hint(_ line: String, _ expected: String?) {
        #expect(Hint.text(for: line, vocabulary: Sample.vocabulary) == expected)
    }

    @Test(arguments: [("a \\", true), ("a \\\\", false), ("a", false), ("\\", true), ("", false)])
    func continuation(_ line: String, _ expected: Bool) {
        #expect(Statement.isContinued(Array(line.utf8)) == expected)
    }
}

import Testing

@testable import CommandLanguage

@Suite struct TokenizerTests {
    @Test(arguments: [
        ("a b", ["a", "b"]), ("  a\tb\r", ["a", "b"]), ("\"a b\"", ["a b"]), ("'single q'", ["single q"]),
        ("'a\"b'", ["a\"b"]), ("\"it's ok\"", ["it's ok"]), ("''", [""]), ("\"\"", [""]), ("a\\ b", ["a b"]),
        ("\"say \\\"hi\\\" x\"", ["say \"hi\" x"]), ("pre\"mid", ["pre\"mid"]), ("\"a\"\"b\"", ["ab"]),
        ("\"a\" \"b\"", ["a", "b"]), ("'a'b", ["ab"]), ("it's", ["it's"]), ("{\"a\":1}", ["{\"a\":1}"]),
        ("'{\"a\": 1}'", ["{\"a\": 1}"]), ("line\\nline2", ["line\\nline2"]), ("\"a\\nb\"", ["a\\nb"]),
        ("$HOME *", ["$HOME", "*"]), ("a # b", ["a"]), ("a#b", ["a#b"]), ("", []), ("   ", []), ("\\#x", ["#x"]),
    ])
    func words(_ line: String, _ expected: [String]) throws {
        #expect(try Tokenizer.words(of: Array(line.utf8)).map(\.text) == expected)
    }

    @Test(arguments: ["\"open", "a 'open", "'a' \"", "x\\"])
    func unfinished(_ line: String) {
        #expect(throws: UsageError.self) { try Tokenizer.words(of: Array(line.utf8)) }
    }

    @Test(arguments: ["", "a", "a b", "it's", "'", "\"", "a\\b", "#", "a#b", "日本 語", "tab\there", "\"'\\ "])
    func quotingRoundTrips(_ text: String) throws {
        #expect(try Tokenizer.words(of: Tokenizer.quoted(Word(text))) == [Word(text)])
    }

    @Test func bytesThatAreNotUTF8() throws {
        let word = Word(bytes: [0xFF, 0x20, 0xFE])
        #expect(try Tokenizer.words(of: Tokenizer.quoted(word)) == [word])
    }
}

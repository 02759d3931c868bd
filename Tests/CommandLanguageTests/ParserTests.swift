import Testing

@testable import CommandLanguage

enum Sample {
    static let stat = Flag("-s", "--stat", help: "Stat")
    static let watch = Flag("-w", help: "Watch")
    static let version = Option<Int32>("-v", "--version", label: "N", help: "Version")
    static let add = RepeatedOption<String>("-add", label: "SERVER", help: "Add")
    static let path = Positional<String>("path", kind: .znode, help: "Path")
    static let data = OptionalPositional<Word>("data", help: "Data")
    static let set = CommandSpec(
        ["set"], group: "g", "Set", parameters: [stat, watch, version, add, path, data], exclusive: [["-s", "-w"]])
    static let paths = VariadicPositional<String>("path", kind: .znode, minimum: 1, help: "Paths")
    static let get = CommandSpec(["get", "cat"], group: "g", "Get", parameters: [stat, paths])
    static let help = CommandSpec(
        ["help"], group: "g", "Help",
        parameters: [OptionalPositional<String>("command", kind: .command, help: "Command")]
    )
    static let vocabulary = Vocabulary([set, get, help])

    static func parse(_ line: String, _ spec: CommandSpec = set) throws(UsageError) -> Arguments {
        try Parser.parse(try Tokenizer.words(of: Array(line.utf8))[...], as: spec)
    }
}

@Suite struct ParserTests {
    @Test func flagsAnywhere() throws {
        let arguments = try Sample.parse("/a -s x -v 3")
        #expect(arguments[Sample.stat] && !arguments[Sample.watch])
        #expect(arguments[Sample.version] == 3 && arguments[Sample.path] == "/a")
        #expect(arguments[Sample.data] == "x")
    }

    @Test(arguments: ["-v=3 /a", "--version=3 /a", "--version 3 /a", "-sv 3 /a"])
    func spellingsOfAValue(_ line: String) throws {
        #expect(try Sample.parse(line)[Sample.version] == 3)
    }

    @Test func negativeNumbersArePositionalsAndValues() throws {
        #expect(try Sample.parse("/a -5")[Sample.data] == "-5")
        #expect(try Sample.parse("-v -1 /a")[Sample.version] == -1)
    }

    @Test func doubleDashEndsFlags() throws {
        #expect(try Sample.parse("-- /a -s")[Sample.data] == "-s")
        #expect(try Sample.parse("/a -")[Sample.data] == "-")
    }

    @Test func repeatedOptions() throws {
        #expect(try Sample.parse("-add a -add b /x")[Sample.add] == ["a", "b"])
    }

    @Test(arguments: [
        ("", "missing path"), ("/a b c", "unexpected argument 'c'"), ("-x /a", "unknown flag '-x'"),
        ("-v x /a", "-v: 'x' is not a whole number"), ("/a -v", "-v needs a value (N)"),
        ("-v 1 -v 2 /a", "-v is given twice"), ("-s -w /a", "-s cannot be combined with -w"),
        ("-s=1 /a", "-s takes no value"),
        ("-v 99999999999 /a", "-v: 99999999999 is out of range; it must be between -2147483648 and 2147483647"),
    ])
    func mistakes(_ line: String, _ message: String) {
        let error = #expect(throws: UsageError.self) { try Sample.parse(line) }
        #expect(error?.message == message)
        #expect(error?.usage == "set [-s] [-w] [-v N] [-add SERVER]... path [data]")
    }

    @Test func suggestions() {
        #expect(Sample.vocabulary.suggestions(for: "gte") == ["get"])
        #expect(Sample.vocabulary.suggestions(for: "zzz").isEmpty)
        #expect(Sample.vocabulary.spec(named: "CAT")?.name == "get")
    }

    @Test(arguments: [
        ("500ms", 500), ("30s", 30_000), ("1.5s", 1500), ("5m", 300_000), ("2h", 7_200_000), ("250", 250),
    ])
    func timeSpans(_ text: String, _ milliseconds: Int64) throws {
        #expect(try TimeSpan(argument: Word(text)).milliseconds == milliseconds)
    }

    @Test(arguments: ["", "s", "-5s", "1x", "1e300s", "99999999999999999d"])
    func badTimeSpans(_ text: String) {
        #expect(throws: ArgumentError.self) { try TimeSpan(argument: Word(text)) }
    }
}

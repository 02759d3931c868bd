import CommandLanguage
import Testing
import ZooKeeperClient

@testable import ZooKeeperShell

@Suite("Differences, patterns and numbers")
struct DifferenceTests {
    private func difference(_ old: String, _ new: String) -> [String]? {
        DataDifference(from: Array(old.utf8), to: Array(new.utf8))?.lines.map { String($0.drop { $0 == " " }) }
    }

    @Test(arguments: [
        ("a\nb\nc", "a\nc", ["- b"]),
        ("a\nb", "a\nx\nb\ny", ["+ x", "+ y"]),
        ("", "a", ["+ a"]),
        ("a", "a", []),
        ("one", "two", ["- one", "+ two"]),
    ])
    func lines(_ old: String, _ new: String, _ expected: [String]) {
        #expect(difference(old, new) == expected)
    }

    @Test(arguments: [
        (#"{"a":1}"#, #"{"a":2}"#, [".a: 1 -> 2"]),
        (
            #"{"a":{"b":[1,{"c":"x"}]}}"#, #"{"a":{"b":[1,{"c":"y"}],"d":null}}"#,
            [#".a.b[1].c: "x" -> "y""#, ".a.d: (none) -> null"]
        ),
        (#"{"a":1,"b":{}}"#, #"{"b":{}}"#, [".a: 1 -> (none)"]),
        (#"{"a": 1}"#, #"{ "a" : 1 }"#, []),
    ])
    func fields(_ old: String, _ new: String, _ expected: [String]) {
        #expect(difference(old, new) == expected)
    }

    @Test func binaryHasNoDifference() {
        #expect(DataDifference(from: [0xFF], to: [0xFE]) == nil)
    }

    @Test(arguments: [
        ("job-*", "/a/job-1", true), ("job-*", "/job-1/x", false), ("/a/*", "/a/b/c", true), ("/a/?", "/a/bc", false),
        ("[ab]", "/x/a", true), ("[ab]", "/x/c", false),
    ])
    func globs(_ pattern: String, _ path: String, _ expected: Bool) throws {
        let glob = try Glob(argument: Word(pattern))
        #expect(glob.matches(ZPath(unchecked: Array(path.utf8))) == expected)
    }

    @Test func regularExpressionsOnBytes() throws {
        let expression = try RegularExpression(argument: Word("b+c")).compiled()
        #expect(expression.firstMatch(in: Array("aabbc".utf8)[...]) == 2..<5)
        #expect(expression.matches(Array("x\0bc".utf8)))
        #expect(!expression.matches([]))
        #expect(try RegularExpression(argument: Word("^$")).compiled().matches([]))
        #expect(try RegularExpression(argument: Word("ABC")).compiled(ignoresCase: true).matches(Array("xabcx".utf8)))
        #expect(throws: ArgumentError.self) { try RegularExpression(argument: Word("(")) }
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000")])
    func grouped(_ count: Int, _ expected: String) { #expect(Count.grouped(count) == expected) }

    @Test(arguments: [(0, "0 B"), (1023, "1023 B"), (1024, "1.0 KB"), (1536, "1.5 KB"), (10 << 20, "10 MB")])
    func bytes(_ count: Int, _ expected: String) { #expect(Count.bytes(count) == expected) }
}

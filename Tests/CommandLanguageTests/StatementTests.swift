import Testing

@testable import CommandLanguage

@Suite("Several commands, files and pipes in a line")
struct StatementTests {
    private static func parse(_ line: String) throws -> [Statement] { try Statement.statements(of: Array(line.utf8)) }

    @Test func semicolonsSeparate() throws {
        #expect(try Self.parse("ls /a ; pwd ;").map { $0.words.map(\.text) } == [["ls", "/a"], ["pwd"]])
        #expect(try Self.parse(" ; # nothing").isEmpty)
    }

    @Test func operatorsAreWordsOfTheirOwn() throws {
        // Data that only holds such characters is data, as in zkCli.sh.
        #expect(try Self.parse("set /a <a;b|c>&d").map { $0.words.map(\.text) } == [["set", "/a", "<a;b|c>&d"]])
        #expect(try Self.parse(#"set /a ";" \| '>'"#).map { $0.words.map(\.text) } == [["set", "/a", ";", "|", ">"]])
    }

    @Test func filesAndPipes() throws {
        #expect(try Self.parse("get /a > 'my file'")[0].output == .file("my file", appends: false))
        #expect(try Self.parse("get /a >> f")[0].output == .file("f", appends: true))
        #expect(try Self.parse("set /a < f")[0].input == "f")
        let piped = try Self.parse("pwd ; ls -R / | grep 'a ; b' | head")
        #expect(piped.count == 2)
        #expect(piped[1].output == .pipe(" grep 'a ; b' | head"))
    }

    @Test(arguments: ["get /a >", "ls |", "| head", "set /a <"])
    func whatIsMissingIsSaid(_ line: String) {
        #expect(throws: UsageError.self) { try Self.parse(line) }
    }
}

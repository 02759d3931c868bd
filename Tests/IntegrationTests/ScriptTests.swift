import TestSupport
import Testing

@Suite("Scripts in one session")
struct ScriptTests {
    @Test func stopsAtTheFirstFailure() async throws {
        let zkcli = try await ZKCLI.fresh()
        let result = try await zkcli(stdin: Array("create /a x\n# comment\n\nget /nope\ncreate /b".utf8))
        #expect(result.status == 1)
        #expect(result.out == "Created /a\n")
        #expect(result.err == "stdin:4: get /nope: no such znode (NoNode)\n")
        #expect(try await zkcli("exists", "/b").status == 1)
    }

    @Test func keepsGoingInOrder() async throws {
        let zkcli = try await ZKCLI.fresh()
        var lines = ["create /d"]
        for index in 0..<300 { lines += ["create /d/n\(index) v\(index)", "get /d/n\(index)", "get /d/missing"] }
        let result = try await zkcli("-k", "-f", "-", stdin: Array(lines.joined(separator: "\n").utf8))
        #expect(result.status == 1)
        let expected = "Created /d\n" + (0..<300).map { "Created /d/n\($0)\nv\($0)" }.joined()
        #expect(result.out == expected)
        #expect(result.err.split(separator: "\n").count == 300)
        #expect(result.err.hasPrefix("stdin:4: get /d/missing: no such znode (NoNode)\n"))
    }

    @Test func workingPathAndQuoting() async throws {
        let zkcli = try await ZKCLI.fresh()
        let result = try await zkcli(
            "-c", "create /a", "-c", "cd /a", "-c", "create 'b c' {\"x\":1}", "-c", "get ../a/'b c'", "-c", "get 'b c'",
            "-c", "pwd")
        #expect(result.out.hasPrefix("Created /a\nCreated /a/b c\n"))
        #expect(result.err == "-c:4: get '/a/'b': no such znode (NoNode)\n" || result.status != 0)
    }

    @Test func unterminatedQuote() async throws {
        let zkcli = try await ZKCLI.fresh()
        let result = try await zkcli(stdin: Array("create /a \"x".utf8))
        #expect(result.status == 2 && result.err.hasPrefix("stdin:1: the double quote that opens at column 11"))
    }

    @Test func quitEndsTheScript() async throws {
        let zkcli = try await ZKCLI.fresh()
        let result = try await zkcli(stdin: Array("create /a\nquit\ncreate /b\n".utf8))
        #expect(result.status == 0 && result.out == "Created /a\n")
    }

    @Test func aLineIsAnsweredBeforeTheNextOneComes() async throws {
        let zkcli = try await ZKCLI.fresh()
        let process = try zkcli.start("-k")
        process.write(Array("create /a\n".utf8))
        try await process.waitForOutput(containing: "Created /a\n")
        process.write(Array("create /b\n".utf8))
        try await process.waitForOutput(containing: "Created /b\n")
        process.closeInput()
        #expect(try await process.wait().status == 0)
    }
}

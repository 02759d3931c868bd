import Foundation
import TestSupport
import Testing

@Suite("What the shell tells unasked")
struct GuidanceTests {
    @Test func tipsComeOnTheFirstStartOnly() async throws {
        let file = NSTemporaryDirectory() + "zkcli-first-\(UUID().uuidString)/history"
        defer { try? FileManager.default.removeItem(atPath: file) }
        let zkcli = try await ZKCLI.fresh()
        try await Shell.run(on: zkcli, history: file) { shell in
            try await shell.window.waitForScreen([
                Shell.welcome,
                "  Commands and flags are those of zkCli.sh; 'help ls' explains one of them.",
                "  ls -R / | grep lock > found.txt: results go to local programs and files.",
                "  watch -R /app & follows a subtree while you go on; 'jobs' lists such work.",
                "  Tab completes znodes, flags and files; Ctrl-R finds lines typed before.",
                shell.prompt.trimmed,
            ])
        }
        try await Shell.run(on: zkcli, history: file) { shell in
            try await shell.window.waitForScreen([Shell.welcome, shell.prompt.trimmed])
        }
    }

    @Test func theSyntaxFollowsTheCursorAndIsNeverPartOfTheLine() async throws {
        try await Shell.run { shell in
            try await shell.window.type("cd ")
            try await shell.window.waitForEnd(shell.prompt + "cd [path]")
            #expect(try await shell.window.cursor()[0] == shell.prompt.count + 3)
            try await shell.window.type("/")
            try await shell.window.waitForEnd(shell.prompt + "cd /")
            try await shell.window.press("C-c")
            try await shell.window.type("create /h ")
            try await shell.window.waitForEnd(shell.prompt + "create /h [data] [acl]")
            try await shell.window.press("Enter")
            try await shell.window.waitForEnd(shell.prompt + "create /h", "Created /h", shell.prompt.trimmed)
            try await shell.window.type("setquota -n ")
            try await shell.window.waitForEnd(shell.prompt + "setquota -n COUNT")
            // An event comes above a line with its hint.
            try await shell.window.press("C-c")
            try await shell.window.enter("get -w /h")
            try await shell.window.type("get ")
            try await shell.window.waitForText("get [-s]")
            try await shell.zkcli("set", "/h", "new")
            try await shell.window.waitForText("NodeDataChanged /h")
            try await shell.window.type("/h")
            try await shell.window.press("Enter")
            try await shell.window.waitForEnd(shell.prompt + "get /h", "new", shell.prompt.trimmed)
        }
    }

    @Test func withoutColoursThereAreNoHints() async throws {
        try await Shell.run(environment: ["NO_COLOR": "1"]) { shell in
            try await shell.window.type("cd ")
            try await shell.window.press("Tab", "Tab")
            try await shell.window.waitForEnd(shell.prompt + "cd")
        }
    }

    @Test func aMissingZnodeIsComparedWithWhatThereIs() async throws {
        try await Shell.run { shell in
            try await shell.zkcli("create", "-p", "/app/config/db")
            try await shell.window.enter("get /app/confg/db")
            try await shell.window.waitForEnd(
                "get /app/confg/db: no such znode (NoNode)", "did you mean /app/config/db?", shell.prompt.trimmed)
            try await shell.window.enter("get /app/other/db")
            try await shell.window.waitForEnd("/app exists, /app/other does not", shell.prompt.trimmed)
        }
        // A script wants no guesses.
        let zkcli = try await ZKCLI.fresh()
        try await zkcli("create", "/app")
        #expect(try await zkcli("get", "/apq").err == "zkcli: get /apq: no such znode (NoNode)\n")
    }

    @Test func coloursSayWhatAZnodeIs() async throws {
        try await Shell.run { shell in
            try await shell.zkcli("create", "-p", "/all/parent/child")
            try await shell.zkcli("create", "-s", "/all/seq-")
            try await shell.window.enter("create -e /all/gone")
            try await shell.window.enter("ls /all")
            try await shell.window.waitForEnd("gone            parent          seq-0000000001", shell.prompt.trimmed)
            let screen = try await shell.window.coloredScreen()
            #expect(screen.contains("[33mgone"))
            #expect(screen.contains("[1m\u{1b}[34mparent") || screen.contains("[1;34mparent"))
            #expect(screen.contains("[36mseq-0000000001"))
        }
        try await Shell.run(environment: ["NO_COLOR": "1"]) { shell in
            try await shell.zkcli("create", "-p", "/parent/child")
            try await shell.window.enter("ls /")
            try await shell.window.waitForEnd("parent", shell.prompt.trimmed)
            #expect(!(try await shell.window.coloredScreen()).contains("[1m\u{1b}[34mparent"))
        }
    }

    @Test func longWorkTellsHowFarItIsAndStopsOnControlC() async throws {
        let server = try await TestServer.start()
        let zkcli = ZKCLI(connectString: server.connectString)
        let lines = "create /many\n" + (0..<20_000).map { "create /many/\($0)" }.joined(separator: "\n")
        #expect(try await zkcli("-k", stdin: Array(lines.utf8)).status == 0)
        try await Shell.run(on: zkcli, options: "-t 30s") { shell in
            // One znode a transaction takes its time.
            try await shell.window.enter("deleteall -y -b 1 /many")
            try await shell.window.waitForText("/s; Ctrl-C stops")
            try await shell.window.press("C-c")
            try await shell.window.waitForText("deleteall: interrupted; ")
            try await shell.window.waitForText(" znodes were deleted")
            let screen = try await shell.window.screen()
            #expect(!screen.contains { $0.contains("Ctrl-C stops") })
            try await shell.window.enter("exists /many")
            try await shell.window.waitForEnd("true", shell.prompt.trimmed)
        }
        try await server.stop()
    }
}

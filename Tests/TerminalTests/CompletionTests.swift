import Foundation
import TestSupport
import Testing

@Suite("Tab")
struct CompletionTests {
    private func fill(_ zkcli: ZKCLI, _ paths: String...) async throws {
        for path in paths {
            let made = try await zkcli("create", path)
            guard made.status == 0 else { throw TestSupportError(made.err) }
        }
    }

    @Test func onceInsertsTheSharedPrefixTwiceShowsTheCandidates() async throws {
        try await Shell.run { shell in
            try await fill(shell.zkcli, "/config", "/config/db", "/config spare", "/control", "/other")
            try await shell.window.type("ls /c")
            try await shell.window.press("Tab")
            try await shell.window.waitForEnd(shell.prompt + "ls /con")
            try await shell.window.press("Tab")
            try await shell.window.waitForScreen([
                Shell.welcome,
                shell.prompt + "ls /con",
                "config/       config spare  control",
                shell.prompt + "ls /con",
            ])
            try await shell.window.type("t")
            try await shell.window.press("Tab")
            try await shell.window.waitForEnd(shell.prompt + "ls /control")
            // A complete word is followed by a blank.
            #expect(try await shell.window.cursor()[0] == (shell.prompt + "ls /control ").count)
        }
    }

    @Test func commandsAndFlags() async throws {
        try await Shell.run { shell in
            try await shell.window.type("getA")
            try await shell.window.press("Tab", "Tab")
            try await shell.window.waitForText("getAcl")
            try await shell.window.waitForText("getAllChildrenNumber")
            try await shell.window.type("c")
            try await shell.window.press("Tab")
            try await shell.window.type("--")
            try await shell.window.press("Tab")
            try await shell.window.waitForEnd(shell.prompt + "getAcl --stat")
        }
    }

    @Test func namesWithBlanksAreQuoted() async throws {
        try await Shell.run { shell in
            try await fill(shell.zkcli, "/two words")
            try await shell.zkcli("set", "/two words", "found")
            try await shell.window.type("get /tw")
            try await shell.window.press("Tab")
            try await shell.window.waitForText("words")
            try await shell.window.press("Enter")
            try await shell.window.waitForEnd("found", shell.prompt.trimmed)
        }
    }

    @Test func relativePathsFollowTheWorkingPath() async throws {
        try await Shell.run { shell in
            try await fill(shell.zkcli, "/app", "/app/alpha", "/app/beta")
            try await shell.window.enter("cd /app")
            try await shell.window.waitForText("/app>")
            try await shell.window.type("get al")
            try await shell.window.press("Tab")
            try await shell.window.waitForEnd("\(shell.zkcli.connectString) /app> get alpha")
        }
    }

    @Test func aSilentServerCostsNoMoreThanTheDeadline() async throws {
        let server = try await TestServer.start()
        try await Shell.run(on: ZKCLI(connectString: server.connectString), options: "-t 30s") { shell in
            try await shell.window.enter("ls /")
            try await shell.window.waitForText("zookeeper")
            server.pause()
            try await shell.window.type("ls /z")
            try await shell.window.press("Tab")
            try await shell.window.waitForText("no answer", deadline: .seconds(4))
            try await shell.window.type("oo")
            try await shell.window.waitForEnd(shell.prompt + "ls /zoo", deadline: .seconds(2))
            server.resume()
            try await shell.window.press("Tab")
            try await shell.window.waitForEnd(shell.prompt + "ls /zookeeper/")
        }
        try await server.stop()
    }
}

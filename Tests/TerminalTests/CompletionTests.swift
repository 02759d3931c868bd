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
            // A complete word is followed by a blank, and that by what may follow.
            try await shell.window.waitForEnd(shell.prompt + "ls /control [path...]")
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
            try await shell.window.waitForEnd(shell.prompt + "getAcl --stat path...")
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
            try await shell.window.waitForEnd("\(shell.zkcli.connectString) /app> get alpha [path...]")
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

    @Test func aWideParentIsNarrowedByTyping() async throws {
        try await Shell.run { shell in
            let lines = (0..<600).map { "create /m\($0)" }.joined(separator: "\n")
            #expect(try await shell.zkcli("-k", stdin: Array(lines.utf8)).status == 0)
            try await shell.window.type("ls /m")
            try await shell.window.press("Tab", "Tab")
            try await shell.window.waitForEnd(
                "600 possibilities, m0  m1  m10  …  m99; type more of it", shell.prompt + "ls /m")
            try await shell.window.type("59")
            try await shell.window.press("Tab", "Tab")
            try await shell.window.waitForText("m598")
        }
    }

    @Test func valuesOfAccessControlListsAndFiles() async throws {
        let directory = NSTemporaryDirectory() + "zkcli-files-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try Data("from a file".utf8).write(to: URL(fileURLWithPath: directory + "/some data.txt"))
        try await Shell.run(columns: 200) { shell in
            try await shell.window.type("setAcl / wor")
            try await shell.window.press("Tab")
            try await shell.window.waitForEnd(shell.prompt + "setAcl / world:anyone:")
            try await shell.window.press("C-c")
            try await shell.window.type("create /filled < \(directory)/so")
            try await shell.window.press("Tab", "Enter")
            try await shell.window.waitForText("Created /filled")
            try await shell.window.enter("get /filled")
            try await shell.window.waitForEnd("from a file", shell.prompt.trimmed)
        }
    }

    @Test func whatTabFoundIsForgottenOnAWriteAndOnAnEvent() async throws {
        try await Shell.run { shell in
            try await fill(shell.zkcli, "/alone")
            try await shell.window.enter("ls -w /")
            try await shell.window.waitForText("alone")
            try await shell.window.type("get /a")
            try await shell.window.press("Tab")
            try await shell.window.waitForEnd(shell.prompt + "get /alone [path...]")
            try await shell.window.press("C-c")
            try await shell.window.enter("create /another")
            try await shell.window.waitForText("Created /another")
            try await shell.window.waitForText("NodeChildrenChanged /")
            try await shell.window.type("get /a")
            try await shell.window.press("Tab", "Tab")
            try await shell.window.waitForEnd("alone    another", shell.prompt + "get /a")
            try await shell.window.press("C-c")
            // From another session: the watch tells.
            try await shell.window.enter("ls -w /")
            try await shell.window.waitForText("alone")
            try await fill(shell.zkcli, "/beta")
            try await shell.window.waitForEnd(shell.prompt.trimmed)
            try await shell.window.type("get /be")
            try await shell.window.press("Tab")
            try await shell.window.waitForEnd(shell.prompt + "get /beta [path...]")
        }
    }
}

import Foundation
import TestSupport
import Testing

@Suite("Watching a real server")
struct WatchTests {
    /// Types and paths, without times.
    static func events(_ output: String) -> [String] {
        output.split(separator: "\n").map { line in
            line.split(separator: " ").dropFirst().prefix(2).joined(separator: " ")
        }
    }

    @Test(arguments: [false, true]) func recursive(_ oneTime: Bool) async throws {
        let zkcli = try await ZKCLI.fresh()
        let flags = oneTime ? ["--one-time"] : []
        let watch = try Subprocess(
            Locations.zkcli, ["-s", zkcli.connectString, "watch", "-R", "-n", "4"] + flags + ["/a"])
        try await watch.waitForError(containing: "/a does not exist yet")
        _ = try await zkcli("create", "/a", "x")
        try await watch.waitForOutput(containing: "NodeCreated /a")
        _ = try await zkcli("create", "/a/b", "y")
        try await watch.waitForOutput(containing: "NodeCreated /a/b")
        _ = try await zkcli("set", "/a/b", "z")
        try await watch.waitForOutput(containing: "NodeDataChanged /a/b")
        _ = try await zkcli("delete", "/a/b")
        let result = try await watch.wait()
        #expect(result.status == 0)
        #expect(
            Self.events(result.out) == [
                "NodeCreated /a", "NodeCreated /a/b", "NodeDataChanged /a/b", "NodeDeleted /a/b",
            ])
    }

    @Test func oneZnodeWithData() async throws {
        let zkcli = try await ZKCLI.fresh()
        _ = try await zkcli("create", "/a", "old")
        let watch = try zkcli.start("-o", "json", "watch", "--initial", "-d", "-n", "1", "/a")
        try await watch.waitForError(containing: "following /a")
        _ = try await zkcli("set", "/a", "new")
        let lines = try await watch.wait().out.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0].contains("\"data\":\"old\"") && lines[1].contains("\"data\":\"new\""))
        #expect(lines[1].contains("\"type\":\"NodeDataChanged\""))
    }

    @Test func endsInTime() async throws {
        let zkcli = try await ZKCLI.fresh()
        #expect(try await zkcli("watch", "--for", "200ms", "/").status == 0)
    }

    @Test func interruption() async throws {
        let zkcli = try await ZKCLI.fresh()
        let watch = try zkcli.start("watch", "/")
        try await watch.waitForError(containing: "following")
        watch.signal(SIGINT)
        #expect(try await watch.wait().status == 130)
    }

    @Test func changesWhileTheServerWasAwayAreTold() async throws {
        let server = try await TestServer.start(options: ["--property", "tickTime=500"])
        let zkcli = ZKCLI(connectString: server.connectString)
        _ = try await zkcli("-c", "create /a one", "-c", "create /a/gone x", "-c", "create /a/same x")
        let watch = try zkcli.start("watch", "-R", "/a")
        try await watch.waitForError(containing: "following")
        // Paused, the watch sees nothing of what follows; its connection breaks with the server.
        watch.signal(SIGSTOP)
        _ = try await zkcli("-c", "set /a two", "-c", "delete /a/gone", "-c", "create /a/new x")
        try await server.restart()
        watch.signal(SIGCONT)
        try await watch.waitForOutput(containing: "Resynced")
        watch.signal(SIGINT)
        let events = Self.events(try await watch.wait().out)
        for expected in ["NodeDataChanged /a", "NodeDeleted /a/gone", "NodeCreated /a/new"] {
            #expect(events.contains(expected))
        }
        #expect(!events.contains { $0.hasSuffix("/a/same") })
        #expect(events.contains { $0.hasPrefix("Disconnected") } && events.contains { $0.hasPrefix("Reconnected") })
        try await server.stop()
    }

    @Test func leaderIsKilledUnderAWatch() async throws {
        let ensemble = try await TestEnsemble.start()
        let zkcli = ZKCLI(connectString: ensemble.connectString)
        _ = try await zkcli("create", "/a", "one")
        let leader = try await ensemble.leader()
        // The watch sits on the leader, which is then killed.
        let watch = try Subprocess(
            Locations.zkcli, ["-s", zkcli.connectString, "watch", "-R", "/a"])
        try await watch.waitForError(containing: "following")
        try await leader.kill()
        let survivors = ensemble.servers.filter { $0.port != leader.port }.map(\.connectString).joined(separator: ",")
        let other = ZKCLI(connectString: survivors)
        let write = try await run(
            Locations.zkcli, ["-waitforconnection", "-s", other.connectString, "set", "/a", "two"])
        #expect(write.status == 0)
        try await watch.waitForOutput(containing: "NodeDataChanged /a", deadline: .seconds(40))
        watch.signal(SIGINT)
        _ = try await watch.wait()
        try await ensemble.stop()
    }
}

@Suite("Readers that lag")
struct SlowReaderTests {
    @Test func everyByteArrives() async throws {
        let zkcli = try await ZKCLI.fresh()
        let data = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 + $0 / 251) }
        #expect(try await zkcli("create", "/big", "-", stdin: data).status == 0)
        // The pipe is full before the reader begins.
        let read = try await run(
            "/bin/bash",
            [
                "-c",
                "set -o pipefail; \(Locations.zkcli) -s \(zkcli.connectString) get /big | { sleep 0.3; cat; }",
            ])
        #expect(read.status == 0)
        #expect(read.stdout == data)
    }

    @Test func aStalledReaderDoesNotStallTheSession() async throws {
        let server = try await TestServer.start(options: ["--property", "tickTime=200"])
        let zkcli = ZKCLI(connectString: server.connectString)
        try await zkcli("create", "/big")
        let gate = NSTemporaryDirectory() + "zkcli-gate-\(UUID().uuidString)"
        // The reader takes the first line and then nothing until the gate opens: the pipe is full long before.
        let watch = try Subprocess(
            "/bin/bash",
            [
                "-c",
                """
                \(Locations.zkcli) -t 1s -s \(server.connectString) watch -R /big | {
                    read -r line; echo "$line"; until [ -e \(gate) ]; do sleep 0.05; done; cat; }
                """,
            ])
        try await watch.waitForError(containing: "following")
        let lines = (1...4000).map { "create /big/a-rather-long-name-to-fill-a-pipe-\($0)\n" }.joined()
        #expect(try await zkcli("-k", "-q", "-f", "-", stdin: Array(lines.utf8)).status == 0)
        // Three time-outs later the session still lives: its pings went on.
        let sessions = try await server.fourLetterWord("cons")
        let deadline = ContinuousClock.now + .seconds(3)
        try await eventually("three time-outs") { ContinuousClock.now > deadline }
        let later = try await server.fourLetterWord("cons")
        let id = try #require(sessions.firstMatch(of: /sid=(0x[0-9a-f]+)/)?.1)
        #expect(later.contains("sid=\(id)"))
        _ = FileManager.default.createFile(atPath: gate, contents: nil)
        try await watch.waitForOutput(containing: "name-to-fill-a-pipe-4000")
        #expect(watch.out.split(separator: "\n").count { $0.contains("NodeCreated") } == 4000)
        // The shell in between would take a signal for itself.
        _ = try await run("/usr/bin/pkill", ["-TERM", "-f", "^\\S*zkcli -t 1s -s \(server.connectString) "])
        _ = try await watch.wait()
        try FileManager.default.removeItem(atPath: gate)
        try await server.stop()
    }
}

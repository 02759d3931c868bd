import Foundation
import TestSupport
import Testing

@Suite("What happens while a line is typed")
struct EventTests {
    @Test func anEventAppearsAboveTheLine() async throws {
        try await Shell.run { shell in
            try await shell.zkcli("create", "/watched")
            try await shell.window.enter("get -w /watched")
            try await shell.window.waitForEnd(shell.prompt + "get -w /watched", "null", shell.prompt.trimmed)
            try await shell.window.type("create /half 日本x")
            try await shell.window.press("Left", "Left")
            try await shell.window.waitForEnd(shell.prompt + "create /half 日本x")
            let column = try await shell.window.cursor()[0]
            try await shell.zkcli("set", "/watched", "new")
            try await shell.window.waitForText("NodeDataChanged /watched")
            let screen = try await shell.window.screen()
            #expect(screen.count == 5)
            #expect(screen.last == shell.prompt + "create /half 日本x")
            #expect(try await shell.window.cursor() == [column, 4])
            try await shell.window.press("Enter")
            try await shell.window.waitForText("Created /half")
        }
    }

    @Test func aWrappedLineStaysWhole() async throws {
        try await Shell.run(columns: 60) { shell in
            try await shell.zkcli("create", "/watched")
            try await shell.window.enter("addWatch /watched")
            try await shell.window.waitForEnd(shell.prompt + "addWatch /watched", shell.prompt.trimmed)
            let line = "create /wrapped " + String(repeating: "abcdefghi ", count: 14) + "日本語"
            try await shell.window.type(line.replacingOccurrences(of: " abc", with: "-abc"))
            try await shell.window.waitForText("日本語")
            let before = try await shell.window.screen()
            let cursor = try await shell.window.cursor()
            for round in 1...3 {
                try await shell.zkcli("set", "/watched", "\(round)")
                try await eventually("event \(round)") {
                    try await shell.window.screen().count { $0.contains("NodeDataChanged /watched") } == round
                }
                let lines = try await shell.window.screen()
                #expect(lines.filter { !$0.contains("NodeDataChanged") } == before)
                #expect(try await shell.window.cursor() == [cursor[0], cursor[1] + round])
            }
        }
    }

    @Test func aBurstNeitherGarblesNorFreezes() async throws {
        try await Shell.run { shell in
            try await shell.zkcli("create", "/burst")
            try await shell.window.enter("addWatch -m PERSISTENT_RECURSIVE /burst")
            try await shell.window.waitForEnd(
                shell.prompt + "addWatch -m PERSISTENT_RECURSIVE /burst", shell.prompt.trimmed)
            try await shell.window.type("create /kept whole")
            let script = (1...1000).map { "create /burst/n\($0)\n" }.joined()
            let burst = try await shell.zkcli("-k", "-f", "-", stdin: Array(script.utf8))
            #expect(burst.status == 0)
            try await shell.window.waitForText("/burst/n1000")
            try await shell.window.waitForEnd(shell.prompt + "create /kept whole")
            let events = try await shell.window.everything().split(separator: "\n").filter {
                $0.contains("NodeCreated")
            }
            #expect(events.map { $0.split(separator: " ").last } == (1...1000).map { "/burst/n\($0)" })
            try await shell.window.press("Enter")
            try await shell.window.waitForEnd("Created /kept", shell.prompt.trimmed)
        }
    }

    @Test func lossAndReturnOfTheServerAreTold() async throws {
        let server = try await TestServer.start()
        try await Shell.run(on: ZKCLI(connectString: server.connectString), options: "-t 20s") { shell in
            try await shell.window.type("ls /")
            try await shell.window.waitForEnd(shell.prompt + "ls /")
            try await server.kill()
            try await shell.window.waitForText("-- disconnected")
            try await shell.window.waitForEnd("disconnected " + shell.prompt + "ls /")
            try await server.restart()
            try await shell.window.waitForText("-- reconnected", deadline: .seconds(20))
            try await shell.window.waitForEnd(shell.prompt + "ls /")
            try await shell.window.press("Enter")
            try await shell.window.waitForEnd("zookeeper", shell.prompt.trimmed)
        }
        try await server.stop()
    }

    @Test func expiryOpensANewSessionAndSaysWhatWasLost() async throws {
        let server = try await TestServer.start(options: ["--property", "tickTime=200"])
        try await Shell.run(on: ZKCLI(connectString: server.connectString), options: "-t 1s") { shell in
            try await shell.window.enter("create -e /mine")
            try await shell.window.enter("addWatch /mine")
            try await shell.window.waitForEnd(shell.prompt + "addWatch /mine", shell.prompt.trimmed)
            // A stopped client sends no pings; the server lets its session expire.
            _ = try await run("/usr/bin/pkill", ["-STOP", "-f", "^\\S*zkcli -s \(server.connectString) "])
            try await eventually("the end of the session") {
                try await run(Locations.zkcli, ["-s", server.connectString, "exists", "/mine"]).status == 1
            }
            _ = try await run("/usr/bin/pkill", ["-CONT", "-f", "^\\S*zkcli -s \(server.connectString) "])
            try await shell.window.waitForText("the session has expired")
            try await shell.window.waitForText("1 watch")
            try await shell.window.enter("create -e /mine")
            try await shell.window.waitForEnd("Created /mine", shell.prompt.trimmed)
        }
        try await server.stop()
    }
}

@Suite("The shell on an ensemble")
struct EnsembleTests {
    @Test func theLeaderDiesUnderTheShell() async throws {
        let ensemble = try await TestEnsemble.start()
        let leader = try await ensemble.leader()
        let others = ensemble.servers.filter { $0 !== leader }
        let zkcli = try await ZKCLI.fresh(on: ensemble.connectString)
        try await Shell.run(on: zkcli, columns: 120, options: "-t 10s") { shell in
            let prompt = shell.zkcli.connectString.prefix(39) + "… /> "
            try await shell.window.enter("create -e /mine")
            try await shell.window.enter("addWatch /mine")
            try await shell.window.waitForEnd(prompt + "addWatch /mine", prompt.dropLast().description)
            try await shell.window.type("get /mi")
            try await leader.kill()
            // Whichever server it was on, every connection breaks: followers drop theirs until there is a new leader.
            try await shell.window.waitForText("-- disconnected")
            try await shell.window.waitForText("-- reconnected", deadline: .seconds(30))
            try await shell.window.waitForEnd(prompt + "get /mi")
            try await shell.window.press("Tab", "Enter")
            try await shell.window.waitForEnd(prompt + "get /mine", "null", prompt.dropLast().description)
            // The watch lives on, on the new connection.
            let path = zkcli.connectString.drop { $0 != "/" } + "/mine"
            _ = try await run(Locations.zkcli, ["-s", others[0].connectString, "set", String(path), "x"])
            try await shell.window.waitForText("NodeDataChanged /mine")
        }
        try await ensemble.stop()
    }
}

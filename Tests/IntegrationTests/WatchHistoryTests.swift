import Foundation
import TestSupport
import Testing

/// Plays random histories while connections are cut, servers die and sessions expire, and holds what a watch reported
/// against the tree.
@Suite("A watch and a history of changes and faults", .serialized)
struct WatchHistoryTests {
    /// Random numbers that a seed repeats.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    /// Lines of random writes on a small tree, so that they meet.
    private static func operations(_ count: Int, _ random: inout Generator) -> String {
        (0..<count).map { _ in
            let names = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                ["a", "b", "c", "d e"].randomElement(using: &random) ?? "a"
            }
            let path = "'/root/" + names.joined(separator: "/") + "'"
            return switch Int.random(in: 0..<10, using: &random) {
            case 0..<4: "create \(path) \(UInt16.random(in: 0...999, using: &random))"
            case 4..<8: "set \(path) \(UInt16.random(in: 0...999, using: &random))"
            case 8: "delete \(path)"
            default: "deleteall -y \(path)"
            }
        }.joined(separator: "\n")
    }

    private struct Line: Decodable {
        var type: String
        var path: String?
        var version: Int?
        var oldVersion: Int?
        var resynced: Bool?
        var fromZxid: String?
        var toZxid: String?
    }

    /// What the lines add up to.
    private static func sum(_ output: String) -> [String: Int] {
        var tree: [String: Int] = [:]
        for text in output.split(separator: "\n") {
            // The last line may still be on its way.
            guard let line = try? JSONDecoder().decode(Line.self, from: Data(text.utf8)), let path = line.path else {
                continue
            }
            tree[path] = line.type == "NodeDeleted" ? nil : line.version ?? tree[path]
        }
        return tree
    }

    /// Records what contradicts itself: anything told twice or left out, and gaps without a range.
    private static func check(_ output: String) throws {
        var tree: [String: Int] = [:]
        for text in output.split(separator: "\n") {
            let line = try JSONDecoder().decode(Line.self, from: Data(text.utf8))
            let isResynced = line.resynced == true
            switch (line.type, line.path) {
            case ("Initial", let path?): tree[path] = line.version
            case ("NodeCreated", let path?):
                #expect(tree[path] == nil, "created twice: \(text)")
                if !isResynced { #expect(line.version == 0, "\(text)") }
                tree[path] = line.version
            case ("NodeDataChanged", let path?):
                #expect(tree[path] == line.oldVersion, "not what was reported before: \(text)")
                let step = (line.version ?? 0) - (line.oldVersion ?? 0)
                #expect(isResynced ? step != 0 : step == 1, "a version is missing: \(text)")
                tree[path] = line.version
            case ("NodeDeleted", let path?):
                #expect(tree[path] != nil, "deleted twice: \(text)")
                tree[path] = nil
            case ("Resynced", _):
                #expect(line.fromZxid != nil && line.toZxid != nil, "a gap without a range: \(text)")
            default: break
            }
        }
    }

    /// What is there, asked znode by znode.
    private static func tree(_ zkcli: ZKCLI) async throws -> [String: Int] {
        let paths = try await zkcli("ls", "-R", "/root").out.split(separator: "\n").map(String.init)
        let lines = paths.map { "stat '\($0)'" }.joined(separator: "\n")
        let stats = try await zkcli("-o", "json", "-f", "-", stdin: Array(lines.utf8))
        struct Reply: Decodable {
            struct Stat: Decodable { var version: Int }
            var path: String
            var stat: Stat
        }
        var tree: [String: Int] = [:]
        for line in stats.out.split(separator: "\n") {
            let reply = try JSONDecoder().decode(Reply.self, from: Data(line.utf8))
            tree[reply.path] = reply.stat.version
        }
        #expect(tree.count == paths.count)
        return tree
    }

    private static func seed() -> UInt64 {
        let seed = ProcessInfo.processInfo.environment["ZKCLI_SEED"].flatMap { UInt64($0) } ?? .random(in: 0...999_999)
        print("seed \(seed); ZKCLI_SEED=\(seed) repeats it")
        return seed
    }

    /// Waits until the watch has reported a znode that is made when all else is done, then compares.
    private static func compare(_ watch: Subprocess, _ zkcli: ZKCLI, seed: UInt64) async throws {
        try await eventually("the last write", .seconds(60)) {
            try await zkcli("-t", "5s", "-waitforconnection", "create", "/root/the end").status == 0
        }
        try await watch.waitForOutput(containing: "/root/the end", deadline: .seconds(60))
        // However often the connection is lost meanwhile: in the end everything is reported.
        let actual = try await tree(zkcli)
        try await eventually("the end state", .seconds(30), { "seed \(seed)\n\(actual)\n\(watch.out)\(watch.err)" }) {
            sum(watch.out) == actual
        }
        watch.signal(SIGINT)
        let result = try await watch.wait()
        #expect(result.status == 130)
        #expect(result.err.contains(" changes in "))
        try check(result.out)
    }

    @Test func cutConnectionsAndExpiredSessions() async throws {
        let seed = Self.seed()
        var random = Generator(state: seed)
        let server = try await TestServer.start(options: ["--property", "tickTime=200"])
        let zkcli = ZKCLI(connectString: server.connectString)
        try await zkcli("create", "/root")
        let proxy = try CutProxy(target: server.port)
        let watch = try Subprocess(
            Locations.zkcli, ["-s", proxy.connectString, "-t", "1s", "watch", "-R", "--json", "--initial", "/root"])
        try await watch.waitForError(containing: "following")
        for _ in 0..<30 {
            let writer = try zkcli.start("-k", "-q")
            writer.write(Array(Self.operations(200, &random).utf8))
            writer.closeInput()
            switch Int.random(in: 0..<8, using: &random) {
            case 0, 1: proxy.cut()
            case 2:
                proxy.cut()
                usleep(20_000)
                proxy.cut()
            case 3:
                proxy.refuse(true)
                proxy.cut()
                usleep(300_000)
                proxy.refuse(false)
            case 4:
                // Longer than the session lives.
                proxy.refuse(true)
                proxy.cut()
                usleep(2_500_000)
                proxy.refuse(false)
            case 5:
                proxy.hold(true)
                usleep(100_000)
                proxy.hold(false)
            case 6:
                watch.signal(SIGSTOP)
                usleep(UInt32.random(in: 10_000...200_000, using: &random))
                watch.signal(SIGCONT)
            default: break
            }
            _ = try await writer.wait()
        }
        try await Self.compare(watch, zkcli, seed: seed)
        try await server.stop()
    }

    @Test func killedServersOfAnEnsemble() async throws {
        let seed = Self.seed()
        var random = Generator(state: seed)
        let ensemble = try await TestEnsemble.start()
        let zkcli = ZKCLI(connectString: ensemble.connectString)
        try await zkcli("create", "/root")
        let watch = try Subprocess(
            Locations.zkcli,
            ["-s", ensemble.connectString, "-t", "4s", "watch", "-R", "--json", "--initial", "/root"])
        try await watch.waitForError(containing: "following")
        for round in 0..<6 {
            let writer = try zkcli.start("-k", "-q", "-t", "10s", "-waitforconnection")
            writer.write(Array(Self.operations(400, &random).utf8))
            writer.closeInput()
            let victim = ensemble.servers[round % ensemble.servers.count]
            try await victim.restart()
            _ = try await writer.wait(deadline: .seconds(60))
        }
        try await Self.compare(watch, zkcli, seed: seed)
        try await ensemble.stop()
    }
}

import Foundation
import TestSupport
import Testing

@Suite("One command, a real server")
struct OneShotTests {
    @Test func completionForOtherShells() async throws {
        let zkcli = try await ZKCLI.fresh()
        for path in ["/app", "/app/config", "/app/config/db", "/app/config spare", "/app/other"] {
            try await zkcli("create", path)
        }
        #expect(try await zkcli("--complete-znode", "/app/c").out == "/app/config/\n/app/config spare\n")
        #expect(try await zkcli("--complete-znode", "").out == "/app/\n")
        let nothing = try await zkcli("--complete-znode", "/nope/x")
        #expect(nothing.stdout.isEmpty && nothing.stderr.isEmpty)
    }

    @Test func dataIsExact() async throws {
        let zkcli = try await ZKCLI.fresh()
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        #expect(try await zkcli("create", "/a", "-", stdin: bytes).out == "Created /a\n")
        let read = try await zkcli("get", "/a")
        #expect(read.stdout == bytes && read.stderr.isEmpty && read.status == 0)
    }

    @Test func absentEmptyAndText() async throws {
        let zkcli = try await ZKCLI.fresh()
        _ = try await zkcli("create", "/absent")
        _ = try await zkcli("create", "/empty", "")
        _ = try await zkcli("create", "/text", "café")
        #expect(try await zkcli("-o", "json", "get", "/absent").out == "{\"path\":\"/absent\",\"data\":null}\n")
        #expect(try await zkcli("-o", "json", "get", "/empty").out == "{\"path\":\"/empty\",\"data\":\"\"}\n")
        #expect(try await zkcli("-o", "json", "get", "/text").out == "{\"path\":\"/text\",\"data\":\"café\"}\n")
        #expect(try await zkcli("get", "/text").out == "café")
    }

    @Test(arguments: ["sp ace", "it's", "quo\"te", "-dash", "日本", "a,b", "back\\slash", "#hash"])
    func awkwardNames(_ name: String) async throws {
        let zkcli = try await ZKCLI.fresh()
        #expect(try await zkcli("create", "/" + name, "x").status == 0)
        #expect(try await zkcli("ls", "/").out == name + "\n")
        #expect(try await zkcli("get", "/" + name).out == "x")
        #expect(try await zkcli("delete", "/" + name).status == 0)
    }

    @Test func statusesAndMessages() async throws {
        let zkcli = try await ZKCLI.fresh()
        let missing = try await zkcli("get", "/a/b")
        #expect(missing.status == 1 && missing.out.isEmpty)
        #expect(missing.err == "zkcli: get /a/b: no such znode (NoNode)\n")
        #expect(try await zkcli("exists", "/a").status == 1)
        let orphan = try await zkcli("create", "/a/b")
        #expect(orphan.err == "zkcli: create /a/b: the parent /a does not exist (NoNode)\n")
        let unknown = try await zkcli("gte", "/")
        #expect(unknown.status == 2 && unknown.err.contains("did you mean get?"))
        let flag = try await zkcli("ls", "--bogus", "/")
        #expect(flag.status == 2 && flag.err.contains("unknown flag '--bogus'") && flag.err.contains("usage: ls"))
        #expect(try await zkcli("delete", "/x", "-v", "y").status == 2)
        #expect(try await zkcli("ls", "/", "-x").status == 2)
        let control = try await zkcli("create", "/new\nline")
        #expect(control.status == 2 && control.err.contains("U+000A"))
    }

    @Test func versions() async throws {
        let zkcli = try await ZKCLI.fresh()
        _ = try await zkcli("create", "/a", "one")
        #expect(try await zkcli("set", "-v", "0", "/a", "two").status == 0)
        let stale = try await zkcli("set", "-v", "0", "/a", "three")
        #expect(stale.status == 1 && stale.err.contains("BadVersion"))
        #expect(try await zkcli("delete", "-v", "0", "/a").status == 1)
        #expect(try await zkcli("delete", "-v", "1", "/a").status == 0)
    }

    @Test func statHasTheLabelsOfZkCli() async throws {
        let zkcli = try await ZKCLI.fresh()
        _ = try await zkcli("create", "/a", "hello")
        let labels = try await zkcli("stat", "/a").out.split(separator: "\n").map { $0.split(separator: " ")[0] }
        #expect(
            labels == [
                "cZxid", "ctime", "mZxid", "mtime", "pZxid", "cversion", "dataVersion", "aclVersion",
                "ephemeralOwner", "dataLength", "numChildren",
            ])
    }

    @Test func createModes() async throws {
        let zkcli = try await ZKCLI.fresh()
        #expect(try await zkcli("create", "-s", "/s-", "x").out == "Created /s-0000000000\n")
        #expect(try await zkcli("create", "-s", "/").out == "Created /0000000001\n")
        #expect(try await zkcli("create", "-c", "/c").status == 0)
        #expect(try await zkcli("create", "-t", "1h", "/t").status == 0)
        #expect(try await zkcli("create", "-t", "0", "/t0").status == 2)
        #expect(try await zkcli("create", "-c", "-e", "/ce").status == 2)
        let ephemeral = try await zkcli("create", "-e", "/e")
        #expect(ephemeral.status == 0 && ephemeral.err.contains("ends with this run"))
        #expect(try await zkcli("exists", "/e").status == 1)
    }

    @Test func holdKeepsAnEphemeralUntilInterrupted() async throws {
        let zkcli = try await ZKCLI.fresh()
        let holder = try zkcli.start("create", "-e", "--hold", "/lock")
        try await holder.waitForOutput(containing: "Created /lock")
        #expect(try await zkcli("exists", "/lock").status == 0)
        holder.signal(SIGINT)
        #expect(try await holder.wait().status == 130)
        #expect(try await zkcli("exists", "/lock").status == 1)
    }

    @Test func lists() async throws {
        let zkcli = try await ZKCLI.fresh()
        _ = try await zkcli("create", "/a")
        _ = try await zkcli("create", "/b")
        _ = try await zkcli("create", "/a/c")
        #expect(try await zkcli("ls", "/").out == "a\nb\n")
        #expect(try await zkcli("ls", "-R", "/").out == "/\n/a\n/a/c\n/b\n")
        #expect(try await zkcli("-o", "json", "ls", "/a").out == "{\"name\":\"c\",\"path\":\"/a/c\"}\n")
        #expect(try await zkcli("ls", "/a/c").out.isEmpty)
        #expect(try await zkcli("ls", "/nope").status == 1)
    }

    @Test func deleteall() async throws {
        let zkcli = try await ZKCLI.fresh()
        let lines = ["create /t"] + (0..<2500).map { "create /t/n\($0)" }
        let made = try await zkcli("-k", "-f", "-", stdin: Array(lines.joined(separator: "\n").utf8))
        #expect(made.status == 0)
        #expect(try await zkcli("-o", "json", "deleteall", "/t").out.contains("\"deleted\":2501"))
        #expect(try await zkcli("exists", "/t").status == 1)
        #expect(try await zkcli("deleteall", "/").status == 1)
        #expect(try await zkcli("deleteall", "/t").status == 1)
    }

    @Test func accessControlLists() async throws {
        let zkcli = try await ZKCLI.fresh()
        _ = try await zkcli("create", "/a", "x", "world:anyone:ra")
        #expect(try await zkcli("getAcl", "/a").out == "'world,'anyone\n: ra\n")
        #expect(try await zkcli("-o", "raw", "getAcl", "/a").out == "world:anyone:ra\n")
        let refused = try await zkcli("set", "/a", "y")
        #expect(refused.status == 1 && refused.err.contains("NoAuth"))
        #expect(try await zkcli("setAcl", "/a", "world:anyone:rwx").status == 2)
        #expect(try await zkcli("setAcl", "-v", "0", "/a", "world:anyone:cdrwa").status == 0)
        #expect(try await zkcli("setAcl", "-v", "0", "/a", "world:anyone:r").status == 1)
    }

    @Test func identities() async throws {
        let zkcli = try await ZKCLI.fresh()
        let result = try await zkcli(
            "-c", "addauth digest bob:secret", "-c", "create /a x auth::cdrwa", "-c", "getAcl /a", "-c", "whoami")
        #expect(result.status == 0)
        #expect(result.out.contains("'digest,'bob:fyVmFCwVbTJYrznoSu1koqYEYF0=\n: cdrwa\n"))
        #expect(result.out.contains("digest: bob"))
        #expect(try await zkcli("get", "/a").status == 1)
        let unknown = try await zkcli("addauth", "nonsense", "x")
        #expect(unknown.status == 4 && unknown.err.contains("AuthFailed"))
    }

    @Test func largeDataIsRefusedBeforeItIsSent() async throws {
        let zkcli = try await ZKCLI.fresh()
        _ = try await zkcli("create", "/a", "small")
        let big = [UInt8](repeating: 7, count: 1_000_000)
        #expect(try await zkcli("set", "/a", "-", stdin: big).status == 0)
        #expect(try await zkcli("get", "/a").stdout == big)
        let tooBig = try await zkcli("set", "/a", "-", stdin: big + big)
        #expect(tooBig.status == 1 && tooBig.err.contains("jute.maxbuffer"))
    }

    @Test func noServer() async throws {
        let port = try await TestServer.freePort()
        let result = try await run(Locations.zkcli, ["-s", "127.0.0.1:\(port),nowhere.invalid:1", "ls", "/"])
        #expect(result.status == 3 && result.out.isEmpty)
        #expect(result.err.contains("127.0.0.1:\(port): connection refused"))
        #expect(result.err.contains("nowhere.invalid:1: unknown host"))
        #expect(result.err.split(separator: "\n").count == 1)
    }

    @Test func deadFirstServerIsPassedOver() async throws {
        let server = try await TestServer.shared()
        let port = try await TestServer.freePort()
        for _ in 0..<4 {
            let result = try await run(
                Locations.zkcli, ["-s", "127.0.0.1:\(port),\(server.connectString)", "exists", "/"])
            #expect(result.status == 0)
        }
    }

    @Test func helpNeedsNoServer() async throws {
        for arguments in [["--help"], ["--version"], ["help"], ["help", "create"], ["version"]] {
            let result = try await run(Locations.zkcli, ["-s", "127.0.0.1:1"] + arguments)
            #expect(result.status == 0 && !result.out.isEmpty && result.err.isEmpty)
        }
    }

    @Test func closedPipeIsQuiet() async throws {
        let zkcli = try await ZKCLI.fresh()
        _ = try await zkcli("create", "/a")
        let line = "\(Locations.zkcli) -s \(zkcli.connectString) ls -R / | true; echo ${PIPESTATUS[0]}"
        let result = try await run("/bin/bash", ["-c", line])
        #expect(result.out == "0\n" && result.err.isEmpty)
    }
}

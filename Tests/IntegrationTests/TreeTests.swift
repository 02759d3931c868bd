import Foundation
import TestSupport
import Testing

@Suite("Whole trees")
struct TreeTests {
    private func fill(_ zkcli: ZKCLI, _ lines: String...) async throws {
        let result = try await zkcli("-f", "-", stdin: Array(lines.joined(separator: "\n").utf8))
        guard result.status == 0 else { throw TestSupportError(result.err) }
    }

    private func temporaryFile(_ name: String) -> String {
        NSTemporaryDirectory() + "zkcli-\(UUID().uuidString)-\(name)"
    }

    @Test func aListingIsInOrderByNameLevelByLevel() async throws {
        let zkcli = try await ZKCLI.fresh()
        try await fill(
            zkcli, "create /a", "create /a/b", "create '/a!b'", "create /a/b/c", "create '/a b'", "create /é")
        #expect(try await zkcli("ls", "-R", "/").out == "/\n/a\n/a/b\n/a/b/c\n/a b\n/a!b\n/é\n")
    }

    @Test func deepWideAndLarge() async throws {
        let zkcli = try await ZKCLI.fresh()
        let deep = (1...200).map { "create " + String(repeating: "/d", count: $0) }
        let wide = ["create /wide"] + (0..<3000).map { "create /wide/\($0)" }
        let script = (deep + wide).joined(separator: "\n")
        #expect(try await zkcli("-q", "-k", stdin: Array(script.utf8)).status == 0)
        let large = [UInt8](repeating: 65, count: 500_000)
        for index in 0..<20 {
            let made = try await zkcli("create", "/large\(index)", "-", stdin: large)
            #expect(made.status == 0)
        }
        let paths = try await zkcli("ls", "-R", "/").out.split(separator: "\n")
        #expect(paths.count == 3222)
        #expect(Set(paths).count == paths.count)
        #expect(try await zkcli("du", "-s", "/").out == "3222\t10000000\t/\n")
        #expect(try await zkcli("count", "/").out == "3222\n")
        #expect(try await zkcli("grep", "-l", "AAA", "/").out.split(separator: "\n").count == 20)
        #expect(try await zkcli("top-children", "-n", "2", "/").out == "3000\t/wide\n22\t/\n")
        #expect(try await zkcli("deleteall", "/wide").status == 0)
        #expect(try await zkcli("deleteall", "/d").status == 0)
        #expect(try await zkcli("count", "/").out == "21\n")
    }

    @Test func whatMayNotBeReadIsToldAndTheRestListed() async throws {
        let zkcli = try await ZKCLI.fresh()
        try await fill(
            zkcli, "create /open", "create /shut", "create /shut/in", "setAcl /shut world:anyone:cdwa", "create /z")
        let result = try await zkcli("ls", "-R", "/")
        #expect(result.status == 5 && result.out == "/\n/open\n/shut\n/z\n")
        #expect(result.err.contains("ls /shut: not permitted by the ACL (NoAuth)"))
        #expect(try await zkcli("ls", "-R", "--strict", "/").status == 1)
    }

    @Test func find() async throws {
        let zkcli = try await ZKCLI.fresh()
        try await fill(
            zkcli, "create /app", "create /app/lock-1 abc", "create /app/lock-2 abcdef", "create /app/x",
            "create /app/x/lock-3")
        func found(_ arguments: String...) async throws -> String {
            try await run(Locations.zkcli, ["-s", zkcli.connectString, "find", "/app"] + arguments).out
        }
        #expect(try await found("-name", "lock-*") == "/app/lock-1\n/app/lock-2\n/app/x/lock-3\n")
        #expect(try await found("-name", "lock-*", "-maxdepth", "1") == "/app/lock-1\n/app/lock-2\n")
        #expect(try await found("-regex", "x/.*3$") == "/app/x/lock-3\n")
        #expect(try await found("-data", "^abc$") == "/app/lock-1\n")
        #expect(try await found("-size", "+3") == "/app/lock-2\n")
        #expect(try await found("-size", "3") == "/app/lock-1\n")
        #expect(try await found("-empty") == "/app/x/lock-3\n")
        #expect(try await found("-newer", "1h").split(separator: "\n").count == 5)
        #expect(try await found("-newer", "2100-01-01") == "")
        #expect(try await found("-print0", "-name", "x") == "/app/x\0")
        #expect(try await found("-name", "x", "-exec", "echo [{}]") == "[/app/x]\n")
        #expect(try await found("-ephemeral") == "")
        #expect(try await found("-name", "lock-*", "-delete") == "")
        #expect(try await zkcli("ls", "-R", "/app").out == "/app\n/app/x\n")
    }

    @Test func grepTreeAndUsage() async throws {
        let zkcli = try await ZKCLI.fresh()
        try await fill(zkcli, "create /a 'one Two'", "create /a/b twofold", "create /a/b/c", "create /a/d")
        #expect(try await zkcli("grep", "-i", "TWO", "/a").out == "/a:one Two\n/a/b:twofold\n")
        #expect(try await zkcli("grep", "none", "/a").status == 1)
        #expect(try await zkcli("tree", "/a").out == "/a\n├── b\n│   └── c\n└── d\n")
        #expect(try await zkcli("tree", "-d", "1", "/a").out == "/a\n├── b (1)\n└── d\n")
        #expect(try await zkcli("du", "/a").out == "2\t7\t/a/b\n1\t0\t/a/d\n4\t14\t/a\n")
    }

    /// The znodes of an export, without their stats.
    private func bodies(_ file: String) async throws -> [String] {
        let reader = file.hasSuffix(".gz") ? "/bin/zcat" : "/bin/cat"
        let lines = try await run(reader, [file]).out.split(separator: "\n").map(String.init)
        return lines.dropFirst().dropLast().map { line in String(line.replacing(#/,"stat":.*/#, with: "")) }
    }

    @Test(arguments: ["x.jsonl", "x.jsonl.gz"])
    func exportImportExportIsTheSame(_ name: String) async throws {
        let zkcli = try await ZKCLI.fresh()
        let (first, second) = (temporaryFile(name), temporaryFile("second-" + name))
        defer { for file in [first, second] { try? FileManager.default.removeItem(atPath: file) } }
        try await fill(
            zkcli, "create /app text", "create '/app/with space' ''", "create /app/none", "create -s /app/seq-",
            "create /app/locked secret", "setAcl /app/locked world:anyone:ra,ip:10.0.0.0/8:cdrwa")
        #expect(try await zkcli("create", "/app/binary", "-", stdin: [0, 255, 10, 13]).status == 0)
        let export = try await zkcli("export", "/app", first)
        #expect(export.status == 0 && export.err.contains("6 znodes"))
        #expect(try await zkcli("import", first, "/copy/of/app").err.contains("6 created"))
        #expect(try await zkcli("import", first, "/copy/of/app").err.contains("6 unchanged"))
        #expect(try await zkcli("diff", "--acl", "/app", "/copy/of/app").status == 0)
        #expect(try await zkcli("diff", "--acl", "/app", first).status == 0)
        #expect(try await zkcli("getAcl", "/copy/of/app/locked").out.contains("10.0.0.0/8"))
        #expect(try await zkcli("get", "/copy/of/app/binary").stdout == [0, 255, 10, 13])
        #expect(try await zkcli("export", "/copy/of/app", second).status == 0)
        let bodies = try await [bodies(first), bodies(second)]
        #expect(bodies[0].count == 6)
        #expect(bodies[0] == bodies[1])
    }

    @Test func aCutOrDamagedExportIsNotImported() async throws {
        let zkcli = try await ZKCLI.fresh()
        let file = temporaryFile("x.jsonl")
        defer { try? FileManager.default.removeItem(atPath: file) }
        try await fill(zkcli, "create /app one", "create /app/a two", "create /app/b three")
        let whole = try await zkcli("export", "/app").stdout
        let lines = whole.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for broken in [
            Array(whole.dropLast(5)), Array(lines.dropLast(2).joined(separator: [10])) + [10],
            Array(String(decoding: whole, as: UTF8.self).replacing("three", with: "threw").utf8), [], Array("x\n".utf8),
        ] {
            try Data(broken).write(to: URL(fileURLWithPath: file))
            let result = try await zkcli("import", file, "/copy")
            #expect(result.status == 2)
            #expect(try await zkcli("exists", "/copy").status == 1)
        }
        #expect(try await zkcli("import", "-", "/copy", stdin: whole).status == 0)
        #expect(try await zkcli("diff", "/app", "/copy").status == 0)
    }

    @Test func whatIsInTheWayIsRefusedSkippedOrReplaced() async throws {
        let zkcli = try await ZKCLI.fresh()
        try await fill(zkcli, "create /app one", "create /app/a two", "create /app/b three")
        let export = try await zkcli("export", "/app").stdout
        try await fill(zkcli, "set /app/a changed", "delete /app/b")
        let refused = try await zkcli("import", "-", stdin: export)
        #expect(refused.status == 1 && refused.err.contains("/app/a is there and different"))
        #expect(try await zkcli("exists", "/app/b").status == 1)
        let dry = try await zkcli("import", "--overwrite", "--dry-run", "-", stdin: export)
        #expect(dry.out == "~ /app/a\n+ /app/b\n")
        #expect(try await zkcli("import", "--skip", "-", stdin: export).status == 0)
        #expect(try await zkcli("get", "/app/a").out == "changed")
        #expect(try await zkcli("import", "--overwrite", "-", stdin: export).status == 0)
        #expect(try await zkcli("get", "/app/a").out == "two")
    }

    @Test func ephemeralZnodesAreLeftOutUnlessAskedFor() async throws {
        let zkcli = try await ZKCLI.fresh()
        try await zkcli("create", "/app")
        let holder = try zkcli.start("create", "-e", "--hold", "/app/alive", "x")
        try await holder.waitForOutput(containing: "Created")
        #expect(!(try await zkcli("export", "/app").out.contains("alive")))
        let export = try await zkcli("export", "--ephemerals", "/app").stdout
        #expect(try await zkcli("import", "-", "/without", stdin: export).status == 0)
        #expect(try await zkcli("exists", "/without/alive").status == 1)
        #expect(try await zkcli("import", "--ephemerals", "-", "/with", stdin: export).status == 0)
        #expect(try await zkcli("get", "/with/alive").out == "x")
        #expect(try await zkcli("mv", "/app", "/moved").err.contains("is ephemeral; nothing was moved"))
        holder.signal(SIGINT)
        _ = try await holder.wait()
    }

    @Test func copyAndMove() async throws {
        let zkcli = try await ZKCLI.fresh()
        try await fill(zkcli, "create /a one", "create /a/b two", "setAcl /a/b world:anyone:ra")
        #expect(try await zkcli("cp", "/a", "/one").status == 0)
        #expect(try await zkcli("ls", "-R", "/one").out == "/one\n")
        #expect(try await zkcli("cp", "-r", "/a", "/all").status == 0)
        #expect(try await zkcli("diff", "--acl", "/a", "/all").status == 0)
        #expect(try await zkcli("cp", "-r", "/a", "/a/within").status == 2)
        try await fill(zkcli, "set /a two")
        #expect(try await zkcli("cp", "-r", "/a", "/all").status == 1)
        #expect(try await zkcli("mv", "/a", "/all").status == 1)
        #expect(try await zkcli("mv", "/all", "/moved").status == 0)
        #expect(try await zkcli("exists", "/all").status == 1)
        #expect(try await zkcli("ls", "-R", "/moved").out == "/moved\n/moved/b\n")
        let many = (["create /many"] + (0..<1500).map { "create /many/\($0)" }).joined(separator: "\n")
        #expect(try await zkcli("-k", "-q", stdin: Array(many.utf8)).status == 0)
        #expect(try await zkcli("mv", "/many", "/more").status == 0)
        #expect(try await zkcli("count", "/more").out == "1501\n")
        #expect(try await zkcli("exists", "/many").status == 1)
    }

    @Test func mirrorToAnotherEnsemble() async throws {
        let zkcli = try await ZKCLI.fresh()
        let other = try await TestServer.start()
        let place = "zk://\(other.connectString)/backup/app"
        try await fill(zkcli, "create /app one", "create /app/a two", "create /app/b three")
        #expect(try await zkcli("mirror", "/app", place).status == 0)
        #expect(try await zkcli("diff", "--acl", "/app", place).status == 0)
        try await fill(zkcli, "set /app/a changed", "delete /app/b", "create /app/c new")
        let difference = try await zkcli("diff", "--data", "/app", place)
        #expect(difference.status == 1)
        #expect(difference.out == "~ /a\n    - changed\n    + two\n+ /b\n- /c\n")
        #expect(
            try await zkcli("mirror", "--dry-run", "--delete", "/app", place).out
                == "~ /backup/app/a\n- /backup/app/b\n+ /backup/app/c\n")
        #expect(try await zkcli("mirror", "/app", place).status == 0)
        #expect(try await zkcli("diff", "/app", place).out == "+ /b\n")
        #expect(try await zkcli("mirror", "--delete", "/app", place).status == 0)
        #expect(try await zkcli("diff", "/app", place).status == 0)
        #expect(try await zkcli("mirror", "/app", "file").status == 2)
        try await other.stop()
    }

    @Test func anImportThroughADyingServerIsFinishedByRunningItAgain() async throws {
        let server = try await TestServer.start()
        let zkcli = ZKCLI(connectString: server.connectString)
        let file = temporaryFile("x.jsonl.gz")
        defer { try? FileManager.default.removeItem(atPath: file) }
        let lines = (["create /app"] + (0..<20_000).map { "create /app/\($0) data-of-\($0)" }).joined(separator: "\n")
        #expect(try await zkcli("-k", "-q", stdin: Array(lines.utf8), deadline: 60).status == 0)
        #expect(try await zkcli("export", "/app", file).status == 0)
        // Killed as soon as something has arrived.
        let cut = try Subprocess(
            Locations.zkcli, ["-t", "2s", "-s", zkcli.connectString, "import", "--no-acl", file, "/copy"])
        try await eventually("the first znodes") { try await zkcli("exists", "/copy").status == 0 }
        try await server.kill()
        let result = try await cut.wait()
        #expect(result.status == 3 || result.status == 5 || result.status == 0)
        try await server.restart()
        let again = try await zkcli("-waitforconnection", "import", file, "/copy")
        #expect(again.status == 0, "\(again.err)")
        #expect(try await zkcli("diff", "/app", "/copy").status == 0)
        // An import goes on when the server comes back while the session lives.
        let through = try Subprocess(
            Locations.zkcli, ["-t", "30s", "-s", zkcli.connectString, "import", "--no-acl", file, "/third"])
        try await eventually("the first znodes") { try await zkcli("exists", "/third").status == 0 }
        try await server.restart()
        let end = try await through.wait(deadline: .seconds(60))
        #expect(end.status == 0, "\(end.err)")
        #expect(try await zkcli("diff", "/app", "/third").status == 0)
        try await server.stop()
    }

    @Test func exportAndDeletionGoOnWhenTheServerComesBack() async throws {
        let server = try await TestServer.start()
        let zkcli = ZKCLI(connectString: server.connectString)
        let file = temporaryFile("x.jsonl")
        defer { try? FileManager.default.removeItem(atPath: file) }
        let lines = (["create /app"] + (0..<20_000).map { "create /app/\($0) data-of-\($0)" }).joined(separator: "\n")
        #expect(try await zkcli("-k", "-q", stdin: Array(lines.utf8), deadline: 60).status == 0)
        let export = try zkcli.start("export", "/app", file)
        try await eventually("the beginning") { FileManager.default.fileExists(atPath: file + ".unfinished") }
        try await server.restart()
        let exported = try await export.wait(deadline: .seconds(60))
        #expect(exported.status == 0 && exported.err.contains("20,001 znodes"), "\(exported.err)")
        #expect(try await zkcli("diff", "/app", file).status == 0)
        // One znode a transaction, so that the deletion is under way when the server dies.
        let deletion = try zkcli.start("-o", "json", "deleteall", "-b", "1", "/app")
        try await eventually("the first deletions") {
            let count = try await zkcli("count", "/app").out.split(separator: "\n").first.flatMap { Int($0) } ?? 0
            return count < 20_001
        }
        try await server.restart()
        let deleted = try await deletion.wait(deadline: .seconds(60))
        #expect(deleted.status == 0, "\(deleted.err)")
        #expect(try await zkcli("exists", "/app").status == 1)
        try await server.stop()
    }

    @Test func anExportOfATreeThatChangesSaysSo() async throws {
        let zkcli = try await ZKCLI.fresh()
        let data = String(repeating: "x", count: 4000)
        let lines = (["create /app"] + (1000..<4000).map { "create /app/\($0) \(data)" }).joined(separator: "\n")
        #expect(try await zkcli("-k", "-q", stdin: Array(lines.utf8)).status == 0)
        #expect(try await zkcli("export", "--no-acl", "/app").out.contains(#""isSnapshot":true"#))
        let gate = temporaryFile("gate")
        defer { try? FileManager.default.removeItem(atPath: gate) }
        // The reader stops behind the first bytes, and with it the export, long before the end of the tree.
        let export = try Subprocess(
            "/bin/bash",
            [
                "-c",
                """
                \(Locations.zkcli) -s \(zkcli.connectString) export --no-acl /app |
                    { head -c 1000 >/dev/null; echo ready; until [ -e \(gate) ]; do sleep 0.05; done; tail -n 1; }
                """,
            ])
        try await export.waitForOutput(containing: "ready")
        #expect(try await zkcli("set", "/app/3999", "changed").status == 0)
        try Data().write(to: URL(fileURLWithPath: gate))
        let result = try await export.wait()
        #expect(result.out.contains(#""isSnapshot":false"#))
        #expect(result.err.contains("the tree changed meanwhile, between zxid 0x"))
    }
}

import Foundation
import TestSupport
import Testing

@Suite("Commands beyond reading and writing")
struct CommandTests {
    @Test func touchAndParents() async throws {
        let zkcli = try await ZKCLI.fresh()
        #expect(try await zkcli("touch", "/a/b").status == 1)
        #expect(try await zkcli("touch", "-p", "/a/b").out == "Created /a/b\n")
        #expect(try await zkcli("touch", "/a/b").out.isEmpty)
        #expect(try await zkcli("create", "-p", "/x/y/z", "deep").status == 0)
        #expect(try await zkcli("get", "/x/y/z").out == "deep")
    }

    @Test func appendIsNotLostBetweenWriters() async throws {
        let zkcli = try await ZKCLI.fresh()
        try await zkcli("create", "/log", "")
        try await withThrowingTaskGroup(of: Int32.self) { group in
            for number in 0..<5 { group.addTask { try await zkcli("append", "/log", "\(number)").status } }
            for try await status in group { #expect(status == 0) }
        }
        #expect(try await zkcli("get", "/log").out.sorted() == Array("01234"))
    }

    @Test func base64AndHexadecimal() async throws {
        let zkcli = try await ZKCLI.fresh()
        try await zkcli("create", "/b")
        #expect(try await zkcli("set", "-b", "/b", "AAEC/w==").status == 0)
        #expect(try await zkcli("get", "/b").stdout == [0, 1, 2, 255])
        #expect(try await zkcli("get", "-b", "/b").out == "AAEC/w==\n")
        #expect(try await zkcli("get", "-x", "/b").out.contains("|00000000| 00 01 02 ff   "))
        for text in ["!!", "A", "A===", "AAA=A"] {
            let refused = try await zkcli("set", "-b", "/b", text)
            #expect(refused.status == 2 && refused.err.contains("not Base64"), "\(text)")
        }
    }

    @Test func transactionsAreAllOrNothing() async throws {
        let zkcli = try await ZKCLI.fresh()
        try await zkcli("create", "/a", "1")
        let done = try await zkcli("txn", "create /a/b 'two words'", "set /a 2", "check -v 1 /a")
        #expect(done.status == 0 && done.out == "Created /a/b\n")
        #expect(try await zkcli("get", "/a/b").out == "two words")
        let failed = try await zkcli("txn", "set /a 3", "delete -v 9 /a/b", "create /a/c")
        #expect(failed.status == 1)
        #expect(failed.err.contains("operation 2 (delete -v 9 /a/b): the version does not match"))
        #expect(try await zkcli("get", "/a").out == "2")
        let piped = try await zkcli("txn", "-", stdin: Array("# both\ncreate /a/d\n\ndelete /a/b\n".utf8))
        #expect(piped.status == 0)
        #expect(try await zkcli("ls", "/a").out == "d\n")
        #expect(try await zkcli("txn", "ls /").status == 2)
    }

    @Test func quotas() async throws {
        let server = try await TestServer.shared().connectString
        let zkcli = ZKCLI(connectString: server)
        let top = "/quota-" + (try await ZKCLI.fresh().connectString.suffix(8))
        try await zkcli("touch", "-p", "\(top)/a/b")
        #expect(try await zkcli("listquota", "\(top)/a").status == 1)
        #expect(try await zkcli("setquota", "-n", "3", "\(top)/a").status == 0)
        #expect(try await zkcli("setquota", "-B", "40", "\(top)/a").status == 0)
        let listed = try await zkcli("listquota", "\(top)/a").out
        #expect(listed.contains("Output quota for \(top)/a count=3,bytes=-1=;byteHardLimit=40\n"))
        #expect(listed.contains("Output stat for \(top)/a count=2,bytes=0\n"))
        #expect(try await zkcli("setquota", "-n", "1", top).err.contains("its descendant \(top)/a has a quota"))
        #expect(try await zkcli("setquota", "-n", "1", "\(top)/a/b").err.contains("its ancestor \(top)/a"))
        #expect(try await zkcli("listquota", "\(top)/a/b").err.contains("its ancestor \(top)/a"))
        #expect(try await zkcli("setquota", "-n", "1", "\(top)/a").err.contains("less than what is there already: 2"))
        #expect(try await zkcli("delquota", "-n", "\(top)/a").status == 0)
        #expect(try await zkcli("delquota", "-n", "\(top)/a").status == 1)
        #expect(try await zkcli("delquota", "\(top)/a").status == 0)
        #expect(try await zkcli("exists", "/zookeeper/quota\(top)").status == 1)
        #expect(try await zkcli("setquota", "-n", "0", "\(top)/a").status == 2)
        #expect(try await ZKCLI.fresh()("setquota", "-n", "1", "/").err.contains("without one"))
    }

    @Test func closeAndConnect() async throws {
        let zkcli = try await ZKCLI.fresh()
        let lines = "create -e /mine\nclose\nls /\nconnect\nls /\nprintwatches off\nprintwatches\n"
        let result = try await zkcli("-k", "-f", "-", stdin: Array(lines.utf8))
        #expect(result.status == 3)
        #expect(result.err.contains("stdin:3: the session is closed; 'connect' opens another one"))
        #expect(result.out == "Created /mine\nprintwatches is off\n")
        #expect(try await zkcli("connect", "[::1").status == 2)
    }

    @Test func fourLetterWords() async throws {
        let server = try await TestServer.shared()
        let zkcli = ZKCLI(connectString: server.connectString)
        #expect(try await zkcli("ruok").out == "imok\n")
        #expect(try await zkcli("4lw", "srvr").out.contains("Mode: standalone"))
        #expect(try await zkcli("-o", "json", "srvr").out.contains("\"Mode\":\"standalone\""))
        let both = ZKCLI(connectString: "127.0.0.1:1,\(server.connectString)")
        #expect(try await both("ruok").out == "imok\n")
        let all = try await both("4lw", "-a", "ruok")
        #expect(all.status == 5 && all.err.contains("127.0.0.1:1: connection refused"))
        #expect(try await ZKCLI(connectString: "127.0.0.1:1")("ruok").status == 3)
    }

    @Test func formerNamesSayTheNewOnes() async throws {
        let zkcli = try await ZKCLI.fresh()
        try await zkcli("touch", "-p", "/a/b")
        let listed = try await zkcli("ls2", "/a")
        #expect(listed.out.hasPrefix("b\ncZxid = ") && listed.err == "ls2 is called 'ls -s' now\n")
        #expect(try await zkcli("rmr", "/a").err == "rmr is called 'deleteall' now\n")
        #expect(try await zkcli("exists", "/a").status == 1)
    }

    @Test func whatDeleteallWouldDo() async throws {
        let zkcli = try await ZKCLI.fresh()
        try await zkcli("touch", "-p", "/a/b/c")
        #expect(try await zkcli("deleteall", "--dry-run", "/a").out == "/a\n/a/b\n/a/b/c\n")
        #expect(try await zkcli("exists", "/a/b/c").status == 0)
    }

    @Test func aMissingChrootIsNamed() async throws {
        let there = try await ZKCLI.fresh()
        let missing = ZKCLI(connectString: there.connectString + "/missing")
        for arguments in [["ls", "/"], ["create", "/a"], ["get", "/a/b"]] {
            let result = try await run(Locations.zkcli, ["-s", missing.connectString] + arguments)
            #expect(result.status == 1 && result.err.contains("/missing of the connect string does not exist"))
        }
        #expect(try await !there("get", "/nope").err.contains("chroot"))
    }

    @Test func permissionsHaveNames() async throws {
        let zkcli = try await ZKCLI.fresh()
        try await zkcli("create", "/a", "x", "world:anyone:read+write+admin")
        #expect(try await zkcli("getAcl", "/a").out == "'world,'anyone\n: rwa\n")
        #expect(try await zkcli("-o", "json", "getAcl", "/a").out.contains(#""permissions":["read","write","admin"]"#))
        #expect(try await zkcli("setAcl", "/a", "world:anyone:all").status == 0)
        #expect(try await zkcli("getAcl", "/a").out == "'world,'anyone\n: cdrwa\n")
        let password = try await zkcli("setAcl", "/a", "digest:bob:pw:all")
        #expect(password.status == 2 && password.err.contains("is no digest"))
    }

    @Test func syncOfAMissingZnodeSaysSo() async throws {
        let zkcli = try await ZKCLI.fresh()
        #expect(try await zkcli("sync", "/").out == "Sync is OK\n")
        #expect(try await zkcli("sync", "/nope").status == 1)
    }

    @Test func digestIsTheServersOwn() async throws {
        let zkcli = try await ZKCLI.fresh()
        #expect(try await zkcli("digest", "bob:pw").out == "bob:ikIaKsbtGweaHnb/jKn7OHqbunM=\n")
        #expect(try await zkcli("digest", "nobody").status == 2)
    }

    @Test func reconfigurationIsRefusedInWords() async throws {
        let zkcli = try await ZKCLI.fresh()
        let refused = try await zkcli("reconfig", "-remove", "3")
        #expect(refused.status == 1 && refused.err.contains("disabled"))
        #expect(try await zkcli("reconfig").status == 2)
        #expect(try await zkcli("reconfig", "-file", "x", "-add", "y").status == 2)
    }

    @Test func profilesRefuseAndAsk() async throws {
        let zkcli = try await ZKCLI.fresh()
        let home = NSTemporaryDirectory() + "zkcli-home-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: home + "/zkcli", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: home) }
        let text = """
            [safe]
            server = \(zkcli.connectString)
            read-only = true
            [careful]
            server = \(zkcli.connectString)
            confirm = true
            """
        try text.write(toFile: home + "/zkcli/config", atomically: true, encoding: .utf8)
        func run(_ arguments: String...) async throws -> CommandResult {
            try await TestSupport.run(Locations.zkcli, arguments, environment: ["XDG_CONFIG_HOME": home])
        }
        let refused = try await run("-p", "safe", "create", "/a")
        #expect(refused.status == 1 && refused.err.contains("the profile 'safe' is read-only"))
        #expect(try await run("-p", "safe", "ls", "/").status == 0)
        let unasked = try await run("-p", "careful", "create", "/a")
        #expect(unasked.status == 1 && unasked.err.contains("nobody to ask"))
        #expect(try await run("-y", "-p", "careful", "create", "/a").status == 0)
        #expect(try await run("-p", "nope", "ls", "/").err.contains("there are safe, careful"))
        // A write is a write inside a script, and under another profile chosen there.
        let chroot = try await run("-p", "safe", "-k", "-c", "connect \(zkcli.connectString)/a", "-c", "create /b")
        #expect(chroot.status == 1 && chroot.err.contains("-c:2: create: refused, the profile 'safe' is read-only"))
        let script = try await run("-p", "careful", "-k", "-c", "use safe", "-c", "set /a x", "-c", "get /a")
        #expect(script.status == 1 && script.err.contains("-c:2: set: refused"))
    }

    @Test func javaPropertiesAreReadOrNamed() async throws {
        let zkcli = try await ZKCLI.fresh()
        let file = NSTemporaryDirectory() + "zkcli-properties-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: file) }
        try "# c\njute.maxbuffer = 2000\nzookeeper.sasl.client=false\n".write(
            toFile: file, atomically: true, encoding: .utf8)
        let large = [UInt8](repeating: 65, count: 3000)
        let refused = try await zkcli("-client-configuration", file, "create", "/a", "-", stdin: large)
        #expect(refused.status == 1 && refused.err.contains("more than the 2000 a server takes"))
        #expect(refused.err.contains("ignored: zookeeper.sasl.client"))
        try "zookeeper.client.secure=true".write(toFile: file, atomically: true, encoding: .utf8)
        #expect(try await zkcli("-client-configuration", file, "ls", "/").status == 2)
    }
}

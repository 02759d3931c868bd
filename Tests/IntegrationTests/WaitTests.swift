import Foundation
import TestSupport
import Testing

@Suite("Waiting for a condition")
struct WaitTests {
    @Test(arguments: [
        (["/a"], ["create /a"]),
        (["--deleted", "/there"], ["delete /there"]),
        (["--children", "2", "/there"], ["create /there/x", "create /there/y"]),
        (["--children", "1", "/a"], ["create /a", "create /a/b"]),
        (["--data", "^re+ady$", "/there"], ["set /there not", "set /there reeady"]),
        (["--data", "x", "/a"], ["create /a", "set /a x"]),
        (["--version", "2", "/there"], ["set /there 1", "set /there 2"]),
    ])
    func endsWhenItHolds(_ arguments: [String], _ changes: [String]) async throws {
        let zkcli = try await ZKCLI.fresh()
        try await zkcli("create", "/there", "data")
        let wait = try Subprocess(
            Locations.zkcli, ["-v", "-s", zkcli.connectString, "wait", "--timeout", "20s"] + arguments)
        for change in changes {
            #expect(!wait.hasEnded)
            #expect(try await zkcli("-c", change).status == 0)
        }
        let result = try await wait.wait()
        #expect(result.status == 0 && result.out.isEmpty)
    }

    @Test(arguments: [
        ["/there"], ["--deleted", "/none"], ["--children", "0", "/there"], ["--data", "d", "/there"],
        ["--version", "0", "/there"],
    ])
    func endsAtOnceWhenItHoldsAlready(_ arguments: [String]) async throws {
        let zkcli = try await ZKCLI.fresh()
        try await zkcli("create", "/there", "data")
        let result = try await run(
            Locations.zkcli, ["-s", zkcli.connectString, "wait", "--timeout", "20s"] + arguments)
        #expect(result.status == 0)
    }

    @Test func timeIsUp() async throws {
        let zkcli = try await ZKCLI.fresh()
        let result = try await zkcli("wait", "--timeout", "200ms", "/never")
        #expect(result.status == 3)
        #expect(result.err == "zkcli: wait /never: time is up; there is no such znode\n")
    }

    @Test func conditionsThatMakeNoSense() async throws {
        let zkcli = try await ZKCLI.fresh()
        #expect(try await zkcli("wait", "--deleted", "--exists", "/a").status == 2)
        let result = try await zkcli("wait", "--data", "(", "/a")
        #expect(result.status == 2 && result.err.contains("is no regular expression"))
    }

    @Test func throughALostConnectionAndAnExpiredSession() async throws {
        let server = try await TestServer.start(options: ["--property", "tickTime=200"])
        let zkcli = ZKCLI(connectString: server.connectString)
        let proxy = try CutProxy(target: server.port)
        let wait = try Subprocess(Locations.zkcli, ["-v", "-s", proxy.connectString, "-t", "1s", "wait", "/late"])
        try await eventually("the connection") { try await server.fourLetterWord("wchs").contains("Total watches:1") }
        proxy.cut()
        try await eventually("the watch again") { try await server.fourLetterWord("wchs").contains("Total watches:1") }
        proxy.refuse(true)
        proxy.cut()
        try await eventually("the expiry") { try await server.fourLetterWord("wchs").contains("Total watches:0") }
        try await zkcli("create", "/late")
        proxy.refuse(false)
        #expect(try await wait.wait().status == 0)
        try await server.stop()
    }
}

import Testing

@testable import ZooKeeperClient

@Suite struct ConnectStringTests {
    @Test(arguments: [
        ("zk1", "zk1:2181"), ("zk1:2182", "zk1:2182"), ("zk1,zk2:99", "zk1:2181,zk2:99"),
        (" zk1 , ,zk2 ", "zk1:2181,zk2:2181"), ("[::1]", "[::1]:2181"), ("[fe80::1]:7/app", "[fe80::1]:7/app"),
        ("zk1/", "zk1:2181"), ("zk1/a/b", "zk1:2181/a/b"), ("zk1:", "zk1:2181"),
    ])
    func legal(_ text: String, _ meaning: String) throws {
        #expect(try ConnectString(text).description == meaning)
    }

    @Test(arguments: [
        "", ",", "zk1/a/", "zk1//", "::1", "[::1", "[::1]x", "zk1:x", "zk1:0", "zk1:65536", ":2181", "/a",
    ])
    func illegal(_ text: String) {
        #expect(throws: ConnectString.Invalid.self) { try ConnectString(text) }
    }

    @Test func theMessageNamesThePart() {
        let error = #expect(throws: ConnectString.Invalid.self) { try ConnectString("a:1,b:x") }
        #expect(error?.description == "the port 'x' of 'b:x' is not a number from 1 to 65535")
    }
}

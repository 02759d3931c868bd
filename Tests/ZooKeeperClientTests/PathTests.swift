import Testing

@testable import ZooKeeperClient

@Suite struct PathTests {
    @Test(arguments: ["/", "/a", "/a/b", "/sp ace", "/it's", "/日本", "/a.b", "/...", "/😀"])
    func legal(_ text: String) throws {
        #expect(try ZPath(validating: text).description == text)
    }

    @Test(arguments: [
        ("", ZPathError.empty), ("a", .notAbsolute), ("/a/", .trailingSlash), ("//a", .emptyName(at: 1)),
        ("/a//b", .emptyName(at: 3)), ("/a/./b", .relativeName(at: 4)), ("/a/..", .relativeName(at: 5)),
        ("/a\u{1}", .invalidCharacter(1, at: 2)), ("/\u{0}", .invalidCharacter(0, at: 1)),
        ("/\u{e000}", .invalidCharacter(0xE000, at: 1)),
    ])
    func illegal(_ text: String, _ reason: ZPathError) {
        #expect(throws: reason) { try ZPath(validating: text) }
    }

    @Test func bytesThatAreNotUTF8() {
        #expect(throws: ZPathError.notUTF8(at: 2)) { try ZPath(validating: [0x2F, 0x61, 0xFF]) }
    }

    @Test func sequentialPathsMayEndInASlash() throws {
        #expect(try ZPath(validating: "/a/", sequential: true).description == "/a/")
    }

    @Test func composedAndDecomposedAreTwoPaths() {
        #expect(ZPath("/\u{e9}") != ZPath("/e\u{301}"))
        #expect(Set<ZPath>(["/\u{e9}", "/e\u{301}"]).count == 2)
    }

    @Test func parts() {
        let path: ZPath = "/a/b"
        #expect(path.parent == "/a" && path.parent?.parent == .root && ZPath.root.parent == nil)
        #expect(Array(path.name) == Array("b".utf8))
        #expect(ZPath.root.child(Array("a".utf8)) == "/a")
        #expect(path.isWithin("/a") && !ZPath("/app2").isWithin("/app") && path.isWithin(.root))
    }

    @Test func chroot() {
        let chroot = Chroot(path: "/app")
        #expect(chroot.serverPath("/a") == "/app/a" && chroot.serverPath(.root) == "/app")
        #expect(chroot.clientPath("/app/a") == "/a" && chroot.clientPath("/app") == .root)
        #expect(chroot.clientPath("/app2") == nil)
        #expect(Chroot.none.serverPath("/a") == "/a" && Chroot.none.clientPath("/a") == "/a")
    }
}

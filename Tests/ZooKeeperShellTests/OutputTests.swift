import CommandLanguage
import Testing

@testable import ZooKeeperShell

@Suite("What is printed")
struct OutputTests {
    @Test(arguments: [
        ("{}", "{}"), ("[1,2]", "[\n  1,\n  2\n]"), (" {\"a\" : \"x\\\"y\"}", "{\n  \"a\": \"x\\\"y\"\n}"),
        ("{\"n\":1.50,\"t\":true}", "{\n  \"n\": 1.50,\n  \"t\": true\n}"),
    ])
    func jsonIsIndentedAndElseAsItWas(_ text: String, _ expected: String) {
        #expect(PrettyJSON.indented(Array(text.utf8)) == expected)
    }

    @Test(arguments: ["", "12", "\"x\"", "{", "{\"a\"}", "[1,]", "[1 2]", "{} x", "[nul]", "{a:1}"])
    func whatIsNoObjectOrArrayIsLeft(_ text: String) {
        #expect(PrettyJSON.indented(Array(text.utf8)) == nil)
    }

    @Test func deepNestingIsNoTrap() {
        #expect(PrettyJSON.indented([UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)) == nil)
    }

    @Test(arguments: [[], [1], [1, 2], [1, 2, 3], [255, 254, 253, 252]] as [[UInt8]])
    func base64BothWays(_ bytes: [UInt8]) {
        #expect(Base64.decode(Array(Base64.encode(bytes).utf8)) == bytes)
    }

    @Test func hexDumpIsThatOfZkCli() {
        #expect(
            HexDump.lines(Array("ixteen bytes and a few".utf8))[3...] == [
                "|00000000| 69 78 74 65 65 6e 20 62 79 74 65 73 20 61 6e 64 |ixteen bytes and|",
                "|00000010| 20 61 20 66 65 77                               | a few          |",
                "+--------+-------------------------------------------------+----------------+",
            ])
    }

    @Test func controlCharactersNeverReachTheTerminal() {
        #expect(TerminalText.escaped("a\u{1b}[31mb\u{202e}c\n") == "a\\u{1b}[31mb\\u{202e}c\\n")
        #expect(!ReadableData.text(Array("x\u{1b}]0;title\u{7}".utf8)).unicodeScalars.contains("\u{1b}"))
    }

    @Test func compressedDataIsUnpackedAndBrokenDataIsNot() {
        let packed: [UInt8] = [0x78, 0x9c, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x06, 0x2c, 0x02, 0x15]
        #expect(Compression.unpacked(packed) == Array("hello".utf8))
        for count in 0..<packed.count { #expect(Compression.unpacked(Array(packed[..<count])) == nil) }
        #expect(Compression.unpacked(Array("hello".utf8)) == nil)
    }

    @Test func quotaText() {
        var quota = Quota(Array("count=3,bytes=30=;byteHardLimit=40;countHardLimit=4".utf8))
        #expect(quota.text == "count=3,bytes=30=;byteHardLimit=40;countHardLimit=4")
        quota[.byteHardLimit] = nil
        quota[.countHardLimit] = nil
        quota[.count] = nil
        #expect(quota.text == "count=-1,bytes=30")
        #expect(Quota(Array("rubbish,=,count=x".utf8)).isEmpty)
    }
}

@Suite("The configuration file")
struct ConfigurationFileTests {
    private static func profiles(_ text: String) throws -> [Profile] {
        try ConfigurationFile.profiles(in: text, of: "config")
    }

    @Test func settingsForAllAndForOne() throws {
        let profiles = try Self.profiles(
            "# all\ntimeout = 8s\n\n[ prod ]\r\nserver=zk1:2181/app\r\nread-only = yes  # be safe\n[lab]\ntimeout=1m\n")
        #expect(profiles.map(\.name) == [nil, "prod", "lab"])
        #expect(profiles[1].server == "zk1:2181/app" && profiles[1].isReadOnly)
        #expect(profiles.map(\.timeout?.milliseconds) == [8000, 8000, 60_000])
        #expect(!profiles[2].isReadOnly && !profiles[2].confirmsWrites)
    }

    @Test(arguments: [
        ("x", 1, "neither"), ("\n[a\n", 2, "begins with"), ("[]", 1, "begins with"),
        ("colour = auto", 1, "unknown key"),
        ("[a]\n[a]", 2, "twice"), ("read-only = perhaps", 1, "neither true nor false"), ("timeout = soon", 1, "soon"),
    ])
    func mistakesAreToldWithTheirLine(_ text: String, _ line: Int, _ words: String) {
        #expect {
            try Self.profiles(text)
        } throws: { error in
            guard let error = error as? ShellError else { return false }
            return error.message.hasPrefix("config:\(line): ") && error.message.contains(words)
        }
    }
}

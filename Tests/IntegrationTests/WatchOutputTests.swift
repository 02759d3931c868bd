import Foundation
import TestSupport
import Testing

@Suite("What a watch prints and runs")
struct WatchOutputTests {
    /// Starts a watch, makes changes, and hands over the lines without their times.
    private func lines(
        _ arguments: [String], count: Int, prepare: [String] = [], changes: [String]
    ) async throws -> (lines: [String], result: CommandResult) {
        let zkcli = try await ZKCLI.fresh()
        for line in prepare { try await change(zkcli, line) }
        let watch = try Subprocess(
            Locations.zkcli,
            ["-s", zkcli.connectString, "watch", "-n", "\(count)", "--timestamps", "none"] + arguments)
        try await watch.waitForError(containing: "/w")
        for line in changes { try await change(zkcli, line) }
        let result = try await watch.wait()
        #expect(result.status == 0, "\(result.err)")
        let text = result.out.replacing(#/\ mzxid=0x[0-9a-f]+/#, with: "")
        return (text.split(separator: "\n").map(String.init), result)
    }

    /// Runs a line; one with line breaks is several commands, one with tabs the words of one command.
    private func change(_ zkcli: ZKCLI, _ line: String) async throws {
        let words = line.split(separator: "\t").map(String.init)
        let arguments = words.count > 1 ? words : ["-c", line]
        let result = try await run(Locations.zkcli, ["-s", zkcli.connectString] + arguments)
        #expect(result.status == 0, "\(line): \(result.err)")
    }

    @Test func versionsSizesAndChildren() async throws {
        let (lines, _) = try await lines(
            ["/w"], count: 4, prepare: ["create /w a"],
            changes: ["set /w bcd", "create /w/x", "delete /w/x", "delete /w"])
        #expect(
            lines == [
                "NodeDataChanged /w version=0->1 size=3",
                "NodeChildrenChanged /w size=3 children=1 +x",
                "NodeChildrenChanged /w size=3 -x",
                "NodeDeleted /w version=1",
            ])
    }

    @Test func initialSnapshotAndData() async throws {
        let (lines, _) = try await lines(
            ["-R", "-d", "--initial", "/w"], count: 1, prepare: ["create /w a", "create /w/x b"],
            changes: ["set /w/x c"])
        #expect(
            lines == [
                "Initial /w version=0 size=1 children=1 a",
                "Initial /w/x version=0 size=1 b",
                "NodeDataChanged /w/x version=0->1 size=1 c",
            ])
    }

    @Test func differencesOfLinesAndFields() async throws {
        let (lines, _) = try await lines(
            ["-R", "--diff", "/w"], count: 2,
            prepare: ["create /w '{\"a\":1,\"b\":[true]}'", "create\t/w/t\tone\ntwo"],
            changes: ["set /w '{\"a\":2,\"b\":[true],\"c\":null}'", "set\t/w/t\tone\n2"])
        #expect(
            lines == [
                "NodeDataChanged /w version=0->1 size=27 children=1",
                "    .a: 1 -> 2",
                "    .c: (none) -> null",
                "NodeDataChanged /w/t version=0->1 size=5",
                "    - two",
                "    + 2",
            ])
    }

    @Test func filters() async throws {
        let (only, _) = try await lines(
            ["-R", "--only", "deleted,changed", "/w"], count: 2, prepare: ["create /w"],
            changes: ["create /w/x", "set /w/x 1", "delete /w/x"])
        #expect(only == ["NodeDataChanged /w/x version=0->1 size=1", "NodeDeleted /w/x version=1"])
        let (globs, _) = try await lines(
            ["-R", "--match", "job-*", "--exclude", "/w/old/*", "/w"], count: 2,
            prepare: ["create /w", "create /w/old"],
            changes: ["create /w/other", "create /w/job-1", "create /w/old/job-2", "create /w/other/job-3"])
        #expect(globs == ["NodeCreated /w/job-1 version=0 size=0", "NodeCreated /w/other/job-3 version=0 size=0"])
    }

    @Test func everyVersionOfABurstIsToldOnce() async throws {
        let count = 3000
        let sets = (0..<count).map { "set /w/\($0 % 5) \($0)" }.joined(separator: "\n")
        let zkcli = try await ZKCLI.fresh()
        try await zkcli("create", "/w")
        for name in 0..<5 { try await zkcli("create", "/w/\(name)") }
        let watch = try zkcli.start("watch", "-R", "-d", "--json", "-n", "\(count)", "/w")
        try await watch.waitForError(containing: "following")
        #expect(try await zkcli("-k", stdin: Array(sets.utf8)).status == 0)
        let lines = try await watch.wait().out.split(separator: "\n")
        #expect(lines.count == count && !lines.contains { $0.contains("resynced") })
        for name in 0..<5 {
            let versions = lines.filter { $0.contains("\"/w/\(name)\"") }.compactMap {
                $0.firstMatch(of: #/"oldVersion":(\d+),"version":(\d+)/#).map { "\($0.1) \($0.2)" }
            }
            #expect(versions == (0..<count / 5).map { "\($0) \($0 + 1)" })
        }
    }

    @Test func aclChangesThatCanBeSeen() async throws {
        let (lines, _) = try await lines(
            ["/w"], count: 2, prepare: ["create /w"], changes: ["setAcl /w world:anyone:cdrwa", "set /w x"])
        #expect(lines == ["NodeDataChanged /w version=0->1 size=1", "ACLChanged /w aversion=0->1"])
    }

    @Test func commandsRunInOrderWithWhatChanged() async throws {
        let (lines, result) = try await lines(
            [
                "-R", "--exec", #"echo "$ZKCLI_EVENT $ZKCLI_PATH $ZKCLI_VERSION $(cat)"; [ "$ZKCLI_PATH" != /w/bad ]"#,
                "/w",
            ],
            count: 3, prepare: ["create /w"], changes: ["create /w/a one", "create /w/bad two", "delete /w/a"])
        #expect(
            lines.filter { !$0.contains("=") }
                == [
                    "NodeCreated /w/a 0 one", "NodeCreated /w/bad 0 two", "NodeDeleted /w/a 0",
                ].map { $0.hasSuffix("/a 0") ? $0 + " " : $0 })
        #expect(result.err.contains("watch: the command for NodeCreated /w/bad ended with status 1"))
    }

    @Test func aBurstIsSettledIntoOneRun() async throws {
        let (lines, _) = try await lines(
            ["-R", "--settle", "300ms", "--exec", #"echo "run $ZKCLI_CHANGES $ZKCLI_PATH""#, "/w"], count: 20,
            prepare: ["create /w"], changes: [(0..<20).map { "create /w/\($0)" }.joined(separator: "\n")])
        #expect(lines.filter { $0.hasPrefix("run") } == ["run 20 /w/19"])
    }

    @Test func aCommandThatHangsHoldsUpNothingAndIsEnded() async throws {
        let zkcli = try await ZKCLI.fresh()
        try await zkcli("create", "/w")
        let watch = try zkcli.start("watch", "-R", "--exec", "echo started $$; exec sleep 1000", "/w")
        try await watch.waitForError(containing: "following")
        for name in ["a", "b"] { try await zkcli("create", "/w/\(name)") }
        try await watch.waitForOutput(containing: "NodeCreated /w/b")
        try await watch.waitForOutput(containing: "started ")
        watch.signal(SIGTERM)
        let result = try await watch.wait()
        #expect(result.status == 130)
        #expect(result.err.contains("watch: 2 changes in "))
        let pid = try #require(result.out.firstMatch(of: /started (\d+)/).flatMap { Int32($0.1) })
        #expect(kill(pid, 0) == -1)
    }

    @Test func optionsThatMakeNoSense() async throws {
        let zkcli = try await ZKCLI.fresh()
        #expect(try await zkcli("watch", "--only", "born", "/w").status == 2)
        #expect(try await zkcli("watch", "--settle", "1s", "/w").status == 2)
        #expect(try await zkcli("watch", "--exec-parallel", "0", "--exec", "x", "/w").status == 2)
    }
}

import CommandLanguage
import Foundation
import TestSupport
import Testing

@testable import ZooKeeperShell

/// The examples of the help are lines that run; each is run here, on a tree in which it makes sense.
@Suite("The examples of the help")
struct ExampleTests {
    /// What the examples speak of.
    private static let preparation = """
        deleteall --force -y /
        create /app
        set /app 1
        set /app 2
        set /app 3
        create /app/config one
        set /app/config two
        create /app/ready
        create /app/a
        create /app/b
        create /app/log ''
        create /app/old
        set /app/old 1
        set /app/old 2
        create /app/old/child
        """

    /// Commands whose examples need more than a tree, and how they end here.
    ///
    /// A server that stands alone refuses to be reconfigured; the history, jobs, the editor and questions belong to the
    /// shell; other servers than the test's are not there.
    private static let statuses: [String: Int32] = [
        "reconfig": 1, "redo": 2, "edit": 2, "kill": 1, "connect": 3, "addauth digest": 2,
        "diff --data app.jsonl.gz /app": 1, "diff zk://localhost:2181/app /app": 3,
        "mirror /app zk://localhost:2181/backup": 3,
    ]

    /// An export of one znode; files need not be compressed, whatever their name says.
    private static let export = """
        {"format":"zkcli-export","version":1,"source":"s","path":"/app","zxid":"0x1","time":"2026-11-24T00:00:00.000Z"}
        {"path":"/","data":"3"}
        {"end":true,"znodes":1,"sha1":"3a42efa0ed3b79078f7348e0ea90df2a5d386e29"}

        """

    /// What must be there before some of them.
    private static let conditions: [String: [String]] = [
        "create /app '": ["deleteall /app"],
        "delete ": ["delete /app/old/child"],
        "txn 'create": ["delete /app/old/child"],
        "setAcl /app/config auth": ["addauth digest me:secret"],
        "listquota": ["setquota -n 10 /app"],
        "delquota": ["setquota -n 10 /app"],
        "removewatches": ["addWatch /app"],
        "import app": ["deleteall /app"],
        "cd ..": ["cd /app"],
    ]

    @Test func allOfThemRun() async throws {
        let server = try await TestServer.start(options: ["--property", "4lw.commands.whitelist=*"])
        let directory = NSTemporaryDirectory() + "zkcli-examples-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory + "/zkcli", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for (name, text) in [
            "zkcli/config": "[prod]\nserver = \(server.connectString)\n", "changes.zk": "pwd\n",
            "secret.txt": "me:secret", "app.jsonl.gz": Self.export,
        ] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: directory + "/" + name))
        }
        for spec in CommandTable.all.map({ $0.spec }) {
            #expect(!spec.examples.isEmpty, "\(spec.name) has no example")
            for example in spec.examples {
                let result = try await run(example.line, in: directory, server)
                let expected = Self.statuses[example.line] ?? Self.statuses[spec.name] ?? 0
                #expect(result.status == expected, "\(example.line)\n\(result.out)\(result.err)")
            }
        }
        try await server.stop()
    }

    private func run(_ line: String, in directory: String, _ server: TestServer) async throws -> CommandResult {
        let isEndless = line.hasPrefix("watch ") || line.contains("--hold")
        let conditions = Self.conditions.first { line.hasPrefix($0.key) }?.value ?? []
        let lines = (conditions + [line]).map { "-c " + TerminalWindow.quoted($0) }.joined(separator: " ")
        // What runs until interrupted is interrupted.
        let command = """
            cd \(TerminalWindow.quoted(directory)) || exit 99
            \(Locations.zkcli) -k -f - >/dev/null 2>&1 <<'END'
            \(Self.preparation)
            END
            echo data | EDITOR=true XDG_CONFIG_HOME=$PWD \(isEndless ? "timeout --preserve-status -s INT 0.5 " : "")\
            \(Locations.zkcli) -y \(lines)
            status=$?; [ $status = 130 ] && status=0; exit $status
            """
        return try await TestSupport.run(
            "/bin/sh", ["-c", command], environment: ["ZKCLI_SERVER": server.connectString])
    }
}

import Foundation
import TestSupport
import Testing

/// The same lines by zkCli.sh and by zkcli, each against a tree of its own.
@Suite("Side by side with zkCli.sh")
struct TranscriptTests {
    private static let zkCli = "/usr/share/zookeeper/bin/zkCli.sh"
    private static let file = Locations.project + "/Tests/IntegrationTests/Transcripts/commands.txt"

    private struct Line {
        enum Kind: String {
            case same = ""
            case refused = "~ "
            case answered = "= "
        }

        var text: String
        var kind: Kind
    }

    private static func lines() throws -> [Line] {
        try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
            .map { line in
                let kind = [Line.Kind.refused, .answered].first { line.hasPrefix($0.rawValue) } ?? .same
                return Line(text: String(line.dropFirst(kind.rawValue.count)), kind: kind)
            }
    }

    /// Each line's output, told apart by a znode that is read between lines.
    private static func outputs(_ command: [String], _ lines: [Line]) async throws -> [[String]] {
        let script = lines.map { $0.text + "\nget /mark\n" }.joined()
        // One stream, so that errors stand where they belong.
        let result = try await run(
            "/bin/bash", ["-c", "exec \"$@\" 2>&1", "bash"] + command, stdin: Array(script.utf8),
            deadline: .seconds(60))
        let parts = result.out.components(separatedBy: "=mark=\n").map { $0.components(separatedBy: "\n") }
        guard parts.count == lines.count + 1 else {
            throw TestSupportError("\(parts.count - 1) results for \(lines.count) lines:\n\(result.out)")
        }
        return parts.dropLast()
    }

    /// What both mean, without what only one of them says.
    private static func meaning(_ output: [String]) -> [String] {
        var meaning: [String] = []
        for line in output {
            // Banners; and events, which race with results in zkCli.sh.
            let noise = ["WATCHER::", "SLF4J", "Connecting to", "Welcome to", "JLine support"]
            if line.isEmpty || noise.contains(where: line.hasPrefix) { continue }
            if line.hasPrefix("WatchedEvent") || line.contains("WatchRemoved") { continue }
            if line.hasPrefix("["), line.hasSuffix("]") {
                meaning += line.dropFirst().dropLast().components(separatedBy: ", ").filter { !$0.isEmpty }
            } else if let equals = line.range(of: " = "), line.first?.isLetter == true {
                // Zxids and times differ between any two runs.
                let label = String(line[..<equals.lowerBound])
                let isStable = ["cversion", "dataVersion", "aclVersion", "dataLength", "numChildren"].contains(label)
                meaning.append(isStable ? line : label)
            } else {
                meaning.append(line)
            }
        }
        return meaning.sorted()
    }

    @Test func resultsAndTrees() async throws {
        let lines = try Self.lines()
        let (theirs, ours) = (try await ZKCLI.fresh(), try await ZKCLI.fresh())
        for zkcli in [theirs, ours] { try await zkcli("create", "/mark", "=mark=\n") }
        let expected = try await Self.outputs([Self.zkCli, "-server", theirs.connectString], lines)
        let actual = try await Self.outputs([Locations.zkcli, "-k", "-q", "-s", ours.connectString, "-f", "-"], lines)
        for (line, (expected, actual)) in zip(lines, zip(expected, actual)) {
            let isFailure = actual.contains { $0.hasPrefix("stdin:") }
            let (theirs, ours) = (Self.meaning(expected), Self.meaning(actual))
            switch line.kind {
            case .refused: #expect(isFailure, "\(line.text): \(actual)")
            case .answered: #expect(!isFailure && ours != theirs, "\(line.text): \(actual)")
            case .same where isFailure:
                // The words differ; that it failed, and printed no result, must not.
                let isRefused = !theirs.isEmpty && !theirs.contains { $0.hasPrefix("Created") }
                #expect(isRefused, "\(line.text): \(expected) \(actual)")
            case .same: #expect(ours == theirs, "\(line.text)")
            }
        }
        #expect(try await Self.tree(ours) == Self.tree(theirs))
    }

    /// Paths, data and ACLs, but for the part where they are meant to differ.
    private static func tree(_ zkcli: ZKCLI) async throws -> [String] {
        var tree: [String] = []
        for path in try await zkcli("ls", "-R", "/").out.split(separator: "\n") where !path.hasPrefix("/differ") {
            let path = String(path)
            tree.append(try await path + zkcli("get", "-b", path).out + zkcli("getAcl", path).out)
        }
        return tree
    }
}

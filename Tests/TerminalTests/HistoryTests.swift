import Foundation
import TestSupport
import Testing

@Suite("The shell's history")
struct HistoryTests {
    @Test func itOutlivesTheShellAndKeepsNoSecrets() async throws {
        let file = NSTemporaryDirectory() + "zkcli-history-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: file) }
        let zkcli = try await ZKCLI.fresh()
        try await Shell.run(on: zkcli, history: file) { shell in
            for line in [
                "ls /", "ls /", " pwd", "addauth digest me:secret", "pwd ; addauth digest me:secret", "version",
            ] {
                try await shell.window.enter(line)
            }
            try await shell.window.waitForEnd("zkcli 0.1.0", shell.prompt.trimmed)
            try await shell.window.press("C-d")
            try await shell.window.waitForText("exit status")
        }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "ls /\nversion\n")
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        try await Shell.run(on: zkcli, history: file) { shell in
            try await shell.window.press("Up", "Up")
            try await shell.window.waitForEnd(shell.prompt + "ls /")
            try await shell.window.press("Down")
            try await shell.window.waitForEnd(shell.prompt + "version")
            try await shell.window.press("C-c", "C-r")
            try await shell.window.type("ls")
            try await shell.window.waitForText("bck:ls")
            try await shell.window.press("Enter")
            try await shell.window.enter("history")
            try await shell.window.waitForText("- history")
        }
    }

    @Test func theArrowsFindLinesThatBeginAsTyped() async throws {
        try await Shell.run { shell in
            for line in ["pwd", "version", "ls /"] { try await shell.window.enter(line) }
            try await shell.window.waitForText("ls /")
            try await shell.window.type("pw")
            try await shell.window.press("Up")
            try await shell.window.waitForEnd(shell.prompt + "pwd")
        }
    }

    @Test func severalShellsAppendToOneFile() async throws {
        let file = NSTemporaryDirectory() + "zkcli-history-\(UUID().uuidString)"
        try Data().write(to: URL(fileURLWithPath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        let zkcli = try await ZKCLI.fresh()
        let count = 30
        try await withThrowingTaskGroup(of: Void.self) { group in
            for name in ["a", "b", "c"] {
                group.addTask {
                    try await Shell.run(on: zkcli, history: file) { shell in
                        try await shell.window.paste((0..<count).map { "pwd # \(name)\($0)\n" }.joined())
                        try await shell.window.press("Enter")
                        for line in 0..<count { try await shell.window.enter("pwd # \(name)\(line)") }
                        try await shell.window.waitForText("pwd # \(name)\(count - 1)")
                        try await shell.window.enter("quit")
                        try await shell.window.waitForText("exit status", deadline: .seconds(20))
                    }
                }
            }
            try await group.waitForAll()
        }
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(String.init)
        for name in ["a", "b", "c"] {
            let own = lines.filter { $0.hasPrefix("pwd # \(name)") && !$0.contains("\\n") }
            #expect(own == (0..<count).map { "pwd # \(name)\($0)" })
        }
    }
}

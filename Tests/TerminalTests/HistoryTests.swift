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
}

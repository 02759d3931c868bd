import Foundation
import TestSupport
import Testing

@Suite("Lines of several parts")
struct BackgroundTests {
    @Test func aWatchInTheBackground() async throws {
        try await Shell.run { shell in
            try await shell.zkcli("create", "/seen")
            try await shell.window.enter("watch -R /seen &")
            try await shell.window.waitForText("[1] watch -R /seen")
            try await shell.window.waitForText("watch: following 1 znode under /seen")
            try await shell.window.type("get /se")
            try await shell.zkcli("create", "/seen/child")
            try await shell.window.waitForText("NodeCreated /seen/child")
            try await shell.window.type("en/child ; jobs")
            try await shell.window.press("Enter")
            try await shell.window.waitForEnd("[1] watch -R /seen", shell.prompt.trimmed)
            try await shell.window.enter("kill 1")
            try await shell.window.waitForText("1 created")
            try await shell.window.enter("jobs")
            try await shell.window.waitForEnd(shell.prompt + "jobs", shell.prompt.trimmed)
            try await shell.zkcli("set", "/seen", "x")
            try await shell.window.enter("kill 1")
            try await shell.window.waitForEnd("kill: there is no job 1", shell.prompt.trimmed)
            try await shell.window.enter("get /seen &")
            try await shell.window.waitForEnd("get: only watch runs in the background", shell.prompt.trimmed)
            try await shell.window.enter("watch /seen &")
            try await shell.window.waitForText("[2] watch /seen")
            try await shell.window.press("C-d")
            try await shell.window.waitForText("exit status 0")
        }
    }

    @Test func aBackslashContinuesTheLine() async throws {
        try await Shell.run { shell in
            try await shell.window.enter("create /long \\")
            try await shell.window.waitForEnd(">")
            try await shell.window.enter("'in two lines'")
            try await shell.window.enter("get /long")
            try await shell.window.waitForEnd("in two lines", shell.prompt.trimmed)
            try await shell.window.enter("create /never \\")
            try await shell.window.waitForEnd(">")
            try await shell.window.press("C-c")
            try await shell.window.enter("exists /never")
            try await shell.window.waitForEnd("false", shell.prompt.trimmed)
        }
    }

    @Test func theConfiguredPagerShowsWhatIsRead() async throws {
        let directory = NSTemporaryDirectory() + "zkcli-config-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory + "/zkcli", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try Data("pager = sed s/^/paged:/\n".utf8).write(to: URL(fileURLWithPath: directory + "/zkcli/config"))
        try await Shell.run(environment: ["XDG_CONFIG_HOME": directory]) { shell in
            try await shell.window.enter("create /p data")
            try await shell.window.enter("get /p")
            try await shell.window.waitForEnd("Created /p", shell.prompt + "get /p", "paged:data", shell.prompt.trimmed)
        }
    }
}

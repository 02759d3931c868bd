import TestSupport
import Testing

@Suite("Under a shell with job control")
struct JobControlTests {
    @Test func suspendAndForeground() async throws {
        let zkcli = try await ZKCLI.fresh()
        let window = try await TerminalWindow(
            "bash --norc -i", environment: ["PS1": "bash$ ", "ZKCLI_HISTORY": "", "LC_ALL": "C.UTF-8"])
        try await window.waitForEnd("bash$")
        try await window.enter("\(Locations.zkcli) -s \(zkcli.connectString)")
        try await window.waitForText("/>")
        try await window.type("create /jobs x")
        try await window.waitForText("create /jobs x")
        try await window.press("C-z")
        try await window.waitForText("Stopped")
        // The terminal is as the other shell wants it.
        try await window.enter("echo on the outside")
        try await window.waitForText("on the outside")
        try await window.enter("fg")
        try await window.waitForEnd("\(zkcli.connectString) /> create /jobs x")
        try await window.press("Enter")
        try await window.waitForEnd("Created /jobs", "\(zkcli.connectString) />")
        try await window.press("C-d")
        try await window.waitForEnd("bash$")
        try await window.close()
    }
}

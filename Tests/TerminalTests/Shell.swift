import Foundation
import TestSupport

/// The interactive shell in a window, on a path of its own, with a history of its own.
struct Shell: Sendable {
    static let welcome = "zkcli 0.1.0: 'help' lists the commands, Tab completes, Ctrl-D leaves"

    let window: TerminalWindow
    let zkcli: ZKCLI
    let history: String
    var prompt: String { "\(zkcli.connectString) /> " }

    /// Opens the shell, waits for its prompt, does something, and closes it.
    static func run(
        on zkcli: ZKCLI? = nil, columns: Int = 80, rows: Int = 24, history: String? = nil, options: String = "-t 6s",
        environment: [String: String] = [:], _ body: (Shell) async throws -> Void
    ) async throws {
        let fresh: ZKCLI
        if let zkcli { fresh = zkcli } else { fresh = try await ZKCLI.fresh() }
        let file = history ?? NSTemporaryDirectory() + "zkcli-history-\(UUID().uuidString)"
        // Not the first start, whose tips would be in the way.
        if history == nil { try Data().write(to: URL(fileURLWithPath: file)) }
        let window = try await TerminalWindow(
            "\(Locations.zkcli) -s \(TerminalWindow.quoted(fresh.connectString)) \(options)", columns: columns,
            rows: rows,
            environment: ["ZKCLI_HISTORY": file, "EDITRC": "/dev/null", "LC_ALL": "C.UTF-8"].merging(environment) { $1 }
        )
        let shell = Shell(window: window, zkcli: fresh, history: file)
        do {
            try await window.waitForText("/>")
            try await body(shell)
        } catch {
            try? await window.close()
            throw error
        }
        try await window.close()
        if history == nil { try? FileManager.default.removeItem(atPath: file) }
    }
}

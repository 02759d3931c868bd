import Foundation

/// A program on a pseudo-terminal of a fixed size, with a whole screen to look at: a window of tmux.
public final class TerminalWindow: Sendable {
    private static let tmux = "/usr/bin/tmux"
    private let socket = NSTemporaryDirectory() + "zkcli-test-\(UUID().uuidString).tmux"

    /// Starts a shell command; when it ends, the screen says `exit status` and the number.
    public init(
        _ command: String, columns: Int = 80, rows: Int = 24, environment: [String: String] = [:]
    ) async throws {
        let settings = environment.map { "\($0.key)=\(Self.quoted($0.value))" }.sorted().joined(separator: " ")
        // Never longer than a test may take, should the test itself be killed; colours, whatever the tests run in.
        let line =
            "trap : INT; env -u NO_COLOR \(settings) \(command); status=$?; stty -a | grep -qw -e -icanon -e -echo && echo not sane; echo exit status $status; exec sleep 60"
        try await tmux(
            "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
            "timeout --foreground 120 sh -c \(Self.quoted(line))")
    }

    /// A word for a shell.
    public static func quoted(_ text: String) -> String {
        "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }

    @discardableResult
    private func tmux(_ arguments: String...) async throws -> String {
        // UTF-8 whatever the tests' locale; no configuration of the person who runs them.
        let result = try await run(
            Self.tmux, ["-S", socket, "-u", "-f", "/dev/null"] + arguments, environment: ["LC_ALL": "C.UTF-8"])
        guard result.status == 0 else { throw TestSupportError("tmux \(arguments): \(result.err)") }
        return result.out
    }

    /// Types text.
    public func type(_ text: String) async throws { try await tmux("send-keys", "-l", "--", text) }

    /// Presses keys by tmux's names: Tab, Enter, C-c, Up.
    public func press(_ keys: String...) async throws {
        for key in keys { try await tmux("send-keys", key) }
    }

    /// Types a line and Enter.
    public func enter(_ line: String) async throws {
        try await type(line)
        try await press("Enter")
    }

    /// Pastes, in brackets when the program asked for them.
    public func paste(_ text: String) async throws {
        try await tmux("set-buffer", "--", text)
        try await tmux("paste-buffer", "-p")
    }

    /// Changes the size.
    public func resize(columns: Int, rows: Int) async throws {
        try await tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
    }

    /// The screen's lines, without blanks at their ends and without empty lines at the bottom.
    public func screen() async throws -> [String] {
        var lines = try await tmux("capture-pane", "-p").split(separator: "\n", omittingEmptySubsequences: false).map {
            String($0.reversed().drop { $0 == " " }.reversed())
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// The screen with its colours, as escape sequences.
    public func coloredScreen() async throws -> String { try await tmux("capture-pane", "-p", "-e") }

    /// Everything on the screen and what was scrolled off it, wrapped lines joined.
    public func everything() async throws -> String { try await tmux("capture-pane", "-p", "-J", "-S", "-") }

    /// The cursor's column and row, from 0.
    public func cursor() async throws -> [Int] {
        try await tmux("display-message", "-p", "#{cursor_x} #{cursor_y}").split { $0 == " " || $0 == "\n" }
            .compactMap { Int($0) }
    }

    /// Waits until the screen is just so.
    public func waitForScreen(_ expected: [String], deadline: Duration = .seconds(10)) async throws {
        try await wait("the screen\n\(expected.joined(separator: "\n"))\n", deadline) { $0 == expected }
    }

    /// Waits until the screen ends with these lines.
    public func waitForEnd(_ expected: String..., deadline: Duration = .seconds(10)) async throws {
        try await waitForEnd(expected, deadline: deadline)
    }

    /// Waits until the screen ends with these lines.
    public func waitForEnd(_ expected: [String], deadline: Duration = .seconds(10)) async throws {
        try await wait("a screen that ends with\n\(expected.joined(separator: "\n"))\n", deadline) {
            $0.suffix(expected.count) == expected[...]
        }
    }

    /// Waits until a line of the screen holds a text.
    public func waitForText(_ text: String, deadline: Duration = .seconds(10)) async throws {
        try await wait("'\(text)' on the screen", deadline) { $0.contains { $0.contains(text) } }
    }

    private func wait(
        _ what: String, _ deadline: Duration, _ condition: @Sendable ([String]) -> Bool
    ) async throws {
        let end = ContinuousClock.now + deadline
        var lines = try await screen()
        while !condition(lines) {
            if ContinuousClock.now > end {
                throw TestSupportError("waited in vain for \(what)\nThe screen is:\n\(lines.joined(separator: "\n"))")
            }
            try await Task.sleep(for: .milliseconds(15))
            lines = try await screen()
        }
    }

    /// Closes the window; what runs in it is hung up.
    public func close() async throws {
        try await tmux("kill-server")
        try? FileManager.default.removeItem(atPath: socket)
    }
}

import Foundation
import TestSupport
import Testing

@Suite("Typing at the prompt")
struct EditingTests {
    @Test func welcomeCommandAndResult() async throws {
        try await Shell.run { shell in
            try await shell.zkcli("create", "/cfg", "hello")
            try await shell.window.enter("get /cfg")
            try await shell.window.waitForScreen([
                Shell.welcome,
                shell.prompt + "get /cfg",
                "hello",
                shell.prompt.trimmed,
            ])
            try await shell.window.press("C-d")
            try await shell.window.waitForEnd(shell.prompt.trimmed, "exit status 0")
        }
    }

    @Test func errorsLeaveTheShellAndItsLastStatus() async throws {
        try await Shell.run { shell in
            try await shell.window.enter("get /nope")
            try await shell.window.enter("gte /nope")
            try await shell.window.waitForScreen([
                Shell.welcome,
                shell.prompt + "get /nope",
                "get /nope: no such znode (NoNode)",
                shell.prompt + "gte /nope",
                "unknown command 'gte'",
                "did you mean get?",
                shell.prompt.trimmed,
            ])
            try await shell.window.enter("quit")
            try await shell.window.waitForText("exit status")
        }
    }

    @Test func controlCAbandonsTheLine() async throws {
        try await Shell.run { shell in
            try await shell.window.type("create /half")
            try await shell.window.waitForEnd(shell.prompt + "create /half")
            try await shell.window.press("C-c")
            try await shell.window.waitForScreen([
                Shell.welcome, shell.prompt + "create /half^C", shell.prompt.trimmed,
            ])
            #expect(try await shell.zkcli("exists", "/half").status == 1)
        }
    }

    @Test func controlCEndsTheRunningCommand() async throws {
        try await Shell.run { shell in
            try await shell.window.enter("watch /")
            try await shell.window.waitForText("watch: following /")
            try await shell.window.press("C-c")
            try await shell.window.waitForEnd(shell.prompt.trimmed)
            try await shell.window.enter("pwd")
            try await shell.window.waitForEnd(shell.prompt + "pwd", "/", shell.prompt.trimmed)
        }
    }

    @Test func aPasswordIsNotShownAndControlCEndsTheQuestion() async throws {
        try await Shell.run { shell in
            try await shell.window.enter("addauth digest")
            try await shell.window.waitForEnd("user:password for digest:")
            try await shell.window.enter("me:secret")
            try await shell.window.waitForEnd("user:password for digest:", shell.prompt.trimmed)
            try await shell.window.enter("addauth digest")
            try await shell.window.waitForEnd("user:password for digest:")
            try await shell.window.press("C-c")
            try await shell.window.waitForEnd(shell.prompt.trimmed)
            // Nobody else reads the terminal any more.
            try await shell.window.enter("whoami")
            try await shell.window.waitForText("digest: me")
            #expect(try await !shell.window.everything().contains("secret"))
        }
    }

    @Test func deleteallAsksFirst() async throws {
        try await Shell.run { shell in
            try await shell.zkcli("touch", "-p", "/old/a/b")
            try await shell.window.enter("deleteall /old")
            try await shell.window.waitForEnd("delete 3 znodes under /old? [y/N]")
            try await shell.window.press("n", "Enter")
            try await shell.window.waitForEnd("deleteall /old: nothing was deleted", shell.prompt.trimmed)
            #expect(try await shell.zkcli("exists", "/old/a/b").status == 0)
            try await shell.window.enter("redo -1")
            try await shell.window.waitForEnd("delete 3 znodes under /old? [y/N]")
            try await shell.window.press("y", "Enter")
            try await shell.window.waitForEnd(shell.prompt.trimmed)
            #expect(try await shell.zkcli("exists", "/old").status == 1)
        }
    }

    @Test func theEditorWritesBackWhatNobodyElseChanged() async throws {
        let editor = NSTemporaryDirectory() + "zkcli-editor-\(UUID().uuidString)"
        try await Shell.run(environment: ["EDITOR": "sh \(editor)"]) { shell in
            try await shell.zkcli("create", "/text", "before")
            try "sed -i s/before/after/ \"$1\"".write(toFile: editor, atomically: true, encoding: .utf8)
            try await shell.window.enter("edit /text")
            try await shell.window.waitForEnd(shell.prompt + "edit /text", shell.prompt.trimmed)
            #expect(try await shell.zkcli("get", "/text").out == "after")
            let rival = "\(Locations.zkcli) -s \(shell.zkcli.connectString) set /text rival; echo mine >>\"$1\""
            try rival.write(toFile: editor, atomically: true, encoding: .utf8)
            try await shell.window.enter("edit /text")
            try await shell.window.waitForEnd("/text was changed by somebody else meanwhile; edit again? [y/N]")
            try ":".write(toFile: editor, atomically: true, encoding: .utf8)
            try await shell.window.press("y", "Enter")
            try await shell.window.waitForEnd(shell.prompt.trimmed)
            #expect(try await shell.zkcli("get", "/text").out == "aftermine\n")
        }
        try FileManager.default.removeItem(atPath: editor)
    }

    @Test func dataIsShownAsWhatItIs() async throws {
        try await Shell.run { shell in
            try await shell.zkcli("create", "/json", "{\"a\":[1,{}],\"b\":\"x\"}")
            try await shell.zkcli("create", "/bytes", "-", stdin: [0x1f, 0x8b, 0, 1])
            try await shell.window.enter("get /json")
            try await shell.window.waitForEnd(
                "{", "  \"a\": [", "    1,", "    {}", "  ],", "  \"b\": \"x\"", "}", shell.prompt.trimmed)
            try await shell.window.enter("get /bytes")
            try await shell.window.waitForText("gzip, 4 bytes")
            try await shell.window.waitForText("|00000000| 1f 8b 00 01")
        }
    }

    @Test func pipesFilesAndSeveralCommands() async throws {
        let file = NSTemporaryDirectory() + "zkcli-redirect-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: file) }
        try await Shell.run(columns: 160) { shell in
            let window = shell.window
            try await window.enter("touch -p /a/lock-1 ; create /a/other 'x y' ; pwd")
            try await window.waitForEnd("Created /a/lock-1", "Created /a/other", "/", shell.prompt.trimmed)
            try await window.enter("ls -R / | grep lock | sed s/lock/LOCK/")
            try await window.waitForEnd("/a/LOCK-1", shell.prompt.trimmed)
            try await window.enter("get /a/other > \(file) ; create /copy < \(file)")
            try await window.waitForEnd("Created /copy", shell.prompt.trimmed)
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "x y")
            #expect(try await shell.zkcli("get", "/copy").out == "x y")
            // A program that reads no further is no trouble, nor is one that fails.
            try await shell.zkcli("create", "/big", "-", stdin: [UInt8](repeating: 65, count: 900_000))
            try await window.enter("get /big | head -c 5; echo")
            try await window.waitForEnd("AAAAA", shell.prompt.trimmed)
            try await window.enter("get /big | no-such-program")
            try await window.waitForText("not found")
            try await window.enter("!echo local; false")
            try await window.waitForEnd("local", "!: the program ended with status 1", shell.prompt.trimmed)
            try await window.enter("pwd")
            try await window.waitForEnd(shell.prompt + "pwd", "/", shell.prompt.trimmed)
            try await window.enter("!!")
            try await window.waitForEnd(shell.prompt + "!!", "pwd", "/", shell.prompt.trimmed)
            try "create /sourced\nget /nope\ncreate /never\n".write(toFile: file, atomically: true, encoding: .utf8)
            try await window.enter("source \(file)")
            try await window.waitForText("\(file):2: get /nope: no such znode (NoNode)")
            #expect(try await shell.zkcli("exists", "/sourced").status == 0)
            #expect(try await shell.zkcli("exists", "/never").status == 1)
        }
    }

    @Test func controlDInsideALineDeletes() async throws {
        try await Shell.run { shell in
            try await shell.window.type("pwdx")
            try await shell.window.press("Left", "C-d", "C-d", "Enter")
            try await shell.window.waitForEnd(shell.prompt + "pwd", "/", shell.prompt.trimmed)
        }
    }

    @Test func wideCharactersMoveTheCursorByTwo() async throws {
        try await Shell.run { shell in
            try await shell.window.type("create /日本語 ünï")
            try await shell.window.press("Home", "End", "Left")
            try await shell.window.waitForEnd(shell.prompt + "create /日本語 ünï")
            #expect(try await shell.window.cursor() == [shell.prompt.count + 8 + 6 + 1 + 2, 1])
            try await shell.window.press("Enter")
            try await shell.window.waitForEnd("Created /日本語", shell.prompt.trimmed)
            #expect(try await shell.zkcli("get", "/日本語").out == "ünï")
        }
    }

    @Test func fiftyPastedLinesRunInOrder() async throws {
        try await Shell.run { shell in
            try await shell.window.paste((1...50).map { "create /n\($0)\n" }.joined())
            try await shell.window.press("Enter")
            try await shell.window.waitForText("Created /n50", deadline: .seconds(20))
            #expect(try await shell.zkcli("getAllChildrenNumber", "/").out == "50\n")
            let created = try await shell.window.everything().split(separator: "\n").filter { $0.hasPrefix("Created") }
            #expect(created == (1...50).map { "Created /n\($0)" })
        }
    }

    @Test func resizeKeepsTheLine() async throws {
        try await Shell.run { shell in
            let line = "create /a " + String(repeating: "0123456789", count: 9)
            try await shell.window.type(line)
            try await shell.window.waitForText("6789")
            try await shell.window.resize(columns: 120, rows: 30)
            try await shell.window.waitForEnd((shell.prompt + line).wrapped(at: 120))
            try await shell.window.resize(columns: 50, rows: 20)
            try await shell.window.waitForEnd((shell.prompt + line).wrapped(at: 50))
            try await shell.window.press("C-a", "Right", "Enter")
            try await shell.window.waitForText("Created /a")
            #expect(try await shell.zkcli("get", "/a").out == String(line.dropFirst(10)))
        }
    }

    @Test func twentyColumnsAndADumbTerminal() async throws {
        try await Shell.run(columns: 20, rows: 10) { shell in
            try await shell.window.enter("create /narrow abc")
            try await shell.window.waitForText("Created /narrow")
        }
        try await Shell.run(environment: ["TERM": "dumb"]) { shell in
            try await shell.window.enter("create /dumb abc")
            try await shell.window.waitForText("Created /dumb")
            #expect(try await !shell.window.everything().contains("["))
        }
    }

    @Test func terminationLeavesTheTerminalSane() async throws {
        try await Shell.run { shell in
            try await shell.window.type("half a line")
            try await shell.window.waitForText("half a line")
            // By its history file's name: other shells may run at the same time.
            _ = try await run("/usr/bin/pkill", ["-TERM", "-f", "^\\S*zkcli -s \(shell.zkcli.connectString) "])
            try await shell.window.waitForText("exit status 130")
        }
    }
}

extension String {
    /// Without the blank at the end that a screen does not show.
    var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }

    /// Rows of a screen.
    func wrapped(at columns: Int) -> [String] {
        var rows: [String] = []
        var rest = Substring(self)
        while !rest.isEmpty {
            rows.append(String(rest.prefix(columns)).trimmed)
            rest = rest.dropFirst(columns)
        }
        return rows
    }
}

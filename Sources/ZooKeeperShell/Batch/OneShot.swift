import CommandLanguage

/// One command from the command line, then the end.
@ShellActor
enum OneShot {
    static func run(_ words: [Word], _ shell: Shell) async -> ExitStatus {
        shell.endsAfterCommand = true
        do throws(ShellError) {
            try await Invocation.run(words, in: shell, prefix: "zkcli")
            try await shell.streams.out.flush()
            return .done
        } catch {
            // What was printed before the failure still counts.
            try? await shell.streams.out.flush()
            for line in error.lines(prefix: "zkcli") { await shell.tell(line) }
            return error.status
        }
    }
}

/// A command line's words made into a command and run.
@ShellActor
enum Invocation {
    static func run(_ words: [Word], in shell: Shell, prefix: String) async throws(ShellError) {
        let parsed = try await parse(words, in: shell)
        let context = CommandContext(shell: shell, command: parsed.name, prefix: prefix)
        // What changes the tree makes wrong what Tab has found before.
        if parsed.type.isWrite { shell.znodeCandidates.forget() }
        defer { if parsed.type.isWrite { shell.znodeCandidates.forget() } }
        try await parsed.command.run(in: context)
    }

    static func parse(
        _ typed: [Word], in shell: Shell
    ) async throws(ShellError) -> (name: String, type: any Command.Type, command: any Command) {
        var words = typed
        if let former = CommandTable.former.first(where: { $0.name == words.first?.text }) {
            words.replaceSubrange(..<1, with: former.successor.map { Word($0) })
            await shell.noteOnce("\(former.name) is called '\(former.successor.joined(separator: " "))' now")
        }
        if let word = words.first, CommandTable.shortcuts.contains(word.text) {
            words.insert(Word(FourLetterWordCommand.names[0]), at: 0)
        }
        let parsed: (name: String, type: any Command.Type, command: any Command)
        do throws(UsageError) {
            parsed = try CommandTable.command(for: words)
        } catch {
            var told = ShellError(error)
            let isOption = words.dropFirst().contains { Options.spec.parameter(named: $0.text) != nil }
            if isOption, error.message.hasPrefix("unknown flag") {
                told.hints.append("options of zkcli itself stand before the command")
            }
            throw told
        }
        if parsed.type.isWrite { try await shell.allowWrite(words) }
        return parsed
    }
}

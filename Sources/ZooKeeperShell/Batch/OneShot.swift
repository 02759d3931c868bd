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
        let parsed = try parse(words)
        let context = CommandContext(shell: shell, command: parsed.name, prefix: prefix)
        try await parsed.command.run(in: context)
    }

    static func parse(
        _ words: [Word]
    ) throws(ShellError) -> (name: String, type: any Command.Type, command: any Command) {
        do throws(UsageError) {
            return try CommandTable.command(for: words)
        } catch {
            throw ShellError(error)
        }
    }
}

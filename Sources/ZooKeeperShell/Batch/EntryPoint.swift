import CommandLanguage
import Glibc
import ZooKeeperClient

/// The program: reads the command line, does what it says, answers the exit status.
@ShellActor
public enum Main {
    /// Runs with the arguments that follow the program's name, bytes as they came, and exits.
    ///
    /// The calling thread, which must be the main one, becomes the shell's.
    public nonisolated static func run(_ arguments: [[UInt8]]) -> Never {
        // A reader that went away is noticed when writing; it must not kill the process before the session is closed.
        signal(SIGPIPE, SIG_IGN)
        closeNoStandardStream()
        Signals.serve()
        SessionExecutor.adoptThread {
            // Everything is flushed and closed: tearing the process down from within would cost a tenth of a short run.
            Task.ofShell { _exit(await status(arguments).rawValue) }
        }
    }

    private static func status(_ arguments: [[UInt8]]) async -> ExitStatus {
        let streams = Streams()
        do throws(ShellError) {
            let options = try Options(arguments.map { Word(bytes: $0) })
            let status = try await run(options, streams)
            try await streams.out.flush()
            return status
        } catch {
            for line in error.lines(prefix: "zkcli") { await streams.tell(line) }
            return error.status
        }
    }

    /// A stream that the caller closed must not become a socket of ours.
    ///
    /// Opened for reading only, it still refuses output, so that lost results are an error.
    private nonisolated static func closeNoStandardStream() {
        while true {
            let descriptor = open("/dev/null", O_RDONLY)
            if descriptor > STDERR_FILENO {
                close(descriptor)
                return
            }
            if descriptor < 0 { return }
        }
    }

    private static func run(_ options: Options, _ streams: Streams) async throws(ShellError) -> ExitStatus {
        let arguments = options.arguments
        if arguments[Options.help] {
            let width = streams.out.isTerminal ? min(streams.out.width, 100) : 80
            try await streams.out.write(Help.program(Program.spec, width: width))
            return .done
        }
        if arguments[Options.version] {
            try await streams.out.write("zkcli \(Version.number)\n")
            return .done
        }
        if let generated = arguments[Options.generate] {
            try await streams.out.write(generated.text)
            return .done
        }
        let shell = Shell(options: options, streams: streams)
        if let ignored = options.properties?.ignored, !ignored.isEmpty, !options.isQuiet {
            await streams.tell("zkcli: -client-configuration: ignored: \(ignored.joined(separator: ", "))")
        }
        if let prefix = arguments[Options.completeZnode] { return await ZnodePrefix.print(prefix, shell) }
        let lines = arguments[Options.command]
        let files = arguments[Options.file]
        if !options.words.isEmpty {
            guard lines.isEmpty, files.isEmpty else {
                throw ShellError("a command and -c or -f are both given; choose one", status: .usage)
            }
            return await Interruption.run(shell) { await OneShot.run(options.words, shell) }
        }
        if !lines.isEmpty || !files.isEmpty {
            return await Interruption.run(shell) { await Script.run(lines: lines, files: files, shell) }
        }
        if isatty(STDIN_FILENO) == 1 {
            return await REPL(shell).run()
        }
        return await Interruption.run(shell) { await Script.run(lines: [], files: ["-"], shell) }
    }
}

extension Options.Generated {
    var text: String {
        switch self {
        case .man: ManPage.page(Program.spec)
        case .bash: BashCompletion.script(Program.spec)
        case .zsh: ZshCompletion.script(Program.spec)
        case .fish: FishCompletion.script(Program.spec)
        }
    }
}

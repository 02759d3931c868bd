import Dispatch
import Glibc

/// A program of this machine, run in the foreground on the same terminal.
enum LocalProcess {
    /// Runs a line with the shell, `arguments` as its `$1` and so on, and gives the exit status; nil when it cannot start.
    ///
    /// Ctrl-C is the program's own business meanwhile.
    static func run(_ line: String, _ arguments: [String]) async -> Int32? {
        guard let pid = start(line, arguments, input: STDIN_FILENO) else { return nil }
        return await Signals.leaving(SIGINT) { await wait(for: pid) }
    }

    /// Starts a line of the shell with some variables set; the process id, nil when it cannot start.
    static func start(
        _ line: String, _ arguments: [String] = [], input: Int32, environment: [String: String] = [:],
        isGroupLeader: Bool = false
    ) -> pid_t? {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Signals are blocked and ignored here for reasons of our own.
        var mask = sigset_t()
        sigemptyset(&mask)
        var defaults = sigset_t()
        sigemptyset(&defaults)
        sigaddset(&defaults, SIGPIPE)
        var flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        if isGroupLeader { flags |= POSIX_SPAWN_SETPGROUP }
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if input != STDIN_FILENO { posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO) }
        let words = (["sh", "-c", line, "sh"] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        let settings = variables(environment).map { strdup($0) } + [nil]
        defer { for setting in settings { free(setting) } }
        var pid: pid_t = 0
        return posix_spawn(&pid, "/bin/sh", &actions, &attributes, words, settings) == 0 ? pid : nil
    }

    /// The process's own environment with some variables set.
    private static func variables(_ set: [String: String]) -> [String] {
        var variables = set.map { "\($0.key)=\($0.value)" }
        var next = environ
        while let variable = next.pointee {
            let text = String(cString: variable)
            if set[String(text.prefix { $0 != "=" })] == nil { variables.append(text) }
            next += 1
        }
        return variables
    }

    /// Waits for the end of a program; its exit status.
    static func wait(for pid: pid_t) async -> Int32 {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: status(of: pid)) }
        }
    }

    private static func status(of pid: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }
}

import Dispatch
import Glibc

/// A program of this machine, run in the foreground on the same terminal.
enum LocalProcess {
    /// Runs a line with the shell, `arguments` as its `$1` and so on, and gives the exit status; nil when it cannot start.
    ///
    /// Ctrl-C is the program's own business meanwhile.
    static func run(_ line: String, _ arguments: [String]) async -> Int32? {
        await Signals.leaving(SIGINT) {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async { continuation.resume(returning: runAndWait(line, arguments)) }
            }
        }
    }

    private static func runAndWait(_ line: String, _ arguments: [String]) -> Int32? {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Signals are blocked and ignored here for reasons of our own.
        var mask = sigset_t()
        sigemptyset(&mask)
        var defaults = sigset_t()
        sigemptyset(&defaults)
        sigaddset(&defaults, SIGPIPE)
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        let words = (["sh", "-c", line, "sh"] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var pid: pid_t = 0
        guard posix_spawn(&pid, "/bin/sh", nil, &attributes, words, environ) == 0 else { return nil }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }
}

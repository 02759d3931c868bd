import Dispatch
import Glibc

/// Ctrl-C and SIGTERM for runs without a prompt: the work is cancelled, the session closed, the status is 130.
@MainActor
enum Interruption {
    static func run(_ shell: Shell, _ work: @escaping @MainActor () async -> ExitStatus) async -> ExitStatus {
        let task = Task { await work() }
        let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { @Sendable in
                task.cancel()
                // Work that does not notice must not keep the process.
                DispatchQueue.global().asyncAfter(deadline: .now() + 3) { _exit(ExitStatus.interrupted.rawValue) }
            }
            source.resume()
            return source
        }
        let status = await task.value
        await shell.closeSession()
        for source in sources { source.cancel() }
        return task.isCancelled ? .interrupted : status
    }
}

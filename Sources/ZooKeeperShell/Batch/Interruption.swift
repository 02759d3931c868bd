/// Ctrl-C and SIGTERM for runs without a prompt: the work is cancelled, the session closed, the status is 130.
@ShellActor
enum Interruption {
    static func run(_ shell: Shell, _ work: @escaping @ShellActor () async -> ExitStatus) async -> ExitStatus {
        let task = Task.ofShellNow { await work() }
        Signals.onSignal = { _ in task.cancel() }
        let status = await task.value
        await shell.closeSession()
        return task.isCancelled ? .interrupted : status
    }
}

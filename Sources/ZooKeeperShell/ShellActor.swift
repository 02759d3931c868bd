import ZooKeeperClient

/// The actor of everything a command does.
///
/// It runs on the thread of the sessions, so that a request, its reply and the line that is printed of it cost no
/// change of thread. What may block waits through `Readiness`.
@globalActor
public actor ShellActor {
    /// The only one.
    public static let shared = ShellActor()

    /// The sessions' own executor.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { SessionExecutor.shared.asUnownedSerialExecutor() }
}

extension Task where Failure == Never {
    /// A task of the shell: it starts on the shell's thread and resumes there.
    @discardableResult
    static func ofShell(_ work: @escaping @ShellActor () async -> Success) -> Task {
        Task(executorPreference: SessionExecutor.shared, operation: work)
    }

    /// The same, run up to its first wait before the caller goes on.
    @ShellActor @discardableResult
    static func ofShellNow(_ work: @escaping @ShellActor () async -> Success) -> Task {
        Task.immediate(executorPreference: SessionExecutor.shared, operation: work)
    }
}

import ZooKeeperClient

/// The actor of everything a command does.
///
/// It runs on the thread of the sessions' event loop, so that a request, its reply and the line that is printed of it
/// cost no change of thread. What may block for long goes through `Blocking`.
@globalActor
public actor ShellActor {
    /// The only one.
    public static let shared = ShellActor()

    /// The sessions' own executor.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { Session.sharedExecutor.asUnownedSerialExecutor() }
}

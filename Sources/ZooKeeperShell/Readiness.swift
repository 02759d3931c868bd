import Dispatch
import Glibc

/// Waits until a descriptor can be read or written without blocking the shell's thread: the session's pings must go on.
enum Readiness {
    /// Returns at once for files and whatever else never blocks; Ctrl-C ends the wait.
    static func wait(for descriptor: Int32, _ events: Int32) async throws(ShellError) {
        if isReady(descriptor, events) { return }
        let poll = CancellablePoll(descriptor, events)
        let isReady = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async { continuation.resume(returning: poll.run()) }
            }
        } onCancel: {
            poll.cancel()
        }
        guard isReady else { throw .interrupted }
    }

    /// Whether a call would not block; an error to be told counts too.
    static func isReady(_ descriptor: Int32, _ events: Int32) -> Bool {
        var poll = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        return Glibc.poll(&poll, 1, 0) != 0
    }
}

/// A `poll` that another thread can end.
private final class CancellablePoll: Sendable {
    private let descriptor: Int32
    private let events: Int32
    private let wakeEnd: Int32
    private let pokeEnd: Int32

    init(_ descriptor: Int32, _ events: Int32) {
        self.descriptor = descriptor
        self.events = events
        var ends: [Int32] = [-1, -1]
        // Without a pipe, when there are no descriptors left, the wait goes on until the descriptor is ready.
        if pipe(&ends) == 0 { for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) } }
        (wakeEnd, pokeEnd) = (ends[0], ends[1])
    }

    deinit { for end in [wakeEnd, pokeEnd] where end >= 0 { close(end) } }

    func cancel() {
        var byte: UInt8 = 0
        if pokeEnd >= 0 { _ = write(pokeEnd, &byte, 1) }
    }

    /// False when it was cancelled.
    func run() -> Bool {
        var polls = [
            pollfd(fd: descriptor, events: Int16(events), revents: 0),
            pollfd(fd: wakeEnd, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&polls, 2, -1) < 0, errno == EINTR {}
        return polls[1].revents == 0
    }
}

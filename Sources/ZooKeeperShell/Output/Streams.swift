import Glibc

/// A file descriptor to write results to, with a buffer that is flushed at the end of each result.
///
/// A reader that lags holds up the task that writes, never the session.
@ShellActor
final class OutputStream {
    let descriptor: Int32
    let isTerminal: Bool
    private let isPager: Bool
    /// Files take everything at once; pipes, terminals and sockets as much as they have room for.
    private let mayBlock: Bool
    /// Whether it is a file.
    var isFile: Bool { !mayBlock }
    private var buffer: [UInt8] = []
    private var isFlushing = false
    private var waiters: [CheckedContinuation<Void, Never>] = []
    private let limit = 64 * 1024
    /// What a pipe that is said to be ready has room for.
    private let chunk = Int(PIPE_BUF)

    /// A stream into a descriptor; a pager's is treated as the terminal that it shows things on.
    init(descriptor: Int32, isPager: Bool = false) {
        self.descriptor = descriptor
        self.isPager = isPager
        isTerminal = isPager || isatty(descriptor) == 1
        var status = stat()
        mayBlock = fstat(descriptor, &status) != 0 || status.st_mode & S_IFMT != S_IFREG
    }

    func write(_ bytes: some Collection<UInt8>) async throws(ShellError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= limit { try await flush() }
    }

    func write(_ text: String) async throws(ShellError) {
        try await write(text.utf8)
    }

    /// Columns of the terminal, 80 where there is none.
    var width: Int {
        var size = winsize()
        guard ioctl(isPager ? STDOUT_FILENO : descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return 80
        }
        return Int(size.ws_col)
    }

    func flush() async throws(ShellError) {
        // Whoever is at it already takes along what was added meanwhile.
        if isFlushing { return await waitForFlush() }
        isFlushing = true
        defer {
            isFlushing = false
            buffer.removeAll(keepingCapacity: true)
            if !waiters.isEmpty { resumeWaiters() }
        }
        var start = 0
        while start < buffer.count {
            if mayBlock { try await Readiness.wait(for: descriptor, POLLOUT) }
            start += try writeSome(from: start)
        }
    }

    /// Writes what there is room for; the count of bytes written.
    private func writeSome(from start: Int) throws(ShellError) -> Int {
        let count = mayBlock ? lineEnd(from: start) : buffer.count - start
        let written = buffer.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress.map { $0 + start }, count) }
        if written >= 0 { return written }
        switch errno {
        case EINTR, EAGAIN: return 0
        case EPIPE: throw .brokenPipe
        default: throw ShellError("cannot write the output: \(String(cString: strerror(errno)))", status: .partial)
        }
    }

    /// The length of what may be written at once: whole lines where they fit, so that a line is never torn.
    private func lineEnd(from start: Int) -> Int {
        let room = min(buffer.count - start, chunk)
        let last = buffer[start..<start + room].lastIndex(of: UInt8(ascii: "\n"))
        return last.map { $0 + 1 - start } ?? room
    }

    private func waitForFlush() async {
        await withCheckedContinuation { waiters.append($0) }
    }

    private func resumeWaiters() {
        for waiter in waiters { waiter.resume() }
        waiters = []
    }
}

/// Where results and diagnostics go.
@ShellActor
final class Streams {
    /// The results; somewhere else while a command is redirected.
    var out = OutputStream(descriptor: STDOUT_FILENO)
    let err = OutputStream(descriptor: STDERR_FILENO)

    /// Tells something on standard error; a closed standard error is nobody's trouble.
    func tell(_ line: String) async {
        try? await err.write(TerminalText.escaped(line, keepingNewlines: true) + "\n")
        try? await err.flush()
    }
}

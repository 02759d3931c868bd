import Glibc

/// A file descriptor to write results to, with a buffer that is flushed at the end of each result.
@MainActor
final class OutputStream {
    let descriptor: Int32
    let isTerminal: Bool
    private var buffer: [UInt8] = []
    private let chunk = 64 * 1024

    init(descriptor: Int32) {
        self.descriptor = descriptor
        isTerminal = isatty(descriptor) == 1
    }

    func write(_ bytes: some Collection<UInt8>) throws(ShellError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= chunk { try flush() }
    }

    func write(_ text: String) throws(ShellError) {
        try write(text.utf8)
    }

    /// Columns of the terminal, 80 where there is none.
    var width: Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    func flush() throws(ShellError) {
        var start = 0
        defer { buffer.removeAll(keepingCapacity: true) }
        while start < buffer.count {
            let written = buffer[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written >= 0 {
                start += written
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = Glibc.poll(&poll, 1, -1)
            case EPIPE: throw .brokenPipe
            default:
                throw ShellError("cannot write the output: \(String(cString: strerror(errno)))", status: .partial)
            }
        }
    }
}

/// Where results and diagnostics go.
@MainActor
struct Streams {
    let out = OutputStream(descriptor: STDOUT_FILENO)
    let err = OutputStream(descriptor: STDERR_FILENO)

    /// Tells something on standard error; a closed standard error is nobody's trouble.
    func tell(_ line: String) {
        try? err.write(TerminalText.escaped(line, keepingNewlines: true) + "\n")
        try? err.flush()
    }
}

import CommandLanguage
import Glibc

/// The lines of a script, read as they come: a line that is there is run before the next one is waited for.
@ShellActor
final class ScriptInput {
    struct Line {
        var bytes: [UInt8]
        var number: Int
    }

    let name: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var start = 0
    private var number = 0
    private var isAtEnd = false

    /// The lines of a file, or of standard input for `-`.
    init(path: String) throws(ShellError) {
        name = path == "-" ? "stdin" : path
        descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 {
            let reason = String(cString: strerror(errno)).lowercased()
            throw ShellError("cannot read \(TerminalText.escaped(path)): \(reason)", status: .usage)
        }
    }

    /// Lines given by themselves.
    init(name: String, lines: [[UInt8]]) {
        self.name = name
        descriptor = -1
        isAtEnd = true
        buffer = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }

    /// Whether the next line would have to be waited for.
    var wouldWait: Bool {
        if isAtEnd || buffer[start...].contains(UInt8(ascii: "\n")) { return false }
        return !Readiness.isReady(descriptor, POLLIN)
    }

    /// The next line; one that ends in a backslash goes on in the line below.
    func next() async throws(ShellError) -> Line? {
        guard var line = try await nextPhysical() else { return nil }
        while Statement.isContinued(line.bytes), let more = try await nextPhysical() {
            line.bytes = line.bytes.dropLast() + more.bytes
        }
        return line
    }

    private func nextPhysical() async throws(ShellError) -> Line? {
        while true {
            if let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return line(buffer[start..<end])
            }
            if isAtEnd {
                guard start < buffer.count else { return nil }
                defer { start = buffer.count }
                return line(buffer[start...])
            }
            try await fill()
        }
    }

    private func line(_ bytes: ArraySlice<UInt8>) -> Line {
        number += 1
        return Line(bytes: Array(bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes), number: number)
    }

    private func fill() async throws(ShellError) {
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        // Ctrl-C does not wait for a line.
        try await Readiness.wait(for: descriptor, POLLIN)
        let count = Glibc.read(descriptor, &chunk, chunk.count)
        if count > 0 {
            buffer += chunk[..<count]
        } else if count == 0 {
            isAtEnd = true
        } else if errno != EINTR {
            throw ShellError("cannot read \(name): \(String(cString: strerror(errno)))", status: .usage)
        }
    }
}

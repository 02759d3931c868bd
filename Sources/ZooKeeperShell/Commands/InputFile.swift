import Glibc

/// Reads a whole file, or standard input for `-`.
enum InputFile {
    static func read(_ path: String, command: String) async throws(ShellError) -> [UInt8] {
        if path == "-" { return try await read(descriptor: STDIN_FILENO, "standard input", command) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(TerminalText.escaped(path), command) }
        defer { close(descriptor) }
        return try await read(descriptor: descriptor, TerminalText.escaped(path), command)
    }

    private static func read(
        descriptor: Int32, _ name: String, _ command: String
    ) async throws(ShellError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            try await Readiness.wait(for: descriptor, POLLIN)
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count > 0 {
                bytes.append(contentsOf: chunk[..<count])
            } else if errno != EINTR {
                throw failure(name, command)
            }
        }
    }

    private static func failure(_ name: String, _ command: String) -> ShellError {
        let reason = String(cString: strerror(errno))
        return ShellError(
            "\(command): cannot read \(name): \(reason.prefix(1).lowercased())\(reason.dropFirst())", status: .usage)
    }
}

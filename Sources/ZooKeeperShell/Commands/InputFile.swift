import Glibc

/// Reads a whole file, or standard input for `-`.
enum InputFile {
    static func read(_ path: String, command: String) async throws(ShellError) -> [UInt8] {
        if path == "-" { return try await read(descriptor: STDIN_FILENO, "standard input", command) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        let reason = FileError(code: errno)
        let name = TerminalText.escaped(path)
        guard descriptor >= 0 else { throw failure(name, command, reason) }
        defer { close(descriptor) }
        return try await read(descriptor: descriptor, name, command)
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
                throw failure(name, command, FileError(code: errno))
            }
        }
    }

    private static func failure(_ name: String, _ command: String, _ reason: FileError) -> ShellError {
        ShellError("\(command): cannot read \(name): \(reason)", status: .usage)
    }
}

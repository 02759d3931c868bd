import Glibc

/// Reads a whole file, or standard input for `-`.
enum InputFile {
    static func read(_ path: String, command: String) throws(ShellError) -> [UInt8] {
        if path == "-" { return try read(descriptor: STDIN_FILENO, "standard input", command) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path, command) }
        defer { close(descriptor) }
        return try read(descriptor: descriptor, path, command)
    }

    private static func read(descriptor: Int32, _ name: String, _ command: String) throws(ShellError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
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
            "\(command): cannot read \(TerminalText.escaped(name)): \(reason.prefix(1).lowercased())\(reason.dropFirst())",
            status: .usage
        )
    }
}

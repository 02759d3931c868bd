import Glibc

/// Reads a whole file, or standard input for `-`.
enum InputFile {
    static func read(_ path: String, command: String) async throws(ShellError) -> [UInt8] {
        switch await Blocking.run({ contents(path) }) {
        case .success(let bytes): return bytes
        case .failure(let failure):
            let name = path == "-" ? "standard input" : TerminalText.escaped(path)
            let reason = String(cString: strerror(failure.code))
            throw ShellError(
                "\(command): cannot read \(name): \(reason.prefix(1).lowercased())\(reason.dropFirst())", status: .usage
            )
        case nil: throw .interrupted
        }
    }

    private struct Failure: Error {
        let code: Int32
    }

    private static func contents(_ path: String) -> Result<[UInt8], Failure> {
        if path == "-" { return contents(of: STDIN_FILENO) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return .failure(Failure(code: errno)) }
        defer { close(descriptor) }
        return contents(of: descriptor)
    }

    private static func contents(of descriptor: Int32) -> Result<[UInt8], Failure> {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return .success(bytes) }
            if count > 0 {
                bytes.append(contentsOf: chunk[..<count])
            } else if errno != EINTR {
                return .failure(Failure(code: errno))
            }
        }
    }
}

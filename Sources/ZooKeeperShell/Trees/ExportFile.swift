import CZlib
import Glibc
import ZooKeeperClient

/// Writes an export: to standard output, or to a file that has its name only when it is whole.
@ShellActor
final class ExportWriter {
    private enum Sink {
        case stream(OutputStream)
        case file(gzFile, path: String, isTransparent: Bool)
    }

    private let sink: Sink
    private let command: String
    private var digest = RunningDigest()
    private var buffer: [UInt8] = []
    private(set) var bytesWritten = 0

    private static let limit = 256 * 1024

    /// A file whose name ends in `.gz` is compressed; nil is the results' stream.
    init(path: String?, in context: CommandContext) throws(ShellError) {
        command = context.command
        guard let path, path != "-" else {
            sink = .stream(context.shell.streams.out)
            return
        }
        let isCompressed = path.hasSuffix(".gz")
        // T: as it is.
        guard let file = gzopen(Self.unfinished(path), isCompressed ? "wb6" : "wbT") else {
            throw ShellError(
                "\(command): cannot write \(TerminalText.escaped(path)): \(FileError(code: errno))", status: .usage)
        }
        sink = .file(file, path: path, isTransparent: !isCompressed)
    }

    private static func unfinished(_ path: String) -> String { path + ".unfinished" }

    /// Adds a line that the checksum covers.
    func write(_ line: [UInt8]) async throws(ShellError) {
        buffer += line
        if buffer.count >= Self.limit { try await drain() }
    }

    private func drain() async throws(ShellError) {
        digest.add(buffer)
        try await put(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private func put(_ bytes: [UInt8]) async throws(ShellError) {
        bytesWritten += bytes.count
        switch sink {
        case .stream(let stream): try await stream.write(bytes)
        case .file(let file, let path, _):
            guard bytes.isEmpty || gzwrite(file, bytes, UInt32(bytes.count)) == Int32(bytes.count) else {
                throw ShellError(
                    "\(command): cannot write \(TerminalText.escaped(path)): \(FileError(code: errno))",
                    status: .partial)
            }
        }
    }

    /// Writes the last line, with the checksum, and gives the file its name.
    func finish(_ end: ExportFormat.End) async throws(ShellError) {
        try await drain()
        var end = end
        end.sha1 = digest.finish()
        try await put(Array((end.json.text + "\n").utf8))
        switch sink {
        case .stream(let stream): try await stream.flush()
        case .file(let file, let path, _):
            guard gzclose(file) == Z_OK, rename(Self.unfinished(path), path) == 0 else {
                throw ShellError(
                    "\(command): cannot write \(TerminalText.escaped(path)): \(FileError(code: errno))",
                    status: .partial)
            }
        }
    }

    /// Leaves nothing behind that could be taken for an export.
    func abandon() {
        guard case .file(let file, let path, _) = sink else { return }
        gzclose(file)
        unlink(Self.unfinished(path))
    }
}

/// A file that is closed when nobody needs it any more.
private final class CompressedFile {
    let handle: gzFile

    init(_ handle: gzFile) { self.handle = handle }

    deinit { gzclose(handle) }
}

/// The znodes of an export file, which is checked as a whole before the first one is handed out.
@ShellActor
final class ExportReader: RecordSource {
    private let path: String
    private let command: String
    private var file: CompressedFile?
    private var buffer: [UInt8] = []
    private var start = 0
    private var line = 0
    private var isAtEnd = false
    private let includesEphemerals: Bool
    private(set) var problems: [String] = []
    private(set) var skippedEphemerals = 0
    /// How many znodes the file has.
    private(set) var count = 0

    private static let recordLimit = 1000

    /// Opens a file, compressed or not, and checks it: header, checksum, counts.
    init(path: String, command: String, includesEphemerals: Bool) async throws(ShellError) {
        self.path = path
        self.command = command
        self.includesEphemerals = includesEphemerals
        if path == "-" { try await spool() } else { try open() }
        try check()
        try restart()
    }

    private func failure(_ reason: String, at line: Int? = nil) -> ShellError {
        let place = TerminalText.escaped(path) + (line.map { ":\($0)" } ?? "")
        return ShellError("\(command): \(place): \(reason)", status: .usage)
    }

    private func open() throws(ShellError) {
        guard let handle = gzopen(path, "rb") else { throw failure("cannot be read: \(FileError(code: errno))") }
        gzbuffer(handle, 256 * 1024)
        file = CompressedFile(handle)
    }

    /// Standard input is kept in a file without a name: it is read twice.
    private func spool() async throws(ShellError) {
        var name = Array("\(Environment.value("TMPDIR") ?? "/tmp")/zkcli-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        unlink(name)
        guard descriptor >= 0 else { throw failure("no temporary file: \(FileError(code: errno))") }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            try await Readiness.wait(for: STDIN_FILENO, POLLIN)
            let count = read(STDIN_FILENO, &chunk, chunk.count)
            if count == 0 { break }
            if count < 0, errno == EINTR { continue }
            guard count > 0, Glibc.write(descriptor, chunk, count) == count else {
                throw failure("cannot be kept: \(FileError(code: errno))")
            }
        }
        lseek(descriptor, 0, SEEK_SET)
        guard let handle = gzdopen(descriptor, "rb") else { throw failure("cannot be read") }
        file = CompressedFile(handle)
    }

    /// Begins again with the first znode.
    func restart() throws(ShellError) {
        skippedEphemerals = 0
        guard gzrewind(file?.handle) == 0 else { throw failure("cannot be read twice") }
        (buffer, start, line, isAtEnd) = ([], 0, 0, false)
        _ = try nextLine()
    }

    /// The next line without its end; nil at the end of the file.
    private func nextLine() throws(ShellError) -> ArraySlice<UInt8>? {
        while true {
            if let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                line += 1
                return buffer[start..<end]
            }
            if isAtEnd {
                guard start < buffer.count else { return nil }
                throw failure("the last line is cut off; nothing was imported", at: line + 1)
            }
            buffer.removeFirst(start)
            start = 0
            let size = buffer.count
            buffer += [UInt8](repeating: 0, count: 256 * 1024)
            let count = buffer.withUnsafeMutableBytes {
                gzread(file?.handle, $0.baseAddress.map { $0 + size }, 256 * 1024)
            }
            buffer.removeLast(256 * 1024 - Int(max(0, count)))
            guard count >= 0 else {
                throw failure("is broken, as a compressed file that is cut is; nothing was imported")
            }
            isAtEnd = count == 0
        }
    }

    /// Where it was read.
    private(set) var top = ZPath.root

    private func check() throws(ShellError) {
        guard let first = try nextLine(), let header = JSONReader.value(of: first),
            header["format"]?.text == ExportFormat.name
        else { throw failure("is no export of zkcli") }
        guard header["version"]?.integer == ExportFormat.version else {
            throw failure("has a later format version; a newer zkcli reads it")
        }
        if let path = header["path"]?.text, let parsed = try? ZPath(validating: path) { top = parsed }
        var digest = RunningDigest()
        digest.add(first + [UInt8(ascii: "\n")])
        var last: ArraySlice<UInt8>?
        while let line = try nextLine() {
            if let last {
                digest.add(last + [UInt8(ascii: "\n")])
                count += 1
            }
            last = Array(line)[...]
        }
        guard let last, let end = JSONReader.value(of: last), end["end"]?.bool == true else {
            throw failure("is cut off: the last line with the checksum is missing; nothing was imported")
        }
        guard end["sha1"]?.text == digest.finish(), end["znodes"]?.integer == Int64(count) else {
            throw failure("is damaged: the checksum does not match; nothing was imported")
        }
    }

    func next() async throws(ShellError) -> [ZnodeRecord]? {
        var records: [ZnodeRecord] = []
        while records.count < Self.recordLimit, line <= count, let bytes = try nextLine() {
            do throws(ExportFormat.Broken) {
                guard let value = JSONReader.value(of: bytes) else { throw ExportFormat.Broken("no JSON") }
                let record = try ExportFormat.record(value)
                if record.isEphemeral, !includesEphemerals { skippedEphemerals += 1 } else { records.append(record) }
            } catch {
                throw failure(error.reason, at: line)
            }
        }
        // A batch of ephemerals only is not the end.
        if records.isEmpty, line <= count { return [] }
        return records.isEmpty ? nil : records
    }
}

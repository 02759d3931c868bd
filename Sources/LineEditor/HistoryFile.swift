import Glibc

/// The file history is kept in, shared by all shells of a user.
///
/// Each entry is appended under a lock as soon as it is entered, so that no session overwrites another's. Mode 0600.
struct HistoryFile {
    /// A call that failed.
    struct Failure: Error, CustomStringConvertible {
        var call: String
        var errno: Int32
        var description: String { "\(call): \(SystemError.text(errno))" }
    }

    let path: String
    let limit: Int

    /// More than a thousand lines of any sane length; a file that grew beyond is read from its end.
    private static let bytesRead: Int64 = 8 << 20

    init(path: String, limit: Int) {
        self.path = path
        self.limit = max(1, limit)
    }

    /// The last entries, oldest first; trims the file if it holds more than twice the limit.
    func load() throws(Failure) -> [String] {
        makeDirectory()
        let descriptor = try openLocked(O_RDWR)
        defer { close(descriptor) }
        let lines = try readLines(descriptor)
        if lines.count > 2 * limit { try replace(with: lines.suffix(limit)) }
        var entries: [String] = []
        for line in lines.suffix(limit) {
            let entry = HistoryEscaping.unescape(line)
            if entry != entries.last { entries.append(entry) }
        }
        return entries
    }

    /// Adds an entry at the end.
    func append(_ entry: String) throws(Failure) {
        let descriptor = try openLocked(O_WRONLY | O_APPEND)
        defer { close(descriptor) }
        try write(Array((HistoryEscaping.escape(entry) + "\n").utf8), to: descriptor)
    }

    /// Opens and locks the file that `path` names now: another shell may have replaced it while we waited.
    private func openLocked(_ flags: Int32) throws(Failure) -> Int32 {
        while true {
            let descriptor = open(path, flags | O_CREAT | O_CLOEXEC, mode_t(0o600))
            guard descriptor >= 0 else { throw Failure(call: "open", errno: errno) }
            lock(descriptor)
            var ours = stat()
            var named = stat()
            guard fstat(descriptor, &ours) == 0 else {
                let error = errno
                close(descriptor)
                throw Failure(call: "fstat", errno: error)
            }
            // No lock was had on a file that cannot be locked; whatever `path` is then, it is not replaced for ever.
            if stat(path, &named) == 0, ours.st_ino == named.st_ino, ours.st_dev == named.st_dev {
                if ours.st_mode & 0o777 != 0o600, ours.st_mode & S_IFMT == S_IFREG { fchmod(descriptor, 0o600) }
                return descriptor
            }
            close(descriptor)
        }
    }

    /// Waits for a moment only: a stopped shell that holds the lock must not stop this one.
    private func lock(_ descriptor: Int32) {
        for _ in 0..<20 where flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { return }
            usleep(5_000)
        }
    }

    private func readLines(_ descriptor: Int32) throws(Failure) -> [Substring] {
        let size = lseek(descriptor, 0, SEEK_END)
        let start = max(0, Int64(size) - Self.bytesRead)
        lseek(descriptor, off_t(start), SEEK_SET)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(call: "read", errno: errno) }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        return start > 0 ? Array(lines.dropFirst()) : lines
    }

    /// Whoever reads meanwhile sees the old file or the new one, never half of it.
    private func replace(with lines: ArraySlice<Substring>) throws(Failure) {
        let temporary = "\(path).\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode_t(0o600))
        guard descriptor >= 0 else { throw Failure(call: "open", errno: errno) }
        defer { close(descriptor) }
        do throws(Failure) {
            try write(Array(lines.map { $0 + "\n" }.joined().utf8), to: descriptor)
            guard rename(temporary, path) == 0 else { throw Failure(call: "rename", errno: errno) }
        } catch {
            unlink(temporary)
            throw error
        }
    }

    private func write(_ bytes: [UInt8], to descriptor: Int32) throws(Failure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(call: "write", errno: errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// Makes the folders above; if that fails, opening the file tells.
    private func makeDirectory() {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        for count in parts.indices.dropFirst(2) { mkdir(parts[..<count].joined(separator: "/"), 0o700) }
        if parts.count == 2, !parts[0].isEmpty { mkdir(String(parts[0]), 0o700) }
    }
}

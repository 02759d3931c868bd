import Glibc

/// The lines typed before, in a file that several programs append to.
///
/// One line an entry; readable by its owner only.
public struct HistoryFile {
    let path: String
    let limit: Int

    /// Makes an empty file, with the directories that lead to it; false where that cannot be.
    public static func create(_ path: String) -> Bool {
        var isMade = false
        HistoryFile(path: path, limit: 0).withLockedFile(O_WRONLY) { _ in isMade = true }
        return isMade
    }

    /// The last entries, oldest first.
    ///
    /// A file that cannot be read is an empty one.
    func load() -> [String] {
        guard let bytes = Self.read(path) else { return [] }
        var entries: [String] = []
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let entry = Self.unescaped(String(decoding: line, as: UTF8.self))
            if entries.last != entry { entries.append(entry) }
        }
        if entries.count > limit * 2 { rewrite() }
        return Array(entries.suffix(limit))
    }

    /// Adds an entry.
    func append(_ entry: String) {
        withLockedFile(O_WRONLY | O_APPEND) { descriptor in
            Self.write(Array((Self.escaped(entry) + "\n").utf8), to: descriptor)
        }
    }

    /// Cuts the file to its last entries, while holding the lock that appending takes.
    private func rewrite() {
        withLockedFile(O_RDWR) { descriptor in
            guard let bytes = Self.read(path) else { return }
            let lines = bytes.split(separator: UInt8(ascii: "\n")).suffix(limit)
            let kept = Array(lines.joined(separator: [UInt8(ascii: "\n")])) + [UInt8(ascii: "\n")]
            // In place, not by renaming: others wait for the lock on this very file.
            guard ftruncate(descriptor, 0) == 0 else { return }
            lseek(descriptor, 0, SEEK_SET)
            Self.write(kept, to: descriptor)
        }
    }

    private func withLockedFile(_ flags: Int32, _ body: (Int32) -> Void) {
        makeDirectory()
        let descriptor = open(path, flags | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX) == 0 else { return }
        // A file that came about with other rights is put right before anything is added.
        fchmod(descriptor, 0o600)
        body(descriptor)
    }

    private func makeDirectory() {
        var index = path.startIndex
        while let slash = path[index...].firstIndex(of: "/") {
            if slash > path.startIndex { mkdir(String(path[..<slash]), 0o700) }
            index = path.index(after: slash)
        }
    }

    private static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count <= 0 { return count == 0 ? bytes : nil }
            bytes.append(contentsOf: chunk[..<count])
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count <= 0 { return }
            start += count
        }
    }

    static func escaped(_ entry: String) -> String {
        entry.map { $0 == "\\" ? "\\\\" : $0 == "\n" ? "\\n" : String($0) }.joined()
    }

    static func unescaped(_ line: String) -> String {
        var entry = ""
        var isEscape = false
        for character in line {
            if isEscape {
                entry.append(character == "n" ? "\n" : character)
                isEscape = false
            } else if character == "\\" {
                isEscape = true
            } else {
                entry.append(character)
            }
        }
        return entry
    }
}

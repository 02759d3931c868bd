import Glibc
import ZooKeeperClient

/// A file that only its owner may read, with a znode's data in it.
struct TemporaryFile {
    let path: String
    /// What it held at first.
    let original: [UInt8]

    init(_ data: [UInt8], named znode: ZPath) throws(ShellError) {
        original = data
        let directory = Environment.value("TMPDIR") ?? "/tmp"
        var template = Array("\(directory)/zkcli-edit-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        let reason = FileError(code: errno)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard descriptor >= 0 else {
            throw ShellError("edit \(znode): cannot write to \(directory): \(reason)", status: .usage)
        }
        defer { close(descriptor) }
        var rest = data[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            let reason = FileError(code: errno)
            guard count > 0 else { throw ShellError("edit \(znode): cannot write \(path): \(reason)", status: .usage) }
            rest = rest.dropFirst(count)
        }
    }

    func contents() throws(ShellError) -> [UInt8] {
        do throws(FileError) {
            return try FileError.contents(of: path)
        } catch {
            throw ShellError("edit: cannot read \(path): \(error)", status: .usage)
        }
    }

    func remove() { unlink(path) }
}

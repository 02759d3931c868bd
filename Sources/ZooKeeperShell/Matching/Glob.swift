import CommandLanguage
import Glibc
import ZooKeeperClient

/// A shell pattern for paths: `*`, `?`, `[a-z]`.
///
/// With a slash in it, it is compared with the whole path, and `*` matches slashes too; without one, with the name.
struct Glob: ArgumentValue, Hashable {
    private let pattern: String
    private let isForNames: Bool

    static var kind: ValueKind { .text }

    init(argument: Word) throws(ArgumentError) {
        guard !argument.bytes.isEmpty, !argument.bytes.contains(0) else { throw ArgumentError("the pattern is empty") }
        pattern = argument.text
        isForNames = !argument.bytes.contains(UInt8(ascii: "/"))
    }

    func matches(_ path: ZPath) -> Bool {
        let subject = isForNames ? Array(path.name) : path.bytes
        return String(decoding: subject, as: UTF8.self).withCString { fnmatch(pattern, $0, 0) == 0 }
    }
}

import CommandLanguage
import ZooKeeperClient

/// A path as typed: absolute, or relative to the working path.
struct PathArgument: ArgumentValue, Hashable {
    var bytes: [UInt8]

    static var kind: ValueKind { .znode }

    init(argument: Word) throws(ArgumentError) {
        if argument.bytes.isEmpty { throw ArgumentError("the path is empty") }
        bytes = argument.bytes
    }

    init(bytes: [UInt8]) { self.bytes = bytes }

    init(_ path: ZPath) { bytes = path.bytes }

    /// The absolute path: `.` and `..` resolved, a trailing slash dropped unless a sequence suffix is to follow it.
    func resolved(against workingPath: ZPath?, sequential: Bool = false) throws(ZPathError) -> ZPath {
        let slash = UInt8(ascii: "/")
        let isAbsolute = bytes.first == slash
        guard isAbsolute || workingPath != nil else { throw .notAbsolute }
        var parts: [ArraySlice<UInt8>] = []
        if !isAbsolute, let workingPath { parts = workingPath.bytes.split(separator: slash) }
        var rest = bytes[...]
        if isAbsolute { rest = rest.dropFirst() }
        let endsWithSlash = rest.last == slash
        if endsWithSlash { rest = rest.dropLast() }
        if !rest.isEmpty || endsWithSlash {
            for part in rest.split(separator: slash, omittingEmptySubsequences: false) {
                switch String(decoding: part, as: UTF8.self) {
                case ".": continue
                case "..": _ = parts.popLast()
                default: parts.append(part)
                }
            }
        }
        var absolute = [slash] + Array(parts.joined(separator: [slash]))
        if endsWithSlash, sequential, absolute.count > 1 { absolute.append(slash) }
        return try ZPath(validating: absolute, sequential: sequential)
    }
}

/// An access control list as typed: `scheme:id:perms`, several separated by commas.
struct ACLArgument: ArgumentValue, Hashable {
    var entries: [ACL]

    static var kind: ValueKind { .acl }

    init(argument: Word) throws(ArgumentError) {
        entries = []
        for part in argument.text.split(separator: ",", omittingEmptySubsequences: false) {
            entries.append(try Self.entry(String(part)))
        }
    }

    /// The id runs from the first to the last colon, so that digests and IPv6 addresses may hold colons.
    private static func entry(_ text: String) throws(ArgumentError) -> ACL {
        guard let first = text.firstIndex(of: ":"), let last = text.lastIndex(of: ":"), first < last else {
            throw ArgumentError("'\(text)' is not an ACL entry; write scheme:id:perms, as in world:anyone:r")
        }
        let scheme = String(text[..<first])
        let id = String(text[text.index(after: first)..<last])
        let permissions = try permissions(text[text.index(after: last)...], of: text)
        guard !permissions.isEmpty else {
            throw ArgumentError("'\(text)' grants nothing and would lock everybody out; give some of c, d, r, w and a")
        }
        guard !scheme.isEmpty else { throw ArgumentError("'\(text)' names no scheme") }
        if scheme == "world", id != "anyone" {
            throw ArgumentError("the only id of the scheme world is anyone, not '\(id)'")
        }
        if scheme == "digest", !isHashed(id) {
            throw ArgumentError(
                "'\(id)' is no digest: the id is the user, a colon and a hash, as 'digest user:password' prints it")
        }
        return ACL(permissions, scheme: scheme, id: id)
    }

    /// Letters, or names with + between them, or all.
    private static func permissions(_ written: Substring, of text: String) throws(ArgumentError) -> Permissions {
        if written == "all" { return Permissions.named.reduce(into: []) { $0.insert($1.permission) } }
        var permissions: Permissions = []
        for word in written.split(separator: "+") {
            if let named = Permissions.named.first(where: { $0.name == word }) {
                permissions.insert(named.permission)
                continue
            }
            for letter in word {
                guard let known = Permissions(letter: letter) else {
                    throw ArgumentError(
                        "'\(letter)' in '\(text)' is no permission; they are c, d, r, w and a, or create+read and so on"
                    )
                }
                permissions.insert(known)
            }
        }
        return permissions
    }

    /// Base64 of a SHA-1; a password in its place would lock everybody out.
    private static func isHashed(_ id: String) -> Bool {
        guard let colon = id.firstIndex(of: ":") else { return false }
        return Base64.decode(Array(id[id.index(after: colon)...].utf8))?.count == 20
    }
}

/// A data version to expect.
///
/// −1 means any, and is what a command without one sends.
struct VersionArgument: ArgumentValue, Hashable {
    var value: Int32

    static var kind: ValueKind { .number }

    init(argument: Word) throws(ArgumentError) {
        value = try Int32(argument: argument)
        guard value >= -1 else { throw ArgumentError("a version is 0 or more, or -1 for any, not \(value)") }
    }
}

extension Permissions {
    /// In the order of their letters, cdrwa.
    static let named: [(name: String, permission: Permissions)] = [
        ("create", .create), ("delete", .delete), ("read", .read), ("write", .write), ("admin", .admin),
    ]

    init?(letter: Character) {
        switch letter {
        case "c": self = .create
        case "d": self = .delete
        case "r": self = .read
        case "w": self = .write
        case "a": self = .admin
        default: return nil
        }
    }
}

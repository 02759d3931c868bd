import CLibMD
import ZooKeeperClient

/// The lines of an export: a header, a line a znode in the order of a walk, and an end with counts and a checksum.
enum ExportFormat {
    static let name = "zkcli-export"
    static let version: Int64 = 1

    /// The first line.
    struct Header: Sendable {
        var source: String
        var path: String
        var zxid: Int64

        var json: JSON {
            .object([
                ("format", .string(ExportFormat.name)), ("version", .number(ExportFormat.version)),
                ("source", .string(source)), ("path", .string(path)), ("zxid", .hex(zxid)),
                ("time", .string(Timestamp.rfc3339(milliseconds: Timestamp.now()))),
            ])
        }
    }

    /// The last line.
    struct End: Sendable {
        var znodes = 0
        var bytes = 0
        var skippedEphemerals = 0
        var problems = 0
        var zxid: Int64 = 0
        var hasChanged = false
        var sha1 = ""

        var json: JSON {
            .object([
                ("end", .bool(true)), ("znodes", .number(Int64(znodes))), ("bytes", .number(Int64(bytes))),
                ("skippedEphemerals", .number(Int64(skippedEphemerals))), ("problems", .number(Int64(problems))),
                ("zxid", .hex(zxid)), ("isSnapshot", .bool(!hasChanged)), ("sha1", .string(sha1)),
            ])
        }
    }

    // MARK: Records

    static func line(_ record: ZnodeRecord) -> [UInt8] {
        var fields: [(String, JSON)] = [("path", .path(record.path))]
        fields += JSON.data(record.data)
        fields.append(("mode", .string(record.isEphemeral ? "ephemeral" : "persistent")))
        if let acl = record.acl {
            fields.append(
                (
                    "acl",
                    .array(
                        acl.map {
                            .object([
                                ("scheme", .string($0.scheme)), ("id", .string($0.id)),
                                ("perms", .string("\($0.permissions)")),
                            ])
                        })
                ))
        }
        if let stat = record.stat { fields.append(("stat", self.stat(stat))) }
        return JSON.object(fields).bytes + [UInt8(ascii: "\n")]
    }

    /// What tells about the znode's past; its size and children are there to be counted.
    private static func stat(_ stat: Stat) -> JSON {
        .object([
            ("czxid", .hex(stat.czxid)), ("mzxid", .hex(stat.mzxid)), ("pzxid", .hex(stat.pzxid)),
            ("ctimeMs", .number(stat.ctime)), ("mtimeMs", .number(stat.mtime)),
            ("version", .number(Int64(stat.version))), ("cversion", .number(Int64(stat.cversion))),
            ("aversion", .number(Int64(stat.aversion))), ("ephemeralOwner", .hex(stat.ephemeralOwner)),
        ])
    }

    /// A record from its line; throws what is wrong with it.
    static func record(_ value: JSONReader.Value) throws(Broken) -> ZnodeRecord {
        guard let path = value["path"]?.text, let parsed = try? ZPath(validating: path) else {
            throw Broken("'path' is missing, or not a path")
        }
        var record = ZnodeRecord(path: parsed)
        switch (value["data"], value["encoding"]?.text) {
        case (.string(let text)?, nil): record.data = Array(text.utf8)
        case (.string(let text)?, "base64"?):
            guard let bytes = Base64.decode(Array(text.utf8)) else { throw Broken("'data' is not Base64") }
            record.data = bytes
        case (.null?, _), (nil, _): record.data = nil
        default: throw Broken("'data' is neither text nor null, or its encoding is unknown")
        }
        record.isEphemeral = value["mode"]?.text == "ephemeral"
        if let entries = value["acl"]?.elements { record.acl = try entries.map(entry) }
        return record
    }

    private static func entry(_ value: JSONReader.Value) throws(Broken) -> ACL {
        guard let scheme = value["scheme"]?.text, let id = value["id"]?.text, let perms = value["perms"]?.text,
            let permissions = permissions(perms)
        else { throw Broken("an entry of 'acl' has no scheme, id or perms") }
        return ACL(permissions, scheme: scheme, id: id)
    }

    /// Letters, and a number for bits that have none.
    private static func permissions(_ text: String) -> Permissions? {
        var permissions: Permissions = []
        let letters = text.prefix { $0 != "+" }
        for letter in letters {
            guard let known = Permissions(letter: letter) else { return nil }
            permissions.insert(known)
        }
        guard letters.count < text.count else { return permissions }
        return Int32(text.dropFirst(letters.count + 1)).map { permissions.union(Permissions(rawValue: $0)) }
    }

    /// Why a line is no line of an export.
    struct Broken: Error {
        var reason: String
        init(_ reason: String) { self.reason = reason }
    }
}

/// A SHA-1 of bytes that come in pieces.
struct RunningDigest {
    private var state = SHA1_CTX()

    init() { SHA1Init(&state) }

    mutating func add(_ bytes: some Collection<UInt8>) {
        var copy = Array(bytes)
        SHA1Update(&state, &copy, copy.count)
    }

    mutating func finish() -> String {
        var digest = [UInt8](repeating: 0, count: Int(SHA1_DIGEST_LENGTH))
        SHA1Final(&digest, &state)
        return digest.map { Hex.lower(UInt64($0), width: 2) }.joined()
    }
}

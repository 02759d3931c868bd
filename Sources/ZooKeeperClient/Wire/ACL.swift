/// What an ACL entry allows.
public struct Permissions: OptionSet, Sendable, Hashable, CustomStringConvertible {
    /// The bits on the wire; the server stores unknown ones as they come.
    public let rawValue: Int32

    /// A set from its bits.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Read data and children.
    public static let read = Permissions(rawValue: 1)
    /// Set data.
    public static let write = Permissions(rawValue: 2)
    /// Create children.
    public static let create = Permissions(rawValue: 4)
    /// Delete children.
    public static let delete = Permissions(rawValue: 8)
    /// Set the ACL.
    public static let admin = Permissions(rawValue: 16)
    /// All five.
    public static let all = Permissions(rawValue: 31)

    static let letters: [(letter: Character, permission: Permissions)] = [
        ("c", .create), ("d", .delete), ("r", .read), ("w", .write), ("a", .admin),
    ]

    /// The letters in `zkCli.sh`'s order, `cdrwa`; unknown bits are shown as a number.
    public var description: String {
        let known = String(Self.letters.filter { contains($0.permission) }.map(\.letter))
        let unknown = subtracting(.all)
        return unknown.isEmpty ? known : known + "+\(unknown.rawValue)"
    }
}

/// One entry of an access control list: who may do what.
public struct ACL: Sendable, Hashable, CustomStringConvertible {
    /// What is allowed.
    public var permissions: Permissions
    /// `world`, `auth`, `digest`, `ip`, `x509`, `sasl` or a server's own scheme.
    public var scheme: String
    /// Who, in the scheme's terms.
    public var id: String

    /// An entry.
    public init(_ permissions: Permissions, scheme: String, id: String) {
        self.permissions = permissions
        self.scheme = scheme
        self.id = id
    }

    /// Everybody may do everything: the list that a znode gets when none is given.
    public static let open = [ACL(.all, scheme: "world", id: "anyone")]

    /// `scheme:id:permissions`, which `setAcl` takes.
    public var description: String { "\(scheme):\(id):\(permissions)" }

    init(from reader: inout JuteReader) throws(WireError) {
        permissions = Permissions(rawValue: try reader.int32("perms"))
        scheme = try reader.string("scheme")
        id = try reader.string("id")
    }
}

extension JuteWriter {
    mutating func write(_ acl: [ACL]) {
        write(vector: acl) { writer, entry in
            writer.write(entry.permissions.rawValue)
            writer.write(entry.scheme)
            writer.write(entry.id)
        }
    }
}

extension JuteReader {
    mutating func acl() throws(WireError) -> [ACL] {
        try vector("acl", minimumSize: 12) { (reader) throws(WireError) in try ACL(from: &reader) }
    }
}

import ZooKeeperClient

/// A znode on its way from one tree to another, or to a file.
struct ZnodeRecord: Sendable {
    /// Its path below the top of the tree; `/` for the top itself.
    var path: ZPath
    /// Nil when absent, which is not the same as empty.
    var data: [UInt8]?
    /// Nil when it is not known.
    var acl: [ACL]?
    var stat: Stat?
    var isEphemeral = false

    /// The order of a walk: by name, level by level.
    static func precedes(_ left: ZPath, _ right: ZPath) -> Bool {
        left.bytes.lazy.map(key).lexicographicallyPrecedes(right.bytes.lazy.map(key))
    }

    private static func key(_ byte: UInt8) -> UInt8 { byte == UInt8(ascii: "/") ? 0 : byte }
}

extension ZPath {
    /// The path with a top put before it.
    func below(_ top: ZPath) -> ZPath {
        if isRoot { return top }
        return top.isRoot ? self : ZPath(unchecked: top.bytes + bytes)
    }

    /// The path without the top that it lies under.
    func relative(to top: ZPath) -> ZPath {
        if top.isRoot { return self }
        let rest = bytes.dropFirst(top.bytes.count)
        return rest.isEmpty ? .root : ZPath(unchecked: Array(rest))
    }
}

/// Znodes in the order of a walk.
@ShellActor
protocol RecordSource: AnyObject {
    /// The next ones, nil at the end.
    func next() async throws(ShellError) -> [ZnodeRecord]?
    /// What could not be read, in words.
    var problems: [String] { get }
}

/// An absolute path in the tree of znodes.
///
/// Held as bytes and compared as bytes: the server does no Unicode normalisation, so `é` composed and decomposed are
/// two znodes, while Swift's string equality would merge them. Order is bytewise too.
public struct ZPath: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The path's bytes; UTF-8 on every server of the Apache project.
    public let bytes: [UInt8]

    /// The root, `/`.
    public static let root = ZPath(unchecked: [slash])

    static let slash = UInt8(ascii: "/")

    /// A path that came from a server, or was validated before.
    public init(unchecked bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Checks the rules of the server's `PathUtils`, so that a bad path is refused before it is sent.
    ///
    /// With `sequential`, a trailing `/` is legal: the server appends the sequence suffix before it checks.
    public init(validating bytes: [UInt8], sequential: Bool = false) throws(ZPathError) {
        try ZPathError.check(sequential ? bytes + [UInt8(ascii: "1")] : bytes)
        self.bytes = bytes
    }

    /// Checks the rules of the server's `PathUtils`.
    public init(validating text: String, sequential: Bool = false) throws(ZPathError) {
        try self.init(validating: Array(text.utf8), sequential: sequential)
    }

    /// The path as text; surrogate pairs that a Java server encodes one by one are joined again.
    public var description: String { LenientUTF8.decode(bytes) }

    /// Whether this is `/`.
    public var isRoot: Bool { bytes.count == 1 }

    /// The last part: the znode's name; empty for the root.
    public var name: ArraySlice<UInt8> {
        guard let last = bytes.lastIndex(of: Self.slash) else { return bytes[...] }
        return bytes[(last + 1)...]
    }

    /// The parent's path, or nil for the root.
    public var parent: ZPath? {
        guard !isRoot, let last = bytes.lastIndex(of: Self.slash) else { return nil }
        return last == 0 ? .root : ZPath(unchecked: Array(bytes[..<last]))
    }

    /// The path of the child called `name`.
    public func child(_ name: some Collection<UInt8>) -> ZPath {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(self.bytes.count + 1 + name.count)
        if !isRoot { bytes.append(contentsOf: self.bytes) }
        bytes.append(Self.slash)
        bytes.append(contentsOf: name)
        return ZPath(unchecked: bytes)
    }

    /// Whether this znode is `ancestor` or lies under it.
    public func isWithin(_ ancestor: ZPath) -> Bool {
        if ancestor.isRoot { return true }
        guard bytes.starts(with: ancestor.bytes) else { return false }
        return bytes.count == ancestor.bytes.count || bytes[ancestor.bytes.count] == Self.slash
    }

    /// Bytewise order.
    public static func < (left: ZPath, right: ZPath) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

extension ZPath: ExpressibleByStringLiteral {
    /// A path written in source code.
    public init(stringLiteral value: String) {
        self.init(unchecked: Array(value.utf8))
    }
}

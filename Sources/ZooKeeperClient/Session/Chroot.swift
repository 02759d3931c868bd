/// The path suffix of a connect string, under which all of a session's paths lie.
///
/// The servers know nothing of it.
public struct Chroot: Sendable, Hashable, CustomStringConvertible {
    /// No chroot: client and server paths are the same.
    public static let none = Chroot(path: .root)

    /// The server path that the session sees as `/`.
    public let path: ZPath

    /// A chroot at `path`.
    public init(path: ZPath) {
        self.path = path
    }

    /// `/app`, or nothing.
    public var description: String { path.isRoot ? "" : path.description }

    /// The path as the server knows it.
    public func serverPath(_ path: ZPath) -> ZPath {
        if self.path.isRoot { return path }
        return path.isRoot ? self.path : ZPath(unchecked: self.path.bytes + path.bytes)
    }

    /// The path as the session knows it, nil when it lies outside.
    public func clientPath(_ path: ZPath) -> ZPath? {
        if self.path.isRoot { return path }
        guard path.isWithin(self.path) else { return nil }
        let rest = path.bytes[self.path.bytes.count...]
        return rest.isEmpty ? .root : ZPath(unchecked: Array(rest))
    }
}

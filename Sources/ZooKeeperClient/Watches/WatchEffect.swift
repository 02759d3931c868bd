/// The kinds of watches a connection can hold on a path.
public enum WatchKind: Sendable, Hashable {
    /// One-time, by getData.
    case data
    /// One-time, by exists; set even when the znode is missing.
    case exists
    /// One-time, by getChildren.
    case child
    /// By addWatch, on one znode.
    case persistent
    /// By addWatch, on a subtree.
    case persistentRecursive
}

/// What a request does to the watches of its connection when it succeeds.
public enum WatchEffect: Sendable, Hashable {
    /// Sets a watch on a path of the session.
    case set(WatchKind, ZPath)
    /// Sets a watch on a path that no chroot moves.
    case setOnServerPath(WatchKind, ZPath)
    /// Removes watches from a path of the session.
    case remove(WatcherType, ZPath)

    /// The same effect in server paths.
    func onServer(_ chroot: Chroot) -> WatchEffect {
        switch self {
        case .set(let kind, let path): .setOnServerPath(kind, chroot.serverPath(path))
        case .setOnServerPath: self
        case .remove(let type, let path): .remove(type, chroot.serverPath(path))
        }
    }
}

/// The watches that the server holds for this session's connection, so that the next connection can have them too.
///
/// All paths are server paths. One-time watches leave when an event uses them up.
struct WatchRegistry: Sendable, Hashable {
    private(set) var data: Set<ZPath> = []
    private(set) var exist: Set<ZPath> = []
    private(set) var child: Set<ZPath> = []
    private(set) var persistent: [ZPath: AddWatch.Mode] = [:]

    var isEmpty: Bool { data.isEmpty && exist.isEmpty && child.isEmpty && persistent.isEmpty }
    var count: Int { data.count + exist.count + child.count + persistent.count }

    /// Books what a request did, once its reply is there.
    ///
    /// An exists watch is set even when the znode is missing.
    mutating func replied(_ effect: WatchEffect, error: ErrorCode) {
        switch effect {
        case .setOnServerPath(.exists, let path) where error == .noNode: exist.insert(path)
        case .setOnServerPath(let kind, let path) where error == .ok: set(kind, path)
        case .remove(let type, let path) where error == .ok: remove(type, path)
        case .set, .setOnServerPath, .remove: break
        }
    }

    private mutating func set(_ kind: WatchKind, _ path: ZPath) {
        switch kind {
        case .data, .exists: data.insert(path)
        case .child: child.insert(path)
        case .persistent: persistent[path] = .persistent
        case .persistentRecursive: persistent[path] = .persistentRecursive
        }
    }

    /// Forgets watches of one kind, after the server removed them or when there is no server to ask.
    mutating func remove(_ type: WatcherType, _ path: ZPath) {
        if type == .any || type == .data {
            data.remove(path)
            exist.remove(path)
        }
        if type == .any || type == .children { child.remove(path) }
        switch (type, persistent[path]) {
        case (.any, _), (.persistent, .persistent), (.persistentRecursive, .persistentRecursive):
            persistent[path] = nil
        default: break
        }
    }

    /// Which kinds of watches there are on a path.
    func kinds(on path: ZPath) -> Set<WatchKind> {
        var kinds: Set<WatchKind> = []
        if data.contains(path) { kinds.insert(.data) }
        if exist.contains(path) { kinds.insert(.exists) }
        if child.contains(path) { kinds.insert(.child) }
        switch persistent[path] {
        case .persistent: kinds.insert(.persistent)
        case .persistentRecursive: kinds.insert(.persistentRecursive)
        case nil: break
        }
        return kinds
    }

    /// Takes the one-time watches away that an event has used up.
    mutating func fired(_ type: WatchEvent.EventType, _ path: ZPath) {
        switch type {
        case .nodeCreated, .nodeDataChanged:
            data.remove(path)
            exist.remove(path)
        case .nodeDeleted:
            data.remove(path)
            exist.remove(path)
            child.remove(path)
        case .nodeChildrenChanged: child.remove(path)
        default: break
        }
    }

    /// The frames that register everything again, each small enough for any server.
    func batches(relativeZxid: Int64, byteLimit: Int = 128 * 1024) -> [SetWatches] {
        var batches: [SetWatches] = []
        var batch = SetWatches(relativeZxid: relativeZxid)
        var bytes = 0
        func add(_ paths: some Sequence<ZPath>, _ list: WritableKeyPath<SetWatches, [ZPath]>) {
            for path in paths {
                if bytes > 0, bytes + path.bytes.count + 4 > byteLimit {
                    batches.append(batch)
                    batch = SetWatches(relativeZxid: relativeZxid)
                    bytes = 0
                }
                batch[keyPath: list].append(path)
                bytes += path.bytes.count + 4
            }
        }
        add(data.sorted(), \.data)
        add(exist.sorted(), \.exist)
        add(child.sorted(), \.child)
        add(persistent.filter { $0.value == .persistent }.keys.sorted(), \.persistent)
        add(persistent.filter { $0.value == .persistentRecursive }.keys.sorted(), \.persistentRecursive)
        if bytes > 0 { batches.append(batch) }
        return batches
    }
}

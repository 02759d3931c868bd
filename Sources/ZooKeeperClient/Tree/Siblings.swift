import DequeModule

/// The children of one znode while a walk passes through them, in bytewise order.
///
/// What is held of each is what was read ahead of the reader; of the rest only the names.
final class Siblings {
    /// What is known of one of them.
    enum Slot {
        case asked
        case answered(TreeWalk.Visit, Siblings?, footprint: Int)
        case refused(path: ZPath, ErrorCode)
        case vanished(ZPath)
    }

    /// Nil for the start of the walk, which has no siblings.
    private let parent: ZPath?
    private let start: ZPath
    let names: NameList
    /// The next one to be asked for.
    private(set) var nextAsked = 0
    /// The next one to be handed out.
    private var nextVisited = 0
    /// Those between the two.
    private var slots: Deque<Slot> = []

    /// How many levels they lie below the start of the walk.
    let depth: Int

    init(of parent: ZPath, _ names: NameList, depth: Int) {
        self.parent = parent
        self.depth = depth
        start = parent
        self.names = names
    }

    /// The start of a walk.
    init(start: ZPath) {
        parent = nil
        depth = 0
        self.start = start
        names = NameList([[]])
    }

    var isVisited: Bool { nextVisited == names.count }
    var isAskedFor: Bool { nextAsked == names.count }

    private func path(at index: Int) -> ZPath { parent?.child(names[index]) ?? start }

    /// The path of the next one to be asked for.
    func ask() -> (index: Int, path: ZPath) {
        defer { nextAsked += 1 }
        slots.append(.asked)
        return (nextAsked, path(at: nextAsked))
    }

    func fill(_ slot: Slot, at index: Int) { slots[index - nextVisited] = slot }

    /// The next one, once it is answered.
    func take() -> Slot? {
        guard let slot = slots.first else { return nil }
        if case .asked = slot { return nil }
        slots.removeFirst()
        nextVisited += 1
        return slot
    }

    /// Whether the next one to be handed out was not even asked for.
    var isStarved: Bool { slots.isEmpty && !isVisited }

    // MARK: Order

    /// Whether what is to be asked for next here stands before what is to be asked for there.
    ///
    /// Names contain no `/`, and order is by name, level by level.
    static func precedes(_ left: Siblings, _ right: Siblings) -> Bool {
        var (first, second) = (left.keys, right.keys)
        while let one = first.next() {
            guard let other = second.next() else { return false }
            if one != other { return one < other }
        }
        return second.next() != nil
    }

    /// The bytes of the next path to be asked for, `/` before everything else.
    private var keys: some IteratorProtocol<UInt8> {
        let path = path(at: nextAsked)
        return path.bytes.lazy.map { $0 == ZPath.slash ? 0 : $0 }.makeIterator()
    }
}

/// Siblings that are not all asked for, in the order of their next path.
struct Pending: Comparable {
    let siblings: Siblings

    static func == (left: Pending, right: Pending) -> Bool { left.siblings === right.siblings }
    static func < (left: Pending, right: Pending) -> Bool { Siblings.precedes(left.siblings, right.siblings) }
}

import ZooKeeperClient

/// What was last reported of each znode under watch: what is compared with after a gap.
///
/// Kept small, because there may be a million of them.
struct KnownTree {
    /// One znode.
    struct Znode {
        /// 0 where it is not known which of several creations this is.
        var czxid: Int64
        var version: Int32
        var aversion: Int32
        /// Events up to this one are covered by what was reported.
        var eventsBefore: UInt32
        /// The comparison it was last seen in.
        var round: UInt32

        init(_ stat: Stat, eventsBefore: Int = 0, round: UInt32 = 0) {
            czxid = stat.czxid
            version = stat.version
            aversion = stat.aversion
            self.eventsBefore = UInt32(truncatingIfNeeded: eventsBefore)
            self.round = round
        }

        /// Whether an event was told of before.
        func covers(_ event: WatchEvent) -> Bool { event.ordinal <= Int(eventsBefore) }

        /// Whether a stat is of the same creation.
        func isSame(as stat: Stat) -> Bool { czxid == 0 || czxid == stat.czxid }
    }

    private var znodes: [ZPath: Znode] = [:]
    private(set) var round: UInt32 = 0

    var count: Int { znodes.count }

    subscript(path: ZPath) -> Znode? {
        get { znodes[path] }
        set { znodes[path] = newValue }
    }

    /// Begins a comparison.
    mutating func beginRound() { round &+= 1 }

    /// The znodes that the comparison did not meet, the deepest first.
    func unseen(except isUnknown: (ZPath) -> Bool) -> [ZPath] {
        znodes.filter { $0.value.round != round && !isUnknown($0.key) }.keys.sorted(by: >)
    }
}

import DequeModule
import ZooKeeperClient

/// Two trees side by side, in the order of their paths.
@ShellActor
final class TreeMerge {
    /// What there is at a path.
    enum Item {
        case first(ZnodeRecord)
        case second(ZnodeRecord)
        case both(ZnodeRecord, ZnodeRecord)
    }

    private let sources: (first: any RecordSource, second: any RecordSource)
    private var first: Deque<ZnodeRecord> = []
    private var second: Deque<ZnodeRecord> = []
    private var hasEnded = (first: false, second: false)

    init(_ first: any RecordSource, _ second: any RecordSource) {
        sources = (first, second)
    }

    func next() async throws(ShellError) -> Item? {
        while first.isEmpty, !hasEnded.first {
            if let more = try await sources.first.next() { first += more } else { hasEnded.first = true }
        }
        while second.isEmpty, !hasEnded.second {
            if let more = try await sources.second.next() { second += more } else { hasEnded.second = true }
        }
        guard let left = first.first else { return second.popFirst().map { .second($0) } }
        guard let right = second.first else { return first.popFirst().map { .first($0) } }
        if left.path == right.path {
            first.removeFirst()
            second.removeFirst()
            return .both(left, right)
        }
        if ZnodeRecord.precedes(left.path, right.path) {
            first.removeFirst()
            return .first(left)
        }
        second.removeFirst()
        return .second(right)
    }
}

/// Gathers the replies to many requests.
///
/// Confined to the event loop.
final class ReplyCollector<Response: Sendable> {
    typealias Reply = (result: Result<Response, ZooKeeperError>, eventsBefore: Int)

    private var replies: [Reply?]
    private var missing: Int
    private let onEnd: ([Reply]) -> Void

    init(count: Int, onEnd: @escaping ([Reply]) -> Void) {
        replies = Array(repeating: nil, count: count)
        missing = count
        self.onEnd = onEnd
    }

    func add(_ result: Result<Response, ZooKeeperError>, behind events: Int, at index: Int) {
        replies[index] = (result, events)
        missing -= 1
        if missing == 0 { onEnd(replies.compactMap { $0 }) }
    }
}

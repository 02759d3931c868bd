/// Gathers the replies to many requests.
///
/// Confined to the event loop.
final class ReplyCollector<Response: Sendable> {
    private var replies: [Result<Response, ZooKeeperError>?]
    private var missing: Int
    private let onEnd: ([Result<Response, ZooKeeperError>]) -> Void

    init(count: Int, onEnd: @escaping ([Result<Response, ZooKeeperError>]) -> Void) {
        replies = Array(repeating: nil, count: count)
        missing = count
        self.onEnd = onEnd
    }

    func add(_ reply: Result<Response, ZooKeeperError>, at index: Int) {
        replies[index] = reply
        missing -= 1
        if missing == 0 { onEnd(replies.compactMap { $0 }) }
    }
}

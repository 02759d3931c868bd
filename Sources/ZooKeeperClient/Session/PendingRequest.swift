/// A request on its way through the session, its types erased.
///
/// Confined to the event loop.
final class PendingRequest {
    typealias Reply = Result<JuteReader, ZooKeeperError>

    let id: UInt64
    let opCode: OpCode
    let path: ZPath?
    let watchEffect: WatchEffect?
    let encode: (inout JuteWriter) -> Void
    private(set) var isWritten = false
    private var completion: ((Reply) -> Void)?

    init(
        id: UInt64, opCode: OpCode, path: ZPath?, watchEffect: WatchEffect?,
        encode: @escaping (inout JuteWriter) -> Void, completion: @escaping (Reply) -> Void
    ) {
        self.id = id
        self.opCode = opCode
        self.path = path
        self.watchEffect = watchEffect
        self.encode = encode
        self.completion = completion
    }

    func wasWritten() { isWritten = true }

    /// Tells the caller, once; whatever comes later is not theirs any more.
    func complete(_ reply: Reply) {
        completion.take()?(reply)
    }

    func fail(_ reason: ZooKeeperError.Reason) {
        complete(.failure(ZooKeeperError(reason, operation: opCode, path: path)))
    }
}

/// A request on its way through the session, its types erased.
///
/// Confined to the event loop.
final class PendingRequest {
    typealias Reply = Result<JuteReader, ZooKeeperError>

    let opCode: OpCode
    let path: ZPath?
    let watchEffect: WatchEffect?
    let encode: (inout JuteWriter) -> Void
    private(set) var isWritten = false
    /// Told of the reply, once.
    var onReply: ((Reply) -> Void)?

    init(opCode: OpCode, path: ZPath?, watchEffect: WatchEffect?, encode: @escaping (inout JuteWriter) -> Void) {
        self.opCode = opCode
        self.path = path
        self.watchEffect = watchEffect
        self.encode = encode
    }

    func wasWritten() { isWritten = true }

    /// Tells the caller, once; whatever comes later is not theirs any more.
    func complete(_ reply: Reply) {
        onReply.take()?(reply)
    }

    func fail(_ reason: ZooKeeperError.Reason) {
        complete(.failure(ZooKeeperError(reason, operation: opCode, path: path)))
    }
}

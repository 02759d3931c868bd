/// Ends the session at once: its ephemeral znodes are gone before the reply is sent.
struct CloseSession: ZooKeeperRequest {
    typealias Response = Void
    var opCode: OpCode { .closeSession }
    var path: ZPath? { nil }
    func encode(into writer: inout JuteWriter) {}
}

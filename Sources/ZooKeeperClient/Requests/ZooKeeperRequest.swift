/// One request of the protocol, with the reply that answers it.
///
/// One file an operation conforms to this.
public protocol ZooKeeperRequest: Sendable {
    /// What the reply carries.
    associatedtype Response: Sendable

    /// The operation's number on the wire.
    var opCode: OpCode { get }
    /// The znode concerned, for messages; nil where there is none.
    var path: ZPath? { get }
    /// The watch that the server sets or removes when it processes the request, if any.
    var watchEffect: WatchEffect? { get }

    /// Writes the record that follows the request header.
    func encode(into writer: inout JuteWriter)
    /// Reads the record that follows the reply header of a success.
    func decodeResponse(from reader: inout JuteReader) throws(WireError) -> Response
}

extension ZooKeeperRequest {
    /// Most requests touch no watch.
    public var watchEffect: WatchEffect? { nil }
}

extension ZooKeeperRequest where Response == Void {
    /// Replies of this kind are a header only; what may follow is ignored, as the protocol allows.
    public func decodeResponse(from reader: inout JuteReader) throws(WireError) {}
}

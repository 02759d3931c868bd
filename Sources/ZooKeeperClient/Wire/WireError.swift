/// What is wrong with bytes that came from a server.
public enum WireError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The frame ended inside a field.
    case truncated(field: String)
    /// A length or count that cannot be.
    case badLength(Int, field: String)
    /// A frame of this many bytes, above the limit.
    case frameTooLarge(Int, limit: Int)
    /// A reply whose xid is not that of the oldest request in flight.
    case unexpectedXid(Int32, expected: Int32?)
    /// A record where another one was due.
    case unexpectedRecord(String)

    /// What is wrong, for a person.
    public var description: String {
        switch self {
        case .truncated(let field): "the reply ends inside \(field)"
        case .badLength(let length, let field): "\(field) has the impossible length \(length)"
        case .frameTooLarge(let length, let limit): "the reply has \(length) bytes, more than the limit of \(limit)"
        case .unexpectedXid(let xid, let expected?): "a reply to request \(xid) came where \(expected) was due"
        case .unexpectedXid(let xid, nil): "a reply to request \(xid) came though nothing was asked"
        case .unexpectedRecord(let what): "unexpected \(what) in the reply"
        }
    }
}

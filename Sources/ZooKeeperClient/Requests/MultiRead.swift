/// Many reads in one request; each succeeds or fails alone.
///
/// Servers before 3.6 do not know it.
public struct MultiRead: ZooKeeperRequest {
    /// One read.
    ///
    /// The protocol sets no watches here.
    public enum Op: Sendable, Hashable {
        /// Data and stat.
        case getData(ZPath)
        /// Names of children.
        case getChildren(ZPath)
    }

    /// The answer to one read.
    public enum OpResult: Sendable, Hashable {
        /// Data, nil when absent, and stat.
        case data([UInt8]?, Stat)
        /// Names of children, in the server's order.
        case children(NameList)
        /// This read failed; the others need not have.
        case failed(ErrorCode)
    }

    let ops: [Op]

    /// A request for all of these reads.
    public init(_ ops: [Op]) {
        self.ops = ops
    }

    /// The operation's number.
    public var opCode: OpCode { .multiRead }
    /// No single znode is concerned.
    public var path: ZPath? { nil }

    /// Writes each read behind a MultiHeader, then the terminator.
    public func encode(into writer: inout JuteWriter) {
        for op in ops {
            switch op {
            case .getData(let path):
                MultiHeader(type: OpCode.getData.rawValue, done: false).encode(into: &writer)
                GetData(path).encode(into: &writer)
            case .getChildren(let path):
                MultiHeader(type: OpCode.getChildren.rawValue, done: false).encode(into: &writer)
                GetChildren(path).encode(into: &writer)
            }
        }
        MultiHeader.terminator.encode(into: &writer)
    }

    /// Reads one result a read, in order.
    public func decodeResponse(from reader: inout JuteReader) throws(WireError) -> [OpResult] {
        var results: [OpResult] = []
        results.reserveCapacity(ops.count)
        while true {
            let header = try MultiHeader(from: &reader)
            if header.done {
                guard results.count == ops.count else { throw .unexpectedRecord("end after \(results.count) results") }
                return results
            }
            guard results.count < ops.count else { throw .unexpectedRecord("result \(results.count + 1)") }
            switch OpCode(rawValue: header.type) {
            case .getData: results.append(.data(try reader.bytes("data"), try Stat(from: &reader)))
            case .getChildren: results.append(.children(try reader.nameList()))
            case _ where header.type == -1:
                results.append(.failed(ErrorCode(rawValue: try reader.int32("err"))))
            default: throw .unexpectedRecord("result type \(header.type)")
            }
        }
    }
}

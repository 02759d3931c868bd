/// Several operations as one transaction: all are done or none.
public struct Multi: ZooKeeperRequest {
    /// One operation of a transaction.
    public enum Op: Sendable, Hashable {
        /// Creates a znode.
        case create(ZPath, data: [UInt8]?, acl: [ACL], mode: CreateMode)
        /// Deletes a znode if the version matches.
        case delete(ZPath, version: Int32)
        /// Sets data if the version matches.
        case setData(ZPath, data: [UInt8]?, version: Int32)
        /// Does nothing, but fails the transaction unless the version matches; −1 checks only that the znode exists.
        case check(ZPath, version: Int32)

        /// The znode concerned.
        public var path: ZPath {
            switch self {
            case .create(let path, _, _, _), .delete(let path, _), .setData(let path, _, _), .check(let path, _): path
            }
        }

        var opCode: OpCode {
            switch self {
            case .create(_, _, _, let mode): mode.opCode(plain: .create2)
            case .delete: .delete
            case .setData: .setData
            case .check: .check
            }
        }

        func encode(into writer: inout JuteWriter) {
            switch self {
            case .create(let path, let data, let acl, let mode):
                Create.Record(path: path, data: data, acl: acl, mode: mode).encode(into: &writer)
            case .delete(let path, let version): Delete(path, version: version).encode(into: &writer)
            case .setData(let path, let data, let version):
                SetData(path, data: data, version: version).encode(into: &writer)
            case .check(let path, let version):
                writer.write(path)
                writer.write(version)
            }
        }
    }

    /// What became of one operation.
    public enum OpResult: Sendable, Hashable {
        /// Created, under this path.
        case created(ZPath, Stat?)
        /// Deleted.
        case deleted
        /// Data set.
        case set(Stat)
        /// The check held.
        case checked
        /// Not done. `runtimeInconsistency` and `ok` mean: only because another operation failed.
        case failed(ErrorCode)
    }

    let ops: [Op]

    /// A transaction of these operations, in this order.
    public init(_ ops: [Op]) {
        self.ops = ops
    }

    /// The operation's number.
    public var opCode: OpCode { .multi }
    /// The znode of the only operation, if there is but one.
    public var path: ZPath? { ops.count == 1 ? ops[0].path : nil }

    /// Writes each operation behind a MultiHeader, then the terminator.
    public func encode(into writer: inout JuteWriter) {
        for op in ops {
            MultiHeader(type: op.opCode.rawValue, done: false).encode(into: &writer)
            op.encode(into: &writer)
        }
        MultiHeader.terminator.encode(into: &writer)
    }

    /// Reads one result an operation.
    ///
    /// A failed transaction has header error 0 and only failed results.
    public func decodeResponse(from reader: inout JuteReader) throws(WireError) -> [OpResult] {
        var results: [OpResult] = []
        results.reserveCapacity(ops.count)
        while true {
            let header = try MultiHeader(from: &reader)
            if header.done { return results }
            guard results.count < ops.count else { throw .unexpectedRecord("result \(results.count + 1)") }
            switch OpCode(rawValue: header.type) {
            case .create: results.append(.created(try reader.path("path"), nil))
            case .create2: results.append(.created(try reader.path("path"), try Stat(from: &reader)))
            case .delete: results.append(.deleted)
            case .setData: results.append(.set(try Stat(from: &reader)))
            case .check: results.append(.checked)
            case _ where header.type == -1:
                results.append(.failed(ErrorCode(rawValue: try reader.int32("err"))))
            default: throw .unexpectedRecord("result type \(header.type)")
            }
        }
    }

    /// The operation that made a transaction fail, and why; nil when it was done.
    ///
    /// Operations before it carry 0 and operations after it −2, so the culprit is the first that carries neither.
    public static func culprit(in results: [OpResult]) -> (index: Int, error: ErrorCode)? {
        var skipped: (index: Int, error: ErrorCode)?
        for case (let index, .failed(let error)) in results.enumerated() {
            if error != .ok && error != .runtimeInconsistency { return (index, error) }
            if error != .ok, skipped == nil { skipped = (index, error) }
        }
        return skipped
    }
}

/// What stands before each item of a multi or multiRead, and ends it.
struct MultiHeader: Sendable, Hashable {
    var type: Int32
    var done: Bool

    static let terminator = MultiHeader(type: -1, done: true)

    init(type: Int32, done: Bool) {
        self.type = type
        self.done = done
    }

    init(from reader: inout JuteReader) throws(WireError) {
        type = try reader.int32("multi type")
        done = try reader.bool("multi done")
        _ = try reader.int32("multi err")
    }

    func encode(into writer: inout JuteWriter) {
        writer.write(type)
        writer.write(done)
        writer.write(Int32(-1))
    }
}

import CommandLanguage
import ZooKeeperClient

/// `setquota`: a limit on a subtree.
struct SetQuota: Command {
    static let count = Option<Int64>(
        "-n", "--count", label: "COUNT", help: "Znodes; the server only logs when exceeded")
    static let bytes = Option<Int64>("-b", "--bytes", label: "BYTES", help: "Bytes of data; the server only logs")
    static let hardCount = Option<Int64>(
        "-N", "--hard-count", label: "COUNT", help: "Znodes; the server refuses what exceeds it")
    static let hardBytes = Option<Int64>(
        "-B", "--hard-bytes", label: "BYTES", help: "Bytes of data; the server refuses what exceeds it")
    static let path = Positional<PathArgument>("path", help: "The top of the subtree")

    static let names = ["setquota"]
    static let isWrite = true

    static let spec = CommandSpec(
        names, group: CommandTable.Group.writing, "Limit the znodes or bytes of a subtree",
        discussion: """
            One limit a call; those set before stay. Hard limits are kept by servers from 3.7 on that have \
            enforceQuota=true. A subtree under or above another quota is refused.
            """,
        parameters: [count, bytes, hardCount, hardBytes, path],
        exclusive: [["-n", "-b", "-N", "-B"]],
        examples: [Example("setquota -n 1000 /app", "A thousand znodes, itself included")]
    )

    let arguments: Arguments
    private let kind: Quota.Kind
    private let value: Int64

    init(_ arguments: Arguments) throws(UsageError) {
        self.arguments = arguments
        guard let (kind, value) = Self.limits(arguments).first else {
            throw UsageError("one of -n, -b, -N and -B must say what to limit", in: Self.spec)
        }
        let isCount = kind == .count || kind == .countHardLimit
        guard value >= (isCount ? 1 : 0) else {
            throw UsageError(
                "a quota of \(isCount ? "znodes is at least 1" : "bytes is at least 0"), not \(value)", in: Self.spec)
        }
        self.kind = kind
        self.value = value
    }

    private static func limits(_ arguments: Arguments) -> [(Quota.Kind, Int64)] {
        [
            (.count, arguments[count]), (.bytes, arguments[bytes]), (.countHardLimit, arguments[hardCount]),
            (.byteHardLimit, arguments[hardBytes]),
        ].compactMap { kind, value in value.map { (kind, $0) } }
    }

    func run(in context: CommandContext) async throws(ShellError) {
        let path = try context.resolve(arguments[Self.path])
        try await QuotaStore(path, context).set(kind, value)
        try await context.emit(.done(operation: "setquota", path))
    }
}

import CommandLanguage
import ZooKeeperClient

/// `delquota`: no limit any more.
struct DeleteQuota: Command {
    static let count = Flag("-n", "--count", help: "Only the count")
    static let bytes = Flag("-b", "--bytes", help: "Only the bytes")
    static let hardCount = Flag("-N", "--hard-count", help: "Only the hard count")
    static let hardBytes = Flag("-B", "--hard-bytes", help: "Only the hard bytes")
    static let path = Positional<PathArgument>("path", help: "The znode that has the quota")

    static let names = ["delquota"]
    static let isWrite = true

    static let spec = CommandSpec(
        names, group: CommandTable.Group.writing, "Take a limit, or the whole quota, off a subtree",
        discussion: "Exit status 1 when there is none.",
        parameters: [count, bytes, hardCount, hardBytes, path],
        exclusive: [["-n", "-b", "-N", "-B"]],
        examples: [Example("delquota /app", "All limits")]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    private var kind: Quota.Kind? {
        if arguments[Self.count] { return .count }
        if arguments[Self.bytes] { return .bytes }
        if arguments[Self.hardCount] { return .countHardLimit }
        return arguments[Self.hardBytes] ? .byteHardLimit : nil
    }

    func run(in context: CommandContext) async throws(ShellError) {
        let path = try context.resolve(arguments[Self.path])
        guard try await QuotaStore(path, context).remove(kind) else {
            throw ShellError("delquota \(path): quota does not exist for \(path)", status: .refused)
        }
        try await context.emit(.done(operation: "delquota", path))
    }
}

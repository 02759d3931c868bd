import CommandLanguage
import ZooKeeperClient

/// `listquota`: the limits on a subtree, and what it holds.
struct ListQuota: Command {
    static let path = Positional<PathArgument>("path", help: "The znode that has the quota")

    static let names = ["listquota"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.reading, "Print the quota of a subtree",
        discussion: "Exit status 1 when the znode has none; an ancestor that has one is named.",
        parameters: [path],
        examples: [Example("listquota /app", "Limits and use")]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        let path = try context.resolve(arguments[Self.path])
        let store = try QuotaStore(path, context)
        guard let (limits, used, _) = try await store.read() else {
            let ancestor = try await store.ancestorWithQuota()
            throw ShellError(
                "listquota \(path): quota for \(path) does not exist", status: .refused,
                hints: ancestor.map { ["the quota of its ancestor \($0) holds for it"] } ?? [])
        }
        try await context.emit(.quota(path, limits, used: used))
    }
}

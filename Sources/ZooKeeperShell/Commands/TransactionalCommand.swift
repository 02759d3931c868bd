import CommandLanguage
import ZooKeeperClient

/// A command that can also be an operation of a transaction.
protocol TransactionalCommand: Command {
    /// What it does, as part of a whole.
    @ShellActor func operation(in context: CommandContext) async throws(ShellError) -> Multi.Op
}

/// `check`, inside a transaction.
struct CheckCommand: TransactionalCommand {
    static let version = Option<VersionArgument>(
        "-v", "--version", label: "VERSION", help: "Only if this is the data version")
    static let path = Positional<PathArgument>("path", help: "The znode that must exist")

    static let names = ["check"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.writing, "Fail the transaction unless a znode exists",
        parameters: [version, path])

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func operation(in context: CommandContext) async throws(ShellError) -> Multi.Op {
        .check(try context.resolve(arguments[Self.path]), version: arguments[Self.version]?.value ?? -1)
    }

    func run(in context: CommandContext) async throws(ShellError) {
        _ = try await context.send(Multi([try await operation(in: context)]))
    }
}

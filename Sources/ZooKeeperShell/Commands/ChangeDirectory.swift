import CommandLanguage
import ZooKeeperClient

/// `cd`: where relative paths start.
struct ChangeDirectory: Command {
    static let path = OptionalPositional<PathArgument>(
        "path", help: "The new working path; / if none, - for the one before")

    static let names = ["cd"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.shell, "Change the working path",
        discussion: "Relative paths start there. The znode must exist.",
        parameters: [path],
        examples: [Example("cd /zookeeper", "Then ls, get config, …"), Example("cd ..", "One up")]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        var target = ZPath.root
        if let argument = arguments[Self.path] {
            if argument.bytes == [UInt8(ascii: "-")] {
                target = context.shell.formerWorkingPath ?? .root
            } else {
                target = try context.resolve(argument)
            }
        }
        _ = try await context.send(Exists(target))
        context.shell.changeWorkingPath(to: target)
        try await context.emit(.done(operation: "cd", target))
    }
}

import CommandLanguage
import ZooKeeperClient

/// `stat`: the bookkeeping of a znode.
struct StatCommand: Command {
    static let watch = Flag("-w", "--watch", help: "Set a one-time watch; also when the znode is missing")
    static let paths = VariadicPositional<PathArgument>("path", minimum: 1, help: "The znodes to look at")

    static let names = ["stat"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.reading, "Print the stat of a znode",
        discussion: "Zxids and the owner are hexadecimal; times are in the local zone, in JSON in UTC.",
        parameters: [watch, paths],
        examples: [Example("stat /zookeeper", "Versions, times, owner, size")]
    )

    let isSingleRequest = true
    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        try await context.forEach(arguments[Self.paths]) { (argument) throws(ShellError) in
            let path = try context.resolve(argument)
            if arguments[Self.watch] { await context.shell.warnOfShortWatch(context) }
            try await context.emit(.stat(path, try await context.send(Exists(path, watch: arguments[Self.watch]))))
        }
    }
}

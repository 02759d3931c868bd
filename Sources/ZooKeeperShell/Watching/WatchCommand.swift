import CommandLanguage
import ZooKeeperClient

/// `watch`: every change under some znodes, as it happens.
struct WatchCommand: Command {
    static let recursive = Flag("-R", "--recursive", help: "Follow the whole subtree of each path")
    static let data = Flag("-d", "--data", help: "Print the new data with each change")
    static let count = Option<Int>("-n", "--count", label: "COUNT", help: "End after so many changes")
    static let duration = Option<TimeSpan>("--for", label: "TIME", help: "End after this time, as in 30s or 5m")
    static let oneTime = Flag(
        "--one-time", help: "Use re-armed one-time watches even where the server has persistent ones")
    static let paths = VariadicPositional<PathArgument>(
        "path", minimum: 1, help: "The znodes to follow; they need not exist")

    static let names = ["watch"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.watching, "Follow changes until interrupted",
        discussion: """
            First the state of each path is printed, then a line for each change, flushed at once. Connections that \
            break are made anew, on another server if need be; what changed meanwhile is found by comparison and marked \
            as resynced. Without -R the znode and the coming and going of its children are followed. Servers before 3.6 \
            have only one-time watches: these are re-armed after each change, and changes that follow each other \
            closely may be told as one.
            """,
        parameters: [recursive, data, count, duration, oneTime, paths],
        examples: [
            Example("watch /app/config", "One znode"),
            Example("watch -R -d /app", "A subtree, with the new data"),
            Example("watch -n 1 /app/ready", "Wait for one change"),
        ]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) throws(UsageError) {
        self.arguments = arguments
        if let count = arguments[Self.count], count < 1 {
            throw UsageError("-n: at least one change must be waited for, not \(count)", in: Self.spec)
        }
    }

    func run(in context: CommandContext) async throws(ShellError) {
        var paths: [ZPath] = []
        for argument in arguments[Self.paths] { paths.append(try context.resolve(argument)) }
        let watcher = Watcher(
            context: context, paths: paths, isRecursive: arguments[Self.recursive], readsData: arguments[Self.data],
            usesOneTimeWatches: arguments[Self.oneTime], limit: arguments[Self.count]
        )
        let following = Task.ofShell { await watcher.run() }
        let timer = arguments[Self.duration].map { span in
            Task.ofShell {
                try? await Task.sleep(for: .milliseconds(span.milliseconds))
                watcher.timeIsUp()
                following.cancel()
            }
        }
        let result = await withTaskCancellationHandler {
            await following.value
        } onCancel: {
            following.cancel()
        }
        timer?.cancel()
        try result.get()
    }
}

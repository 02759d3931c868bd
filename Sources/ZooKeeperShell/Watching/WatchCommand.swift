import CommandLanguage
import ZooKeeperClient

/// `watch`: every change under some znodes, as it happens.
struct WatchCommand: Command {
    static let recursive = Flag("-R", "--recursive", help: "Follow the whole subtree of each path")
    static let data = Flag("-d", "--data", help: "Print the new data with each change")
    static let difference = Flag(
        "--diff", help: "Print what is different in the data: fields of JSON, lines of other text")
    static let initial = Flag("--initial", help: "Print the znodes that are there at the start")
    static let json = Flag("--json", help: "Print JSON, one object a line, as zkcli -o json does")
    static let only = Option<WatchSettings.Kinds>(
        "--only", label: "KINDS",
        help: "Of created, deleted, changed, children and acl those named, separated by commas")
    static let match = RepeatedOption<Glob>(
        "--match", label: "GLOB", help: "Only znodes whose name, or path if there is a / in it, matches")
    static let exclude = RepeatedOption<Glob>("--exclude", label: "GLOB", help: "No znodes that match")
    static let count = Option<Int>("-n", "--count", label: "COUNT", help: "End after so many changes")
    static let duration = Option<TimeSpan>("--for", label: "TIME", help: "End after this time, as in 30s or 5m")
    static let timestamps = Option<WatchSettings.Timestamps>(
        "--timestamps", label: "ZONE", help: "utc, local or none; a clock on a terminal and utc elsewhere if not given")
    static let exec = Option<String>(
        "--exec", label: "LINE", help: "Run a line of the local shell for each change, the data on its standard input")
    static let execParallel = Option<Int>(
        "--exec-parallel", label: "N", help: "Run up to N of them at once; one after the other if not given")
    static let settle = Option<TimeSpan>(
        "--settle", label: "TIME", help: "Run it once, when there was no change for this time")
    static let oneTime = Flag(
        "--one-time", help: "Use re-armed one-time watches even where the server has persistent ones")
    static let paths = VariadicPositional<PathArgument>(
        "path", minimum: 1, help: "The znodes to follow; they need not exist")

    static let names = ["watch"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.watching, "Follow changes until interrupted",
        discussion: """
            Prints a line for each change, flushed at once. Connections that break are made anew, on another server if \
            need be, and a session that expires is replaced; what changed meanwhile is found by comparison and marked \
            as resynced, and a line tells between which zxids changes may be missing. Without -R the znode and the \
            coming and going of its children are followed. A change is superseded when the znode was changed again \
            before it could be read. --exec runs its line with ZKCLI_EVENT, ZKCLI_PATH, ZKCLI_VERSION, \
            ZKCLI_OLD_VERSION, ZKCLI_MZXID, ZKCLI_CHANGES and ZKCLI_SERVER in its environment; what fails is told. \
            Servers before 3.6 have only one-time watches: these are re-armed after each change, and changes that \
            follow each other closely may be told as one.
            """,
        parameters: [
            recursive, data, difference, initial, json, only, match, exclude, count, duration, timestamps, exec,
            execParallel, settle, oneTime, paths,
        ],
        examples: [
            Example("watch /app/config", "One znode"),
            Example("watch -R -d /app", "A subtree, with the new data"),
            Example("watch --diff --initial /app/config", "What is there, then what becomes different"),
            Example("watch -R --only created,deleted --match 'worker-*' /app", "Workers that come and go"),
            Example("watch -R --settle 500ms --exec 'make reload' /app/config", "Once for each burst of changes"),
        ]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) throws(UsageError) {
        self.arguments = arguments
        for option in [Self.count, Self.execParallel] {
            if let count = arguments[option], count < 1 {
                throw UsageError("\(option.parameter.names[0]): at least 1, not \(count)", in: Self.spec)
            }
        }
        if arguments[Self.exec] == nil, arguments[Self.execParallel] != nil || arguments[Self.settle] != nil {
            throw UsageError("--exec-parallel and --settle say how --exec runs, which is missing", in: Self.spec)
        }
    }

    @ShellActor private func settings(_ context: CommandContext) throws(ShellError) -> WatchSettings {
        var paths: [ZPath] = []
        for argument in arguments[Self.paths] { paths.append(try context.resolve(argument)) }
        var settings = WatchSettings(paths: paths)
        settings.isRecursive = arguments[Self.recursive]
        settings.showsData = arguments[Self.data]
        settings.showsDifference = arguments[Self.difference]
        settings.showsInitial = arguments[Self.initial]
        settings.usesOneTimeWatches = arguments[Self.oneTime]
        settings.limit = arguments[Self.count]
        settings.only = arguments[Self.only]?.kinds
        settings.matches = arguments[Self.match]
        settings.excludes = arguments[Self.exclude]
        settings.timestamps = arguments[Self.timestamps]
        settings.exec = arguments[Self.exec].map { line in
            ExecSettings(
                line: line, parallel: arguments[Self.execParallel] ?? 1, settle: arguments[Self.settle]?.milliseconds)
        }
        return settings
    }

    func run(in context: CommandContext) async throws(ShellError) {
        if arguments[Self.json] { context.format = .json }
        let watcher = Watcher(try settings(context), context)
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

import CommandLanguage
import ZooKeeperClient

/// `du`: znodes and bytes by subtree.
struct DiskUsage: Command {
    static let summary = Flag("-s", "--summary", help: "Only the whole")
    static let depth = Option<Int>(
        "-d", "--depth", label: "DEPTH", help: "Subtrees down to so many levels; 1 if not given")
    static let path = OptionalPositional<PathArgument>("path", help: "The top; the working path if not given")

    static let names = ["du"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.reading, "Print how many znodes and bytes of data subtrees hold",
        discussion: """
            The largest come first, the whole at the end. On a terminal sizes are rounded and a bar shows the share; \
            elsewhere a line is znodes, bytes and path, with tabs between.
            """,
        parameters: [summary, depth, path],
        exclusive: [["-s", "-d"]],
        examples: [Example("du /", "The subtrees at the top"), Example("du -s /app", "One line")]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) throws(UsageError) {
        self.arguments = arguments
        if let depth = arguments[Self.depth], depth < 0 {
            throw UsageError("-d: a depth is 0 or more, not \(depth)", in: Self.spec)
        }
    }

    @ShellActor private func line(_ usage: Usage, of whole: Int, _ context: CommandContext) -> Reply {
        let fields: [(String, JSON)] = [
            ("path", .path(usage.path)), ("znodes", .number(Int64(usage.znodes))),
            ("bytes", .number(Int64(usage.bytes))),
        ]
        guard context.shell.streams.out.isTerminal else {
            return .line(Array("\(usage.znodes)\t\(usage.bytes)\t".utf8) + usage.path.bytes, fields)
        }
        let share = whole == 0 ? 0 : usage.bytes * 20 / whole
        let bar = String(repeating: "█", count: share) + String(repeating: "·", count: 20 - share)
        let text = padded(Count.grouped(usage.znodes), 12) + padded(Count.bytes(usage.bytes), 10) + "  \(bar)  "
        return .line(Array(text.utf8) + usage.path.bytes, fields)
    }

    private func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count)) + text
    }

    /// A subtree that is printed, and what it holds so far.
    struct Usage: Sendable {
        var path: ZPath
        var znodes = 0
        var bytes = 0
    }

    func run(in context: CommandContext) async throws(ShellError) {
        let path = try context.resolve(arguments[Self.path] ?? PathArgument(context.shell.workingPath ?? .root))
        let maxDepth = arguments[Self.summary] ? 0 : arguments[Self.depth] ?? 1
        let survey = try await Survey(of: path, in: context, reading: .stats, betweenResults: false)
        var usages: [Usage] = []
        // The printed subtrees that the walk is in, by their places.
        var way: [Int] = []
        while let visits = try await survey.next() {
            for visit in visits {
                way.removeSubrange(min(visit.depth, way.count)...)
                if visit.depth <= maxDepth {
                    way.append(usages.count)
                    usages.append(Usage(path: visit.path))
                }
                for place in way {
                    usages[place].znodes += 1
                    usages[place].bytes += Int(visit.stat?.dataLength ?? 0)
                }
            }
        }
        guard let whole = usages.first else { return }
        let sorted = usages.dropFirst().sorted { ($1.bytes, $1.znodes, $0.path) < ($0.bytes, $0.znodes, $1.path) }
        for usage in sorted + [whole] { try await context.emit(line(usage, of: whole.bytes, context)) }
        try await survey.finish()
    }
}

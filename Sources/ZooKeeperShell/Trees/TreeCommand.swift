import CommandLanguage
import ZooKeeperClient

/// `tree`: a subtree drawn with branches.
struct TreeCommand: Command {
    static let depth = Option<Int>("-d", "--depth", label: "DEPTH", help: "Only so many levels")
    static let data = Flag("--data", help: "Print the data of each znode too, on one line, cut to the screen")
    static let path = OptionalPositional<PathArgument>("path", help: "The top; the working path if not given")

    static let names = ["tree"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.reading, "Draw a subtree",
        discussion: "Behind a znode below which levels are left out stands how many children it has.",
        parameters: [depth, data, path],
        examples: [Example("tree -d 2 /app", "Two levels"), Example("tree --data /app", "With the data")]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) throws(UsageError) {
        self.arguments = arguments
        if let depth = arguments[Self.depth], depth < 0 {
            throw UsageError("-d: a depth is 0 or more, not \(depth)", in: Self.spec)
        }
    }

    func run(in context: CommandContext) async throws(ShellError) {
        let path = try context.resolve(arguments[Self.path] ?? PathArgument(context.shell.workingPath ?? .root))
        let maxDepth = arguments[Self.depth] ?? .max
        let survey = try await Survey(
            of: path, in: context, reading: arguments[Self.data] ? .data : .names, maxDepth: maxDepth)
        // Whether the branch of each level goes on below.
        var branches: [Bool] = []
        while let visits = try await survey.next() {
            for visit in visits {
                branches.removeSubrange(min(visit.depth, branches.count)...)
                let line =
                    branches.dropFirst().map { $0 ? "│   " : "    " }.joined() + mark(visit) + text(visit, maxDepth)
                try await context.emit(.line(Array(cut(line, context).utf8), fields(visit)))
                branches.append(!visit.isLast)
            }
        }
        try await survey.finish()
    }

    private func mark(_ visit: TreeWalk.Visit) -> String {
        visit.depth == 0 ? "" : visit.isLast ? "└── " : "├── "
    }

    private func text(_ visit: TreeWalk.Visit, _ maxDepth: Int) -> String {
        var text = TerminalText.escaped(
            visit.depth == 0 ? visit.path.description : LenientUTF8.decode(visit.path.name))
        if visit.depth == maxDepth, visit.childCount > 0 { text += " (\(Count.grouped(visit.childCount)))" }
        if let refusal = visit.refusal { text += " [\(refusal)]" }
        if let data = visit.data, !data.isEmpty {
            text += "  " + TerminalText.escaped(LenientUTF8.decode(data.prefix(1000)))
        }
        return text
    }

    private func fields(_ visit: TreeWalk.Visit) -> [(String, JSON)] {
        var fields: [(String, JSON)] = [
            ("path", .path(visit.path)), ("depth", .number(Int64(visit.depth))),
            ("children", .number(Int64(visit.childCount))),
        ]
        if arguments[Self.data] { fields += JSON.data(visit.data) }
        return fields
    }

    @ShellActor private func cut(_ line: String, _ context: CommandContext) -> String {
        let out = context.shell.streams.out
        guard out.isTerminal, arguments[Self.data], line.count > out.width else { return line }
        return line.prefix(max(1, out.width - 1)) + "…"
    }
}

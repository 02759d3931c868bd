import CommandLanguage
import ZooKeeperClient

/// `grep`: lines of data that match.
struct Grep: Command {
    static let ignoresCase = Flag("-i", "--ignore-case", help: "Small and capital letters are the same")
    static let listsPaths = Flag("-l", "--files-with-matches", help: "Print only the paths")
    static let pattern = Positional<RegularExpression>("pattern", help: "An extended regular expression")
    static let paths = VariadicPositional<PathArgument>("path", help: "The tops; the working path if none")

    static let names = ["grep"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.reading, "Search the data of a subtree",
        discussion: "Prints path, colon and line. Status 1 when nothing matches, as grep has it.",
        parameters: [ignoresCase, listsPaths, pattern, paths],
        examples: [Example("grep -i 'One|two' /app", "Lines that hold either")]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        var typed = arguments[Self.paths]
        if typed.isEmpty { typed = [PathArgument(context.shell.workingPath ?? .root)] }
        let matcher = arguments[Self.pattern].compiled(ignoresCase: arguments[Self.ignoresCase])
        var count = 0
        for argument in typed {
            let survey = try await Survey(of: try context.resolve(argument), in: context, reading: .data)
            while let visits = try await survey.next() {
                for visit in visits { count += try await search(visit, matcher, context) }
            }
            try await survey.finish()
        }
        if count == 0 { throw ShellError("", status: .refused) }
    }

    @ShellActor private func search(
        _ visit: TreeWalk.Visit, _ matcher: RegularExpression.Matcher, _ context: CommandContext
    ) async throws(ShellError) -> Int {
        guard let data = visit.data, matcher.matches(data) else { return 0 }
        if arguments[Self.listsPaths] {
            try await context.emit(.paths([visit.path]))
            return 1
        }
        guard String(validating: data, as: UTF8.self) != nil, !data.contains(0) else {
            try await context.emit(
                .line(visit.path.bytes + Array(": binary data matches".utf8), [("path", .path(visit.path))]))
            return 1
        }
        var count = 0
        for line in data.split(separator: UInt8(ascii: "\n")) where matcher.firstMatch(in: line) != nil {
            let text = String(decoding: line, as: UTF8.self)
            try await context.emit(
                .line(
                    visit.path.bytes + [UInt8(ascii: ":")] + line,
                    [("path", .path(visit.path)), ("line", .string(text))]))
            count += 1
        }
        return count
    }
}

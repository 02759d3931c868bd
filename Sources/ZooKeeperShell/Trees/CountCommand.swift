import CommandLanguage
import ZooKeeperClient

/// `count`: how many znodes there are.
struct CountCommand: Command {
    static let paths = VariadicPositional<PathArgument>("path", help: "The tops; the working path if none")

    static let names = ["count"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.reading, "Count the znodes of a subtree, itself included",
        parameters: [paths],
        examples: [Example("count /app", "One request, however large it is")]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        var typed = arguments[Self.paths]
        if typed.isEmpty { typed = [PathArgument(context.shell.workingPath ?? .root)] }
        let isAlone = typed.count == 1
        try await context.forEach(typed) { (argument) throws(ShellError) in
            let path = try context.resolve(argument)
            let count = try await Self.znodes(under: path, context)
            try await context.emit(isAlone ? .count(path, count) : Self.line(count, "count", path))
        }
    }

    /// A number and a path, with a tab between.
    static func line(_ count: Int, _ name: String, _ path: ZPath) -> Reply {
        .line(Array("\(count)\t".utf8) + path.bytes, [("path", .path(path)), (name, .number(Int64(count)))])
    }

    /// The znodes of a subtree, its top included; servers before 3.6 have to be walked.
    @ShellActor static func znodes(under path: ZPath, _ context: CommandContext) async throws(ShellError) -> Int {
        if let below = try await context.sendTolerating(.unimplemented, GetAllChildrenNumber(path)) {
            return Int(below) + 1
        }
        let survey = try await Survey(of: path, in: context, betweenResults: false)
        while try await survey.next() != nil {}
        return survey.count
    }
}

/// `top-children`: the znodes with the most children.
struct TopChildren: Command {
    static let count = Option<Int>("-n", "--count", label: "COUNT", help: "How many to print; 10 if not given")
    static let path = OptionalPositional<PathArgument>("path", help: "The top; the working path if not given")

    static let names = ["top-children"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.reading, "Print the znodes with the most children",
        discussion: "Wide parents make servers and clients slow: every listing of one moves all names.",
        parameters: [count, path],
        examples: [Example("top-children -n 3 /", "The three widest")]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) throws(UsageError) {
        self.arguments = arguments
        if let count = arguments[Self.count], count < 1 {
            throw UsageError("-n: at least 1, not \(count)", in: Self.spec)
        }
    }

    func run(in context: CommandContext) async throws(ShellError) {
        let path = try context.resolve(arguments[Self.path] ?? PathArgument(context.shell.workingPath ?? .root))
        let limit = arguments[Self.count] ?? 10
        let survey = try await Survey(of: path, in: context, betweenResults: false)
        var widest: [(path: ZPath, count: Int)] = []
        while let visits = try await survey.next() {
            for visit in visits where visit.childCount > 0 {
                if widest.count == limit, let last = widest.last, last.count >= visit.childCount { continue }
                let place = widest.firstIndex { $0.count < visit.childCount } ?? widest.count
                widest.insert((visit.path, visit.childCount), at: place)
                if widest.count > limit { widest.removeLast() }
            }
        }
        for (path, count) in widest { try await context.emit(CountCommand.line(count, "children", path)) }
        try await survey.finish()
    }
}

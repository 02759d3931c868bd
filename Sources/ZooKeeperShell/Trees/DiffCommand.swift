import CommandLanguage
import ZooKeeperClient

/// `diff`: what is different between two trees.
struct DiffCommand: Command {
    static let acl = Flag("--acl", help: "Compare ACLs too; many times slower, because no batch can hold them")
    static let data = Flag("--data", help: "Print what is different in the data: fields of JSON, lines of other text")
    static let first = Positional<Place>("a", help: "A znode, zk://host:port/path, or an export file")
    static let second = Positional<Place>("b", help: "The same")

    static let names = ["diff"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.trees, "Compare two trees",
        discussion: """
            A line for each znode, its path below the tops: - is only in the first, + only in the second, ~ is \
            different. Ephemeral znodes are left out. Status 0 when there is no difference, 1 when there is. A name \
            that does not begin with /, or that ends in .jsonl or .jsonl.gz, is a file; file:NAME always is.
            """,
        parameters: [acl, data, first, second],
        examples: [
            Example("diff /app/a /app/b", "Two subtrees"), Example("diff --data app.jsonl.gz /app", "Since the export"),
            Example("diff zk://localhost:2181/app /app", "Two ensembles"),
        ]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        try await context.withTrees([arguments[Self.first], arguments[Self.second]]) { (trees) throws(ShellError) in
            let first = try await source(arguments[Self.first], trees[0], context)
            let second = try await source(arguments[Self.second], trees[1], context)
            let merge = TreeMerge(first, second)
            let progress = Progress(context, "compared")
            defer { progress.end() }
            var (seen, differences) = (0, 0)
            while let item = try await merge.next() {
                seen += 1
                progress.show(seen)
                if try await tell(item, context) { differences += 1 }
            }
            try await context.fail(with: first.problems + second.problems, "could not be compared")
            if differences > 0 { throw ShellError("", status: .refused) }
        }
    }

    @ShellActor private func source(
        _ place: Place, _ tree: TreePlace?, _ context: CommandContext
    ) async throws(ShellError) -> any RecordSource {
        if let tree {
            return TreeSource(tree, in: context, readsACL: arguments[Self.acl], includesEphemerals: false)
        }
        return try await ExportReader(path: place.fileName, command: context.command, includesEphemerals: false)
    }

    /// Prints a difference; false where there is none.
    @ShellActor private func tell(_ item: TreeMerge.Item, _ context: CommandContext) async throws(ShellError) -> Bool {
        switch item {
        case .first(let record): try await tell("-", "onlyInFirst", record.path, context)
        case .second(let record): try await tell("+", "onlyInSecond", record.path, context)
        case .both(let left, let right):
            if left.data != right.data {
                try await tell("~", "data", left.path, context)
                guard arguments[Self.data], context.format == .human else { return true }
                let lines = DataDifference(from: left.data, to: right.data)?.lines ?? ["    binary data differs"]
                for line in lines { try await context.emit(.line(Array(line.utf8), [])) }
            } else if let acl = left.acl, let other = right.acl, Swift.Set(acl) != Swift.Set(other) {
                try await tell("~", "acl", left.path, context)
            } else {
                return false
            }
        }
        return true
    }

    @ShellActor private func tell(
        _ mark: String, _ what: String, _ path: ZPath, _ context: CommandContext
    ) async throws(ShellError) {
        let note = what == "acl" ? " (ACL)" : ""
        try await context.emit(
            .line(
                Array("\(mark) ".utf8) + path.bytes + Array(note.utf8),
                [("difference", .string(what)), ("path", .path(path))]))
    }
}

extension Place {
    var fileName: String { if case .file(let name) = kind { name } else { text } }
}

extension CommandContext {
    /// Does something with the trees at some places, nil for files; sessions of its own are closed behind it.
    func withTrees(
        _ places: [Place], _ body: ([TreePlace?]) async throws(ShellError) -> Void
    ) async throws(ShellError) {
        var trees: [TreePlace?] = []
        for place in places { trees.append(try await tree(at: place)) }
        var failure: ShellError?
        do throws(ShellError) { try await body(trees) } catch { failure = error }
        for tree in trees where tree?.isOwn == true { await tree?.session.close() }
        if let failure { throw failure }
    }
}

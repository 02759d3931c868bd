import CommandLanguage
import ZooKeeperClient

/// `export`: a subtree as lines of JSON.
struct ExportCommand: Command {
    static let ephemerals = Flag("--ephemerals", help: "Ephemeral znodes too")
    static let noACL = Flag("--no-acl", help: "Without ACLs: many times faster, because no batch can hold them")
    static let path = Positional<PathArgument>("path", help: "The top of the subtree")
    static let file = OptionalPositional<String>(
        "file", kind: .file, help: "Compressed when its name ends in .gz; standard output if not given")

    static let names = ["export"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.trees, "Write a subtree to a file",
        discussion: """
            Lines of JSON, one a znode, as the section EXPORT FORMAT of the man page describes them; the last one has \
            counts and a checksum. A file has its name only when it is whole. The tree may change while it is read: the \
            export then says so, and between which zxids. What could not be read is told, and the status is 5.
            """,
        parameters: [ephemerals, noACL, path, file],
        examples: [
            Example("export /app app.jsonl.gz", "A backup"), Example("export --no-acl /app", "To standard output"),
        ]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        let top = try context.resolve(arguments[Self.path])
        let place = TreePlace(session: try await context.shell.session(), top: top, isOwn: false)
        let source = TreeSource(
            place, in: context, readsACL: !arguments[Self.noACL], includesEphemerals: arguments[Self.ephemerals])
        // Nothing is written before the top is known to be there.
        let first = try await source.next()
        let writer = try ExportWriter(path: arguments[Self.file], in: context)
        var end = ExportFormat.End()
        do throws(ShellError) {
            try await write(first, of: source, to: writer, &end, context)
        } catch {
            writer.abandon()
            guard error.status == .interrupted else { throw error }
            throw context.interrupted("\(Count.znodes(end.znodes)) were read, and no file was left")
        }
        try await account(for: source, end, context)
    }

    @ShellActor private func write(
        _ first: [ZnodeRecord]?, of source: TreeSource, to writer: ExportWriter, _ end: inout ExportFormat.End,
        _ context: CommandContext
    ) async throws(ShellError) {
        let header = ExportFormat.Header(
            source: "\(context.shell.connectString)", path: "\(try context.resolve(arguments[Self.path]))",
            zxid: source.startZxid)
        try await writer.write(Array((header.json.text + "\n").utf8))
        let progress = Progress(context, "exported", betweenResults: arguments[Self.file] == nil)
        defer { progress.end() }
        var records = first
        while let chunk = records {
            for record in chunk {
                end.znodes += 1
                end.bytes += record.data?.count ?? 0
                try await writer.write(ExportFormat.line(record))
            }
            progress.show(end.znodes)
            records = try await source.next()
        }
        end.skippedEphemerals = source.skippedEphemerals
        end.problems = source.problems.count
        end.zxid = await source.lastZxid
        end.hasChanged = source.hasChanged
        try await writer.finish(end)
    }

    @ShellActor private func account(
        for source: TreeSource, _ end: ExportFormat.End, _ context: CommandContext
    ) async throws(ShellError) {
        if let file = arguments[Self.file] {
            await context.warn(
                "\(Count.znodes(end.znodes)), \(Count.bytes(end.bytes)) of data, in \(TerminalText.escaped(file))")
        }
        if end.skippedEphemerals > 0 {
            await context.warn("\(Count.grouped(end.skippedEphemerals)) ephemeral left out; --ephemerals takes them in")
        }
        if end.hasChanged {
            await context.warn(
                "the tree changed meanwhile, between zxid \(Hex.prefixed(source.startZxid)) and "
                    + "\(Hex.prefixed(end.zxid)): this is not a snapshot of one moment")
        }
        try await context.fail(with: source.problems, "could not be read")
    }
}

extension CommandContext {
    /// Tells of each of the problems, up to a bound, and fails if there are any.
    func fail(with problems: [String], _ what: String) async throws(ShellError) {
        if problems.isEmpty { return }
        for problem in problems.prefix(20) { await report(ShellError("\(command): \(problem)", status: .partial)) }
        throw ShellError(
            "\(command): \(Count.znodes(problems.count)) \(what)", status: .partial)
    }
}

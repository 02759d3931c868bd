import CommandLanguage
import ZooKeeperClient

/// `append`: more data for a znode.
struct Append: Command {
    static let stat = Flag("-s", "--stat", help: "Print the new stat")
    static let file = Option<String>("-f", "--file", label: "FILE", kind: .file, help: "Read the data from a file")
    static let path = Positional<PathArgument>("path", help: "The znode to change")
    static let data = OptionalPositional<Word>("data", help: "What to add; - for standard input")

    static let names = ["append"]
    static let isWrite = true

    static let spec = CommandSpec(
        names, group: CommandTable.Group.writing, "Add to the data of a znode",
        discussion: """
            Reads the data and writes it back with the addition, only if the version is still the same; when somebody \
            else was quicker it begins anew. Nothing is put between: for lines, add a newline.
            """,
        parameters: [stat, file, path, data],
        examples: [Example("append /app/log 'one more'", "No newline is added")]
    )

    private static let attempts = 20
    let arguments: Arguments

    init(_ arguments: Arguments) throws(UsageError) {
        self.arguments = arguments
        if (arguments[Self.data] == nil) == (arguments[Self.file] == nil) {
            throw UsageError("give either data or --file", in: Self.spec)
        }
    }

    func run(in context: CommandContext) async throws(ShellError) {
        let path = try context.resolve(arguments[Self.path])
        let added = try await context.data(arguments[Self.data], file: arguments[Self.file]) ?? []
        for _ in 1...Self.attempts {
            let (data, stat) = try await context.send(GetData(path))
            let request = SetData(path, data: (data ?? []) + added, version: stat.version)
            if let written = try await context.sendTolerating(.badVersion, request) {
                return try await context.emit(
                    .written(operation: "append", path, written, showsStat: arguments[Self.stat]))
            }
        }
        throw ShellError(
            "append \(path): somebody else wrote it \(Self.attempts) times in between; nothing was added",
            status: .refused)
    }
}

import CommandLanguage
import ZooKeeperClient

/// `set`: new data for a znode.
struct SetCommand: TransactionalCommand {
    static let stat = Flag("-s", "--stat", help: "Print the new stat")
    static let version = Option<VersionArgument>(
        "-v", "--version", label: "VERSION", help: "Only if this is the data version")
    static let base64 = Flag("-b", "--base64", help: "The data is Base64 of what is to be written")
    static let file = Option<String>("-f", "--file", label: "FILE", kind: .file, help: "Read the data from a file")
    static let path = Positional<PathArgument>("path", help: "The znode to change")
    static let data = OptionalPositional<Word>("data", help: "The new data; - for standard input")

    static let names = ["set"]
    static let isWrite = true

    static let spec = CommandSpec(
        names, group: CommandTable.Group.writing, "Replace the data of a znode",
        discussion: """
            Data may be any bytes up to the server's limit (jute.maxbuffer, 1 MB unless changed); larger data is \
            refused before it is sent.
            """,
        parameters: [stat, version, base64, file, path, data],
        examples: [
            Example("set /app hello", "Whatever the version"),
            Example("set -v 3 /app hello", "Only if nobody changed it since version 3"),
            Example("set /app -", "The data comes from standard input"),
        ]
    )

    let isSingleRequest = true
    let arguments: Arguments

    init(_ arguments: Arguments) throws(UsageError) {
        self.arguments = arguments
        switch (arguments[Self.data], arguments[Self.file]) {
        case (nil, nil): throw UsageError("missing data", in: Self.spec)
        case (_?, _?): throw UsageError("data and --file are both given", in: Self.spec)
        default: break
        }
    }

    func run(in context: CommandContext) async throws(ShellError) {
        let path = try context.resolve(arguments[Self.path])
        let data = try await data(for: path, context)
        let stat = try await context.send(SetData(path, data: data, version: expectedVersion))
        try await context.emit(.written(operation: "set", path, stat, showsStat: arguments[Self.stat]))
    }

    func operation(in context: CommandContext) async throws(ShellError) -> Multi.Op {
        let path = try context.resolve(arguments[Self.path])
        return .setData(path, data: try await data(for: path, context), version: expectedVersion)
    }

    private var expectedVersion: Int32 { arguments[Self.version]?.value ?? -1 }

    @ShellActor private func data(for path: ZPath, _ context: CommandContext) async throws(ShellError) -> [UInt8]? {
        var data = try await context.data(arguments[Self.data], file: arguments[Self.file])
        if arguments[Self.base64] {
            data = Base64.decode(data ?? [])
            guard data != nil else { throw ShellError("set \(path): the data is not Base64", status: .usage) }
        }
        return data
    }
}

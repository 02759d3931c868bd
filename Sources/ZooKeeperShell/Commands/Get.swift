import CommandLanguage
import ZooKeeperClient

/// `get`: the data of a znode.
struct Get: Command {
    static let stat = Flag("-s", "--stat", help: "Print the stat of the znode too")
    static let watch = Flag("-w", "--watch", help: "Set a one-time watch on the data")
    static let base64 = Flag("-b", "--base64", help: "Print the data as one line of Base64")
    static let hexDump = Flag("-x", "--hex", help: "Print the data as a table of bytes")
    static let decode = Flag("--decode", help: "Unpack gzip and zlib data")
    static let raw = Flag("--raw", help: "Print the bytes as they are, on a terminal too")
    static let paths = VariadicPositional<PathArgument>("path", minimum: 1, help: "The znodes to read")

    static let names = ["get", "cat"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.reading, "Print the data of a znode",
        discussion: """
            In a pipe or a file the bytes are exact: nothing is added, nothing is changed. On a terminal JSON is \
            indented, text is text with a final newline and control characters as escapes, and anything else a table \
            of bytes. Absent data is not the same as empty \
            data: a terminal shows null, JSON null, and a pipe gets no byte for both.
            """,
        parameters: [stat, watch, base64, hexDump, decode, raw, paths],
        exclusive: [["-b", "-x", "--raw"]],
        examples: [
            Example("get /zookeeper/config", "The ensemble's configuration"),
            Example("get -s /zookeeper", "Data and stat"),
        ]
    )

    let isSingleRequest = true
    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    private var view: DataView {
        if arguments[Self.base64] { return .base64 }
        if arguments[Self.hexDump] { return .hexDump }
        return arguments[Self.raw] ? .bytes : .fitting
    }

    func run(in context: CommandContext) async throws(ShellError) {
        try await context.forEach(arguments[Self.paths]) { (argument) throws(ShellError) in
            let path = try context.resolve(argument)
            if arguments[Self.watch] { await context.shell.warnOfShortWatch(context) }
            var (data, stat) = try await context.send(GetData(path, watch: arguments[Self.watch]))
            if arguments[Self.decode], let packed = data {
                guard let unpacked = Compression.unpacked(packed) else {
                    throw ShellError(
                        "get \(path): the data is neither gzip nor zlib, or it is broken", status: .refused)
                }
                data = unpacked
            }
            try await context.emit(.data(path, data, arguments[Self.stat] ? stat : nil, view))
        }
    }
}

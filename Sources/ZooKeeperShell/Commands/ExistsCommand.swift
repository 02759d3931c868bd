import CommandLanguage
import ZooKeeperClient

/// `exists`: a test for scripts.
struct ExistsCommand: Command {
    static let silent = Flag("-q", "--quiet", help: "Print nothing; the exit status says it")
    static let path = Positional<PathArgument>("path", help: "The znode to look for")

    static let names = ["exists"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.reading, "Test whether a znode exists",
        discussion: "Prints true or false; the exit status is 0 when the znode exists and 1 when it does not.",
        parameters: [silent, path],
        examples: [Example("exists /zookeeper", "Prints true, exit status 0")]
    )

    let isSingleRequest = true
    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        let path = try context.resolve(arguments[Self.path])
        let session = try await context.shell.session()
        var stat: Stat?
        do throws(ZooKeeperError) {
            stat = try await session.send(Exists(path))
        } catch {
            guard error.code == .noNode else { throw context.describe(error) }
        }
        if !arguments[Self.silent] { try await context.emit(.existence(path, stat)) }
        if stat == nil { throw ShellError("", status: .refused) }
    }
}

import CommandLanguage
import Glibc
import ZooKeeperClient

/// `edit`: the data of a znode in an editor.
struct Edit: Command {
    static let create = Flag(
        "-p", "--create", help: "Begin with an empty text when there is no such znode, and create it")
    static let path = Positional<PathArgument>("path", help: "The znode to edit")

    static let names = ["edit"]
    static let isWrite = true

    static let spec = CommandSpec(
        names, group: CommandTable.Group.writing, "Edit the data of a znode in $EDITOR",
        discussion: """
            The data is written back only when it was changed here and nobody else wrote it meanwhile; after a conflict \
            it asks whether to edit again, and what was typed is never lost. $VISUAL, $EDITOR or vi is run; an editor that fails \
            leaves the znode as it is.
            """,
        parameters: [create, path],
        examples: [Example("edit /app/config", "Opens the editor on its data")]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        let path = try context.resolve(arguments[Self.path])
        guard isatty(STDIN_FILENO) == 1 else {
            throw ShellError(
                "edit \(path): an editor needs a terminal; 'set \(path) -' takes data from a pipe", status: .usage)
        }
        var before = try await read(path, context)
        let file = try TemporaryFile(before?.data ?? [], named: path)
        while true {
            try await runEditor(file, path)
            let after = try file.contents()
            if let before, after == before.data ?? [] {
                file.remove()
                return await context.warn("\(path) was not changed")
            }
            if try await write(after, to: path, before?.stat.version, file, context) { break }
            // The text stays as it was typed; the next version is the one it will replace.
            guard try await Question.confirm("\(path) was changed by somebody else meanwhile; edit again? [y/N] ")
            else {
                throw ShellError(
                    "edit \(path): nothing was written", status: .refused, hints: ["your text is in \(file.path)"])
            }
            before = try await read(path, context)
        }
        file.remove()
        try await context.emit(.done(operation: "edit", path))
    }

    @ShellActor private func read(
        _ path: ZPath, _ context: CommandContext
    ) async throws(ShellError) -> (data: [UInt8]?, stat: Stat)? {
        if arguments[Self.create] { return try await context.sendTolerating(.noNode, GetData(path)) }
        return try await context.send(GetData(path))
    }

    private func runEditor(_ file: TemporaryFile, _ path: ZPath) async throws(ShellError) {
        let editor = Environment.value("VISUAL") ?? Environment.value("EDITOR") ?? "vi"
        let status = await LocalProcess.run("exec \(editor) \"$1\"", [file.path])
        guard status == 0 else {
            let isUntouched = (try? file.contents()) == file.original
            if isUntouched { file.remove() }
            throw ShellError(
                "edit \(path): \(TerminalText.escaped(editor)) ended with status \(status ?? 127); nothing was written",
                status: .refused, hints: isUntouched ? [] : ["your text is in \(file.path)"])
        }
    }

    /// False when somebody else was quicker.
    @ShellActor private func write(
        _ data: [UInt8], to path: ZPath, _ version: Int32?, _ file: TemporaryFile, _ context: CommandContext
    ) async throws(ShellError) -> Bool {
        do throws(ShellError) {
            if let version {
                return try await context.sendTolerating(.badVersion, SetData(path, data: data, version: version)) != nil
            }
            return try await context.sendTolerating(.nodeExists, Create(path, data: data)) != nil
        } catch {
            // What was typed must not be lost, whatever the reason.
            var told = error
            told.hints.append("your text is in \(file.path)")
            throw told
        }
    }
}

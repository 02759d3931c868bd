import CommandLanguage
import ZooKeeperClient

/// `txn`: several operations, all or none.
struct Transaction: Command {
    static let operations = VariadicPositional<Word>(
        "operation", minimum: 1,
        help: "create, set, delete or check with their arguments, each as one word; - for lines of standard input")

    static let names = ["txn"]
    static let isWrite = true

    static let spec = CommandSpec(
        names, group: CommandTable.Group.writing, "Do several writes as one transaction",
        discussion: """
            Either all operations are done, in their order, or none. They are written as the commands of the same name, \
            and check [-v VERSION] PATH fails the transaction unless the znode exists in that version. When it fails the \
            operation that is to blame is named, with exit status 1.
            """,
        parameters: [operations],
        examples: [
            Example("txn 'create /app/new x' 'delete /app/old'", "Both or neither"),
            Example("txn 'check -v 3 /app' 'set /app/a 1' 'set /app/b 2'", "Only if /app is unchanged"),
        ]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        let lines = try await lines(context)
        var operations: [Multi.Op] = []
        for (index, line) in lines.enumerated() {
            do throws(ShellError) {
                operations.append(try await operation(line, context))
            } catch {
                var told = error
                told.message = "txn: operation \(index + 1): \(error.message)"
                throw told
            }
        }
        guard !operations.isEmpty else { throw ShellError("txn: there is no operation", status: .usage) }
        let results = try await context.send(Multi(operations))
        if let (index, error) = Multi.culprit(in: results) {
            let name = String(decoding: lines[index], as: UTF8.self)
            throw ShellError(
                "txn: operation \(index + 1) (\(TerminalText.escaped(name))): \(error); nothing was done",
                status: .refused)
        }
        for (operation, result) in zip(operations, results) { try await context.emit(reply(operation, result)) }
    }

    private func reply(_ operation: Multi.Op, _ result: Multi.OpResult) -> Reply {
        switch result {
        case .created(let path, _): .created(path, nil)
        case .deleted: .done(operation: "delete", operation.path)
        case .set(let stat): .written(operation: "set", operation.path, stat, showsStat: false)
        case .checked, .failed: .done(operation: "check", operation.path)
        }
    }

    @ShellActor private func lines(_ context: CommandContext) async throws(ShellError) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for word in arguments[Self.operations] {
            guard word.bytes == [UInt8(ascii: "-")] else {
                lines.append(word.bytes)
                continue
            }
            let input = try await context.data(word, file: nil) ?? []
            lines += input.split(separator: UInt8(ascii: "\n")).map { Array($0) }
        }
        return lines.filter { line in
            let first = line.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") && $0 != UInt8(ascii: "\r") }
            return first != nil && first != UInt8(ascii: "#")
        }
    }

    @ShellActor private func operation(
        _ line: [UInt8], _ context: CommandContext
    ) async throws(ShellError) -> Multi.Op {
        try await command(line).operation(in: context)
    }

    private func command(_ line: [UInt8]) throws(ShellError) -> any TransactionalCommand {
        do throws(UsageError) {
            let words = try Tokenizer.words(of: line)
            let name = words.first?.text ?? ""
            guard let type = Self.types.first(where: { $0.names.contains(name) }) else {
                throw UsageError(
                    message: "'\(TerminalText.escaped(name))' cannot be part of a transaction", command: nil,
                    usage: nil,
                    suggestion: "create, set, delete and check can")
            }
            return try type.init(try Parser.parse(words.dropFirst(), as: type.spec))
        } catch {
            throw ShellError(error)
        }
    }

    private static let types: [any TransactionalCommand.Type] = [
        CreateCommand.self, SetCommand.self, DeleteCommand.self, CheckCommand.self,
    ]
}

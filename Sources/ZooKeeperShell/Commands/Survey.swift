import CommandLanguage
import ZooKeeperClient

/// A walk of a subtree for a command: in the command's words, with progress, and an account of what could not be read.
@ShellActor
final class Survey {
    nonisolated static let strict = Flag("--strict", help: "Stop at the first znode that vanishes or may not be read")

    private let walk: TreeWalk
    private let path: ZPath
    private let context: CommandContext
    private let isStrict: Bool
    private let progress: Progress
    /// Znodes seen so far.
    private(set) var count = 0

    /// How many znodes that could not be read are named one by one.
    private let reportLimit = 20

    init(
        of path: ZPath, in context: CommandContext, reading: TreeWalk.Reading = .names, maxDepth: Int = .max,
        isStrict: Bool = false, betweenResults: Bool = true
    ) async throws(ShellError) {
        walk = TreeWalk(
            from: path, session: try await context.shell.session(), reading: reading, maxDepth: maxDepth)
        self.path = path
        self.context = context
        self.isStrict = isStrict
        progress = Progress(context, "read", betweenResults: betweenResults)
    }

    /// The next znodes, nil at the end.
    func next() async throws(ShellError) -> [TreeWalk.Visit]? {
        let visits: [TreeWalk.Visit]?
        do throws(ShellError) {
            visits = try await context.describing { () async throws(ZooKeeperError) in try await walk.next() }
        } catch {
            progress.end()
            throw error.status == .interrupted ? context.interrupted("\(Count.grouped(count)) znodes were read") : error
        }
        count += visits?.count ?? 0
        progress.show(count)
        if visits == nil { progress.end() }
        if isStrict { try await checkStrictly() }
        return visits
    }

    private func checkStrictly() async throws(ShellError) {
        if let (path, code) = await walk.refused.first {
            throw ShellError("\(context.command) \(path): \(code)", status: .refused)
        }
        if await walk.vanished > 0 {
            throw ShellError("\(context.command) \(path): znodes vanished meanwhile", status: .partial)
        }
    }

    /// Tells what could not be read.
    func finish() async throws(ShellError) {
        let vanished = await walk.vanished
        if vanished > 0 { await context.warn("\(path): \(Count.znodes(vanished)) vanished meanwhile") }
        let refused = await walk.refused
        if refused.isEmpty { return }
        for (path, code) in refused.prefix(reportLimit) {
            await context.report(ShellError("\(context.command) \(path): \(code)", status: .refused))
        }
        throw ShellError(
            "\(context.command) \(path): \(Count.znodes(refused.count)) could not be read", status: .partial)
    }
}

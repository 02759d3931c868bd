import CLibEdit
import Glibc

/// The lines libedit offers on Up and Ctrl-R, and the file behind them.
final class History {
    private let events: OpaquePointer
    private let file: HistoryFile?
    private let keeps: @Sendable (String) -> Bool
    private let limit: Int
    private(set) var entries: [String] = []

    /// What went wrong with the file, told once.
    private(set) var problem: String?

    init(_ configuration: EditorConfiguration) throws(TerminalError) {
        limit = max(1, configuration.historyLimit)
        guard let events = ce_history_open(Int32(clamping: limit)) else {
            throw .system(call: "history_init", errno: ENOMEM)
        }
        self.events = events
        keeps = configuration.keepsInHistory
        file = configuration.historyFile.map { [limit] in HistoryFile(path: $0, limit: limit) }
        use { file throws(HistoryFile.Failure) in entries = try file.load() }
        for entry in entries { ce_history_enter(events, entry) }
    }

    deinit { history_end(events) }

    func attach(to editor: OpaquePointer) {
        ce_set_history(editor, events)
    }

    /// Keeps a line, unless it is blank, a repetition, secret, or begins with a space to say so.
    func enter(_ line: String) {
        guard line.contains(where: { !$0.isWhitespace }), line.first != " ", line != entries.last, keeps(line) else {
            return
        }
        entries.append(line)
        if entries.count > limit { entries.removeFirst(entries.count - limit) }
        ce_history_enter(events, line)
        use { file throws(HistoryFile.Failure) in try file.append(line) }
    }

    /// A file that fails costs a note, not the session.
    private func use(_ body: (HistoryFile) throws(HistoryFile.Failure) -> Void) {
        guard let file, problem == nil else { return }
        do throws(HistoryFile.Failure) {
            try body(file)
        } catch {
            problem = "history is not kept in \(file.path): \(error)"
        }
    }
}

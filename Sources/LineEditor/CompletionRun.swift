import CLibEdit
import Glibc
import Synchronization

/// One press of Tab: asks the completer, keeps the terminal alive meanwhile, and applies the answer.
struct CompletionRun {
    private let thread: EditorThread

    private static let deadline = 2000
    /// Nobody reads longer lists.
    private static let listLimit = 500
    /// What is typed within this time is taken for typed ahead; later it means that nobody waits any more.
    private static let grace = 300

    init(_ thread: EditorThread) { self.thread = thread }

    private final class Answer: Sendable {
        let completions = Mutex<Completions?>(nil)
    }

    func run() -> UInt8 {
        let isSecond = thread.lastTab == thread.keysRead - 1
        thread.lastTab = thread.keysRead
        let (scalars, cursor) = thread.line
        let before = Self.text(scalars[..<cursor])
        guard let completions = ask(before + Self.text(scalars[cursor...]), before.utf8.count) else {
            return UInt8(CC_NORM)
        }
        if let note = completions.note { thread.printBelow([note]) }
        return apply(completions, before, isSecond)
    }

    static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return text
    }

    // MARK: Asking

    private func ask(_ line: String, _ cursor: Int) -> Completions? {
        let answer = Answer()
        let pipe = thread.mailbox.pipe
        let completer = thread.completer
        let task = Task.detached {
            let completions = await completer.completions(for: line, cursor: cursor)
            answer.completions.withLock { $0 = completions }
            pipe.poke()
        }
        let start = Self.now()
        while true {
            if let completions = answer.completions.withLock({ $0 }) { return completions }
            let elapsed = Self.now() - start
            guard elapsed < Self.deadline else {
                task.cancel()
                thread.printBelow(["no answer within \(Self.deadline / 1000) s; nothing to complete with"])
                return nil
            }
            _ = thread.waitForInput(milliseconds: Int32(Self.deadline - elapsed))
            if answer.completions.withLock({ $0 == nil }) {
                thread.lookAround()
                let isInterrupted = thread.decoder.takeInterrupt()
                let isImpatient = thread.decoder.isWaiting && Self.now() - start > Self.grace
                if isInterrupted || isImpatient {
                    task.cancel()
                    return nil
                }
            }
        }
    }

    private static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }

    // MARK: Applying

    private func apply(_ completions: Completions, _ before: String, _ isSecond: Bool) -> UInt8 {
        let utf8 = before.utf8
        guard completions.range.lowerBound <= utf8.count, !completions.candidates.isEmpty else {
            return UInt8(CC_ERROR)
        }
        let start = utf8.index(utf8.startIndex, offsetBy: completions.range.lowerBound)
        let typed = before[start...]
        let length = Int32(typed.unicodeScalars.count)
        if completions.candidates.count == 1 {
            let only = completions.candidates[0]
            return replace(length, with: only.replacement + (only.isComplete ? " " : ""))
        }
        if let insertion = completions.insertion { return replace(length, with: insertion) }
        guard isSecond else { return UInt8(CC_REFRESH_BEEP) }
        list(completions.candidates.map(\.display))
        return UInt8(CC_NORM)
    }

    private func replace(_ length: Int32, with text: String) -> UInt8 {
        if length > 0 { el_deletestr(thread.editor, length) }
        return el_insertstr(thread.editor, text) == 0 ? UInt8(CC_REFRESH) : UInt8(CC_ERROR)
    }

    private func list(_ texts: [String]) {
        guard texts.count <= Self.listLimit else {
            let some = texts.prefix(3).joined(separator: "  ")
            return thread.printBelow(["\(texts.count) possibilities, \(some)  …  \(texts.last ?? ""); type more of it"])
        }
        let (columns, rows) = thread.size
        let lines = CompletionMenu.lines(texts, width: columns, cells: EditorThread.cells)
        if lines.count >= max(rows - 1, 4) || texts.count > 100 {
            thread.moveBelow()
            thread.print("show all \(texts.count) possibilities? (y or n)")
            ce_flush()
            guard isConfirmed() else { return thread.printBelow([]) }
        }
        thread.printBelow(lines)
    }

    private func isConfirmed() -> Bool {
        while true {
            if let key = thread.decoder.next(isFinal: false) {
                return key == .character("y") || key == .character(" ") || key == .character("\t")
            }
            if !thread.waitForInput(milliseconds: 10_000) { return false }
            if thread.mailbox.state.withLock({ $0.isClosing || $0.signal != nil }) { return false }
        }
    }
}

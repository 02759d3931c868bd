import CLibEdit
import Glibc

/// The rows of the screen that the prompt and the line take, and what is printed above them.
final class EditorScreen {
    private let el: OpaquePointer
    private var promptText: UnsafeMutablePointer<CChar>
    private var rendered = RenderedPrompt(Prompt(""))

    /// Not for TERM=dumb.
    let obeysEscapes: Bool

    /// Whether a terminal wraps its rows anew when it is resized: xterm and the console do not, the others do.
    private let rewraps: Bool

    /// The size libedit last drew for.
    private var size: (columns: Int, rows: Int)

    init(_ el: OpaquePointer) {
        self.el = el
        let term = getenv("TERM").map { String(cString: $0) } ?? ""
        obeysEscapes = !term.isEmpty && term != "dumb"
        rewraps = getenv("XTERM_VERSION") == nil && term != "linux" && (term != "screen" || getenv("TMUX") != nil)
        promptText = strdup("")
        size = Self.windowSize()
    }

    deinit { free(promptText) }

    /// The prompt; a line on the screen keeps the old one until it is drawn again.
    var prompt: Prompt? {
        didSet {
            guard let prompt, prompt != oldValue else { return }
            rendered = RenderedPrompt(prompt, allowsColor: obeysEscapes)
            free(promptText)
            promptText = strdup(rendered.text)
        }
    }

    /// libedit keeps the pointer for as long as it draws, no longer.
    var promptPointer: UnsafeMutablePointer<CChar> { promptText }

    /// The line as it stands, and how many of its scalars are before the cursor.
    func line() -> (scalars: [Unicode.Scalar], cursor: Int) {
        guard let info = el_wline(el)?.pointee, let start = info.buffer, let end = info.lastchar else { return ([], 0) }
        let buffer = UnsafeBufferPointer(start: start, count: max(0, end - start))
        let scalars = buffer.map { Unicode.Scalar(UInt32(truncatingIfNeeded: $0)) ?? "\u{FFFD}" }
        return (scalars, info.cursor.map { min(max(0, $0 - start), scalars.count) } ?? scalars.count)
    }

    /// Where everything is, at the size last drawn for or another one.
    private func layout(columns: Int? = nil) -> ScreenLayout {
        let (scalars, cursor) = line()
        return ScreenLayout(
            prompt: rendered.visible, line: scalars, cursor: cursor, columns: columns ?? size.columns, rows: size.rows)
    }

    /// Prints whole lines above the prompt, perhaps with a new prompt, and draws the line again where it was.
    func printAbove(_ text: String, newPrompt: Prompt? = nil) {
        updateSize()
        erase(rowsAbove: layout().cursor.row)
        write(text)
        if let newPrompt { prompt = newPrompt }
        ce_refresh(el)
    }

    /// Leaves the line on the screen and the cursor at the beginning of the row below.
    func moveBelow() {
        updateSize()
        let place = layout()
        let down = obeysEscapes ? place.end.row - place.cursor.row : 0
        write((down > 0 ? "\u{1B}[\(down)B" : "") + "\r\n")
    }

    /// Draws the line for a new size of the window.
    func relayout() {
        let old = layout().cursor.row
        size = Self.windowSize()
        let new = layout().cursor.row
        erase(rowsAbove: rewraps ? new : min(old, new))
        el_resize(el)
        ce_refresh(el)
    }

    /// Draws prompt and line at the cursor, for a screen that others wrote on.
    func redraw() {
        el_resize(el)
        updateSize()
        ce_refresh(el)
    }

    /// libedit asks for the size itself when it begins a line.
    func updateSize() {
        size = Self.windowSize()
    }

    private func erase(rowsAbove: Int) {
        guard obeysEscapes else { return write("\r\n") }
        // `ESC[J` in the upper left corner makes tmux save the screen to its history: so one column to the right.
        write((rowsAbove > 0 ? "\u{1B}[\(rowsAbove)A" : "") + "\r\u{1B}[K\u{1B}[C\u{1B}[J\r")
    }

    func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { ce_write($0.baseAddress, $0.count) }
        }
    }

    var columns: Int { size.columns }
    var rows: Int { size.rows }

    private static func windowSize() -> (columns: Int, rows: Int) {
        var columns: Int32 = 0
        var rows: Int32 = 0
        ce_window_size(&columns, &rows)
        return (Int(columns), Int(rows))
    }
}

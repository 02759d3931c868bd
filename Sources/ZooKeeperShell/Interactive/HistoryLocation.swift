import CommandLanguage
import Glibc
import LineEditor

/// Where the history is kept, and what is not kept in it.
enum HistoryLocation {
    /// `$ZKCLI_HISTORY`, else under the XDG state directory; nil for none.
    static var path: String? {
        if let set = getenv("ZKCLI_HISTORY") {
            let path = String(cString: set)
            return path.isEmpty ? nil : path
        }
        if let state = Environment.value("XDG_STATE_HOME") { return state + "/zkcli/history" }
        return Environment.value("HOME").map { $0 + "/.local/state/zkcli/history" }
    }

    /// Whether there was no history before; from now on there is one, unless none is to be kept.
    static func begin() -> Bool {
        guard let path, access(path, F_OK) != 0 else { return false }
        return HistoryFile.create(path)
    }

    /// Lines with credentials are not kept, whatever quotes or blanks hide the command's name.
    static let keeps: @Sendable (String) -> Bool = { text in
        text.split(whereSeparator: \.isNewline).allSatisfy { line in
            let words = Tokenizer.tokens(of: Array(line.utf8)).map(\.word.text)
            let starts = words.indices.filter { $0 == 0 || words[$0 - 1] == ";" }
            return starts.allSatisfy { start in
                let name = CommandTable.vocabulary.spec(named: words[start])?.name
                return name != AddAuthCommand.spec.name && name != DigestCommand.spec.name
            }
        }
    }
}

import ZooKeeperClient

/// One line of watch mode: what happened, where, when.
struct Change: Sendable {
    /// Milliseconds since 1970, by this machine's clock.
    var time: Int64
    /// `Initial`, an event type, or a word about the session.
    var type: String
    var path: ZPath?
    var stat: Stat?
    /// The new data, when asked for: nil when not read, `.some(nil)` when absent.
    var data: [UInt8]??
    /// Found by comparison after a gap, not told by the server.
    var isResynced = false
    var zxid: Int64?
    /// More, for a person.
    var note: String?

    init(type: String, path: ZPath? = nil, note: String? = nil) {
        time = Timestamp.now()
        self.type = type
        self.path = path
        self.note = note
    }

    init(event: WatchEvent) {
        self.init(type: event.type.description, path: event.path)
        zxid = event.zxid
    }

    /// The line without its newline; always exactly one line.
    func human(isTerminal: Bool) -> String {
        var words = [isTerminal ? Timestamp.clock(milliseconds: time) : Timestamp.rfc3339(milliseconds: time), type]
        if let path { words.append(TerminalText.escaped(path.description)) }
        if let stat { words.append("version=\(stat.version) size=\(stat.dataLength) children=\(stat.numChildren)") }
        if isResynced { words.append("(resynced)") }
        if let note { words.append(TerminalText.escaped(note)) }
        switch data {
        case .some(.some(let bytes)): words.append(TerminalText.escaped(LenientUTF8.decode(bytes)))
        case .some(.none): words.append("null")
        case .none: break
        }
        return words.joined(separator: " ")
    }

    func humanBytes(isTerminal: Bool) -> [UInt8] {
        Array((human(isTerminal: isTerminal) + "\n").utf8)
    }

    var fields: [(String, JSON)] {
        var fields: [(String, JSON)] = [
            ("time", .string(Timestamp.rfc3339(milliseconds: time))), ("timeMs", .number(time)),
            ("type", .string(type)),
        ]
        if let path { fields.append(("path", .path(path))) }
        if let zxid { fields.append(("zxid", .hex(zxid))) }
        if let stat { fields.append(("stat", .stat(stat))) }
        if let data { fields += JSON.data(data) }
        if isResynced { fields.append(("resynced", .bool(true))) }
        if let note { fields.append(("note", .string(note))) }
        return fields
    }
}

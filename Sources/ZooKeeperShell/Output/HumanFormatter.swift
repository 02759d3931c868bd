import ZooKeeperClient

/// Prints for people, with the labels of `zkCli.sh`, so that what greps those goes on working.
struct HumanFormatter {
    /// On a terminal what could upset it is escaped; in a pipe bytes are exact.
    var isTerminal: Bool
    var width: Int

    func format(_ reply: Reply) -> [UInt8] {
        switch reply {
        case .data(_, let bytes, let stat, let view):
            data(bytes, view, followedByStat: stat != nil) + lines(stat.map(self.stat) ?? [])
        case .children(_, let names, let stat, let marks): children(names, marks) + lines(stat.map(self.stat) ?? [])
        case .paths(let paths): paths.flatMap { name($0.bytes) + [newline] }
        case .zeroTerminated(let paths): paths.flatMap { $0.bytes + [0] }
        case .line(let bytes, _): name(bytes) + [newline]
        case .stat(_, let stat): lines(self.stat(stat))
        case .existence(_, let stat): lines([stat == nil ? "false" : "true"])
        case .created(let path, let stat):
            Array("Created ".utf8) + name(path.bytes) + [newline] + lines(stat.map(self.stat) ?? [])
        case .written(_, _, let stat?, showsStat: true): lines(self.stat(stat))
        case .written, .done: []
        case .deleted: []
        case .acl(_, let acl, let stat): lines(acl.flatMap(Self.acl) + (stat.map(self.stat) ?? []))
        case .quota(let path, let limits, let used):
            lines(["Output quota for \(path) \(limits.text)", "Output stat for \(path) \(used.text)"])
        case .count(_, let count): lines([String(count)])
        case .identities(let identities):
            lines(["Auth scheme: User"] + identities.map { "\($0.scheme): \(TerminalText.escaped($0.user))" })
        case .facts(let facts): lines(facts.map { "\($0.name): \($0.value.plain)" })
        case .change(let change): change.humanBytes(isTerminal: isTerminal)
        case .text(_, let text): Array(text.utf8) + (text.hasSuffix("\n") || text.isEmpty ? [] : [newline])
        }
    }

    private let newline = UInt8(ascii: "\n")

    init(isTerminal: Bool, width: Int) {
        self.isTerminal = isTerminal
        self.width = width
    }

    private func lines(_ lines: [String]) -> [UInt8] {
        lines.flatMap { Array($0.utf8) + [newline] }
    }

    private func name(_ bytes: some Collection<UInt8>) -> [UInt8] {
        isTerminal ? Array(TerminalText.escaped(LenientUTF8.decode(bytes)).utf8) : Array(bytes)
    }

    private func data(_ bytes: [UInt8]?, _ view: DataView, followedByStat: Bool) -> [UInt8] {
        guard let bytes else { return isTerminal || followedByStat ? Array("null\n".utf8) : [] }
        switch view {
        case .base64: return lines([Base64.encode(bytes)])
        case .hexDump: return lines(HexDump.lines(bytes))
        case .bytes: return bytes
        case .fitting: break
        }
        guard isTerminal else { return followedByStat && bytes.last != newline ? bytes + [newline] : bytes }
        let shown = Array(ReadableData.text(bytes).utf8)
        return shown.last == newline ? shown : shown + [newline]
    }

    private func children(_ names: [[UInt8]], _ marks: [Stat?]) -> [UInt8] {
        let shown = names.map(name)
        guard isTerminal else { return shown.flatMap { $0 + [newline] } }
        let colors = zip(names, marks).map { ZnodeColor.escape($0, $1) }
        return lines(Columns.arrange(shown.map { String(decoding: $0, as: UTF8.self) }, colors: colors, width: width))
    }

    /// The labels of `zkCli.sh`; on a terminal one under the other.
    private func stat(_ stat: Stat) -> [String] {
        let fields = [
            ("cZxid", Hex.prefixed(stat.czxid)),
            ("ctime", Timestamp.java(milliseconds: stat.ctime)),
            ("mZxid", Hex.prefixed(stat.mzxid)),
            ("mtime", Timestamp.java(milliseconds: stat.mtime)),
            ("pZxid", Hex.prefixed(stat.pzxid)),
            ("cversion", "\(stat.cversion)"),
            ("dataVersion", "\(stat.version)"),
            ("aclVersion", "\(stat.aversion)"),
            ("ephemeralOwner", Hex.prefixed(stat.ephemeralOwner)),
            ("dataLength", "\(stat.dataLength)"),
            ("numChildren", "\(stat.numChildren)"),
        ]
        return fields.map { name, value in
            let padding = isTerminal ? String(repeating: " ", count: "ephemeralOwner".utf8.count - name.utf8.count) : ""
            return "\(name)\(padding) = \(value)"
        }
    }

    static func acl(_ acl: ACL) -> [String] {
        ["'\(TerminalText.escaped(acl.scheme)),'\(TerminalText.escaped(acl.id))", ": \(acl.permissions)"]
    }
}

extension JSON {
    /// A value as people read it.
    var plain: String {
        if case .string(let text) = self { TerminalText.escaped(text) } else { text }
    }
}

import ZooKeeperClient

/// One line of watch mode: what happened, where, when.
struct Change: Sendable {
    /// Milliseconds since 1970, by this machine's clock.
    var time: Int64
    /// `Initial`, an event type, or a word about the session.
    var type: String
    /// For changes of znodes.
    var kind: WatchSettings.Kind?
    var path: ZPath?
    /// The zxid, where the server tells it.
    var zxid: Int64?
    /// The version before it, where there was one.
    var oldVersion: Int32?
    var version: Int32?
    /// The znode after this very change; nil when it was gone, or changed again, before it could be read.
    var stat: Stat?
    /// Whether it was changed again, or was gone, before it could be read.
    var isSuperseded = false
    /// The ACL's version before and after.
    var aclVersions: (old: Int32, new: Int32)?
    /// Children that came and went.
    var children: (added: [[UInt8]], removed: [[UInt8]])?
    /// The new data, when asked for: nil when not read, `.some(nil)` when absent.
    var data: [UInt8]??
    /// What became different in the data.
    var difference: DataDifference?
    /// Found by comparison after a gap, not told by the server.
    var isResynced = false
    /// The zxids between which changes may have gone unreported.
    var gap: (from: Int64, to: Int64)?
    /// More, for a person.
    var note: String?
    var timestamps: WatchSettings.Timestamps?

    init(type: String, path: ZPath? = nil, note: String? = nil) {
        time = Timestamp.now()
        self.type = type
        self.path = path
        self.note = note
    }

    init(_ kind: WatchSettings.Kind, _ path: ZPath) {
        self.init(type: Self.type(kind), path: path)
        self.kind = kind
    }

    init(event: WatchEvent) {
        self.init(type: event.type.description, path: event.path)
        zxid = event.zxid
    }

    private static func type(_ kind: WatchSettings.Kind) -> String {
        switch kind {
        case .created: WatchEvent.EventType.nodeCreated.description
        case .deleted: WatchEvent.EventType.nodeDeleted.description
        case .changed: WatchEvent.EventType.nodeDataChanged.description
        case .children: WatchEvent.EventType.nodeChildrenChanged.description
        case .acl: "ACLChanged"
        }
    }

    // MARK: For people

    /// The line without its newline; what differs in the data follows in lines of its own.
    func human(isTerminal: Bool) -> String {
        var words = [timestamp(isTerminal: isTerminal), type].compactMap { $0 }
        if let path { words.append(TerminalText.escaped(path.description)) }
        words += facts
        if isResynced { words.append("(resynced)") }
        if let note { words.append(TerminalText.escaped(note)) }
        switch data {
        case .some(.some(let bytes)): words.append(TerminalText.escaped(LenientUTF8.decode(bytes)))
        case .some(.none): words.append("null")
        case .none: break
        }
        return ([words.joined(separator: " ")] + (difference?.lines ?? [])).joined(separator: "\n")
    }

    func humanBytes(isTerminal: Bool) -> [UInt8] {
        Array((human(isTerminal: isTerminal) + "\n").utf8)
    }

    private func timestamp(isTerminal: Bool) -> String? {
        switch timestamps {
        case .utc: Timestamp.rfc3339(milliseconds: time)
        case .local: Timestamp.local(milliseconds: time)
        case .some(.none): nil
        case nil: isTerminal ? Timestamp.clock(milliseconds: time) : Timestamp.rfc3339(milliseconds: time)
        }
    }

    private var facts: [String] {
        var facts: [String] = []
        if let version { facts.append(oldVersion.map { "version=\($0)->\(version)" } ?? "version=\(version)") }
        if let stat {
            facts += ["size=\(stat.dataLength)", "mzxid=\(Hex.prefixed(stat.mzxid))"]
            if stat.numChildren > 0 { facts.append("children=\(stat.numChildren)") }
            if stat.isEphemeral { facts.append("owner=\(Hex.prefixed(stat.ephemeralOwner))") }
        }
        if isSuperseded { facts.append("(superseded)") }
        if let aclVersions { facts.append("aversion=\(aclVersions.old)->\(aclVersions.new)") }
        if let children {
            facts += children.added.map { "+" + TerminalText.escaped(LenientUTF8.decode($0)) }
            facts += children.removed.map { "-" + TerminalText.escaped(LenientUTF8.decode($0)) }
        }
        if let gap { facts.append("zxid=\(Hex.prefixed(gap.from))->\(Hex.prefixed(gap.to))") }
        return facts
    }

    // MARK: For programs

    var fields: [(String, JSON)] {
        var fields: [(String, JSON)] = []
        switch timestamps {
        case .some(.none): break
        case .local: fields.append(("time", .string(Timestamp.local(milliseconds: time))))
        case .utc, nil: fields.append(("time", .string(Timestamp.rfc3339(milliseconds: time))))
        }
        if timestamps != WatchSettings.Timestamps.none { fields.append(("timeMs", .number(time))) }
        fields.append(("type", .string(type)))
        if let path { fields.append(("path", .path(path))) }
        if let zxid { fields.append(("zxid", .hex(zxid))) }
        if let oldVersion { fields.append(("oldVersion", .number(Int64(oldVersion)))) }
        if let version { fields.append(("version", .number(Int64(version)))) }
        if let aclVersions {
            fields.append(("oldAversion", .number(Int64(aclVersions.old))))
            fields.append(("aversion", .number(Int64(aclVersions.new))))
        }
        if let children {
            fields.append(("added", .array(children.added.map { .string(LenientUTF8.decode($0)) })))
            fields.append(("removed", .array(children.removed.map { .string(LenientUTF8.decode($0)) })))
        }
        if let stat { fields.append(("stat", .stat(stat))) }
        if isSuperseded { fields.append(("superseded", .bool(true))) }
        if let data { fields += JSON.data(data) }
        if let difference { fields.append(("difference", difference.json)) }
        if isResynced { fields.append(("resynced", .bool(true))) }
        if let gap { fields += [("fromZxid", .hex(gap.from)), ("toZxid", .hex(gap.to))] }
        if let note { fields.append(("note", .string(note))) }
        return fields
    }
}

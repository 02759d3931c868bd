import CommandLanguage
import ZooKeeperClient

/// What a watch follows, and what of it is told.
struct WatchSettings: Sendable {
    /// A kind of change that can be chosen.
    enum Kind: String, CaseIterable, Sendable {
        case created, deleted, changed, children, acl
    }

    /// How times are written.
    enum Timestamps: String, CaseIterable, ArgumentValue {
        case utc, local, none
    }

    /// `created,deleted`.
    struct Kinds: ArgumentValue {
        var kinds: Swift.Set<Kind>

        static var kind: ValueKind { .choice(Kind.allCases.map(\.rawValue)) }

        init(argument: Word) throws(ArgumentError) {
            kinds = []
            for name in argument.text.split(separator: ",", omittingEmptySubsequences: false) {
                guard let kind = Kind(rawValue: name.lowercased()) else {
                    let all = Kind.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ArgumentError("'\(name)' is no kind of change; there are \(all)")
                }
                kinds.insert(kind)
            }
        }
    }

    var paths: [ZPath]
    var isRecursive = false
    /// Whether the new data is told.
    var showsData = false
    /// Whether the difference to the former data is told.
    var showsDifference = false
    /// Whether the znodes that are there at the start are told.
    var showsInitial = false
    var usesOneTimeWatches = false
    /// How many changes end it.
    var limit: Int?
    var only: Swift.Set<Kind>?
    var matches: [Glob] = []
    var excludes: [Glob] = []
    var timestamps: Timestamps?
    var exec: ExecSettings?

    /// Whether data is read at all.
    var readsData: Bool { showsData || showsDifference || exec != nil }

    func isFollowed(_ path: ZPath) -> Bool {
        paths.contains { isRecursive ? path.isWithin($0) : path == $0 }
    }

    /// Whether a change is told.
    func shows(_ change: Change) -> Bool {
        if let only, let kind = change.kind, !only.contains(kind) { return false }
        guard let path = change.path else { return true }
        if !matches.isEmpty, !matches.contains(where: { $0.matches(path) }) { return false }
        return !excludes.contains { $0.matches(path) }
    }
}

/// What a watch has told, for its last line.
struct WatchSummary {
    var sessions = 0
    var reconnects = 0
    var dropped = 0
    private var counts: [WatchSettings.Kind: Int] = [:]
    private let begin = Monotonic.milliseconds

    mutating func count(_ change: Change) {
        if let kind = change.kind { counts[kind, default: 0] += 1 }
    }

    /// `12 changes in 35 s: 5 created, 7 changed; 1 reconnect`.
    var text: String {
        let total = counts.values.reduce(0, +)
        let seconds = (Monotonic.milliseconds - begin + 500) / 1000
        var text = "\(Count.grouped(total)) change\(total == 1 ? "" : "s") in \(seconds) s"
        let kinds = WatchSettings.Kind.allCases.compactMap { kind in
            counts[kind].map { "\(Count.grouped($0)) \(kind.rawValue)" }
        }
        if !kinds.isEmpty { text += ": " + kinds.joined(separator: ", ") }
        if reconnects > 0 { text += "; \(reconnects) reconnect\(reconnects == 1 ? "" : "s")" }
        if sessions > 1 { text += "; \(sessions - 1) expired session\(sessions == 2 ? "" : "s")" }
        if dropped > 0 { text += "; \(Count.grouped(dropped)) events dropped" }
        return text
    }
}

import ZooKeeperClient

/// What happened to the session, in words.
enum SessionNote {
    /// A line for a person; nil for watch events, which have a form of their own.
    static func text(for event: SessionEvent) -> String? {
        switch event {
        case .connected(let server, let resumed, let readOnly):
            (resumed ? "reconnected to \(server)" : "connected to \(server)") + (readOnly ? ", which is read-only" : "")
        case .disconnected(let why, _): "disconnected: \(why)"
        case .expired: "the session has expired"
        case .authFailed: "the server refused the credentials; the session is over"
        case .unreachable(let failures): "\(ZooKeeperError(.noConnection(failures)))"
        case .closed: "the session is closed"
        case .watchesLost(let code): "the watches could not be set again: \(code)"
        case .dropped(let count): "\(count) events came faster than they could be shown and are lost"
        case .watch: nil
        }
    }
}

import DequeModule
import NIOCore

/// Which server to try next: round after round, until one takes the session.
struct ServerRound {
    /// What is to be done next.
    enum Step {
        case connect(ServerAddress)
        case resolve(ConnectString.Host)
        /// The round is over; the next call begins another one.
        case pause(TimeAmount)
    }

    let hosts: [ConnectString.Host]
    /// The attempts that failed since a server last took the session, the latest ones last.
    private(set) var failures: [ConnectFailure] = []
    private var ahead: Deque<ConnectString.Host>
    private var addresses: Deque<ServerAddress> = []
    private var rounds = 0

    init(hosts: [ConnectString.Host]) {
        self.hosts = hosts
        ahead = Deque(hosts)
    }

    /// Whether every server said no at once, so that there is little hope in asking again.
    var isHopeless: Bool { failures.allSatisfy(\.reason.isHard) }

    mutating func next() -> Step {
        if let address = addresses.popFirst() { return .connect(address) }
        if let host = ahead.popFirst() { return .resolve(host) }
        ahead = Deque(hosts)
        rounds += 1
        return .pause(.milliseconds(min(1000, 100 << Int64(min(rounds - 1, 4)))))
    }

    /// The addresses of the host to be resolved.
    mutating func found(_ found: [ServerAddress]) { addresses = Deque(found) }

    mutating func failed(_ server: String, _ reason: ConnectFailure.Reason) {
        failures.append(ConnectFailure(server: server, reason: reason))
        // Enough to name every address of a round, without growing for as long as the servers are down.
        if failures.count > 64 { failures.removeFirst(failures.count - 64) }
    }

    mutating func succeeded() {
        failures = []
        rounds = 0
    }

    /// Begins anew with the server after this one, which comes last.
    mutating func begin(after host: ConnectString.Host) {
        rounds = 0
        addresses = []
        let first = (hosts.firstIndex(of: host) ?? -1) + 1
        ahead = Deque(hosts[first...] + hosts[..<first])
    }
}

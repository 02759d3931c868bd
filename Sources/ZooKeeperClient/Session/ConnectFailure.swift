/// An address of a server, after its name was resolved.
public struct ServerAddress: Sendable, Hashable, CustomStringConvertible {
    /// The host as the user wrote it.
    public var host: ConnectString.Host
    /// The address tried, as digits.
    public var ip: String

    /// `10.0.0.1:2181`, or `zk1:2181 (10.0.0.1)` when a name was given.
    public var description: String { host.name == ip ? host.description : "\(host) (\(ip))" }
}

/// One failed attempt to reach a server.
public struct ConnectFailure: Sendable, Hashable, CustomStringConvertible {
    /// Why an attempt failed.
    public enum Reason: Sendable, Hashable {
        /// The name has no address.
        case unresolved(String)
        /// The operating system says no: refused, unreachable.
        case refused(String)
        /// No answer in time.
        case timedOut
        /// The server took the connection and closed it without an answer.
        case closedWithoutReply
        /// The server answered something else than a session.
        case rejected(String)

        /// Whether trying again at once is pointless.
        var isHard: Bool {
            switch self {
            case .unresolved, .refused: true
            case .timedOut, .closedWithoutReply, .rejected: false
            }
        }
    }

    /// The server, as far as it is known.
    public var server: String
    /// Why it failed.
    public var reason: Reason

    /// `zk1:2181: connection refused`.
    public var description: String {
        let text =
            switch reason {
            case .unresolved(let why): "unknown host (\(why))"
            case .refused(let why): why
            case .timedOut: "no answer in time"
            case .closedWithoutReply:
                "closed the connection without a word (no quorum, too many clients, or not ZooKeeper's plain port)"
            case .rejected(let why): why
            }
        return "\(server): \(text)"
    }

    /// One line for several attempts; the last reason for each server.
    static func summary(of failures: [ConnectFailure]) -> String {
        var order: [String] = []
        var latest: [String: ConnectFailure] = [:]
        for failure in failures {
            if latest.updateValue(failure, forKey: failure.server) == nil { order.append(failure.server) }
        }
        if order.isEmpty { return "no server answered in time" }
        return "cannot reach a server: " + order.compactMap { latest[$0]?.description }.joined(separator: "; ")
    }
}

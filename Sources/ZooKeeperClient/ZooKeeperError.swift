/// Why a request failed: the reason, the operation and the path.
public struct ZooKeeperError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The reason.
    public enum Reason: Sendable, Hashable {
        /// The server answered with an error.
        case server(ErrorCode)
        /// The connection broke. A request that was written may have been carried out.
        case connectionLoss(written: Bool)
        /// No server could be reached.
        case noConnection([ConnectFailure])
        /// The servers ended the session for want of a sign of life.
        case sessionExpired
        /// The session was closed by us.
        case sessionClosed
        /// The server refused the credentials and closed the connection.
        case authFailed
        /// The request is larger than a server takes; it was not sent.
        case requestTooLarge(bytes: Int, limit: Int)
        /// The reply was larger than the limit and was thrown away.
        case replyTooLarge(bytes: Int, limit: Int)
        /// The reply is not what the protocol says.
        case malformedReply(WireError)
        /// The caller gave up waiting. A request that was written may have been carried out.
        case cancelled(written: Bool)
    }

    /// The reason.
    public var reason: Reason
    /// The operation, if a request is concerned.
    public var operation: OpCode?
    /// The znode, if one is concerned.
    public var path: ZPath?

    /// An error.
    public init(_ reason: Reason, operation: OpCode? = nil, path: ZPath? = nil) {
        self.reason = reason
        self.operation = operation
        self.path = path
    }

    /// The server's error code, if the server answered.
    ///
    /// Never inlined: the optimiser of Swift 6.3 stops with an ownership error in async callers.
    public var code: ErrorCode? {
        @inline(never) get {
            if case .server(let code) = reason { code } else { nil }
        }
    }

    /// Whether a write may have been carried out although it failed here.
    public var mayHaveBeenApplied: Bool {
        guard let operation, !operation.isRead else { return false }
        switch reason {
        case .connectionLoss(let written), .cancelled(let written): return written
        case .server, .noConnection, .sessionExpired, .sessionClosed, .authFailed, .requestTooLarge, .replyTooLarge,
            .malformedReply:
            return false
        }
    }

    /// What went wrong, without operation and path.
    public var description: String {
        let text =
            switch reason {
            case .server(let code): code.description
            case .connectionLoss: "the connection was lost"
            case .noConnection(let failures): ConnectFailure.summary(of: failures)
            case .sessionExpired: "the session has expired (SessionExpired)"
            case .sessionClosed: "the session is closed"
            case .authFailed: "the server refused the credentials (AuthFailed)"
            case .requestTooLarge(let bytes, let limit):
                "the request has \(bytes) bytes, more than the \(limit) a server takes (jute.maxbuffer); it was not sent"
            case .replyTooLarge(let bytes, let limit):
                "the reply has \(bytes) bytes, more than the limit of \(limit)"
            case .malformedReply(let error): "the server's reply makes no sense: \(error)"
            case .cancelled: "cancelled"
            }
        return mayHaveBeenApplied ? text + "; the change may have been applied" : text
    }
}

/// What the state machine wants done, and how a session ends.
extension SessionStateMachine {
    enum Action {
        case resolve(ConnectString.Host)
        case connect(ServerAddress)
        case sendConnect(ConnectRequest)
        case sendAuth(AddAuth)
        case sendSetWatches(SetWatches)
        case sendPing
        case sendClose(xid: Int32)
        case write(Request, xid: Int32)
        case disconnect
        case complete(Request, ErrorCode)
        case fail(Request, ZooKeeperError.Reason)
        case emit(SessionEvent)
    }

    /// Why a session is over.
    enum End: Sendable, Hashable {
        case closed
        case expired
        case authFailed
        case unreachable([ConnectFailure])

        var reason: ZooKeeperError.Reason {
            switch self {
            case .closed: .sessionClosed
            case .expired: .sessionExpired
            case .authFailed: .authFailed
            case .unreachable(let failures): .noConnection(failures)
            }
        }

        var event: SessionEvent {
            switch self {
            case .closed: .closed
            case .expired: .expired
            case .authFailed: .authFailed
            case .unreachable(let failures): .unreachable(failures)
            }
        }
    }
}

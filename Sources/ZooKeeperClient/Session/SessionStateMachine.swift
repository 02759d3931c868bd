import DequeModule
import NIOCore

/// A session's life as a pure value: events go in, actions come out, and nothing here touches a socket or a clock.
///
/// Rules and times follow ZooKeeper's Java client. A session walks round its servers until one takes it, keeps replies
/// in the order of their requests, sends pings when idle, and offers itself to the next server when a connection breaks.
struct SessionStateMachine: ~Copyable {
    typealias Request = PendingRequest

    private enum State {
        case idle
        case resolving(ConnectString.Host, deadline: NIODeadline)
        case connecting(ServerAddress, deadline: NIODeadline)
        case handshaking(ServerAddress, deadline: NIODeadline)
        case connected(LiveConnection)
        case pausing(until: NIODeadline)
        case closing(LiveConnection, xid: Int32, deadline: NIODeadline)
        case ended(End)
    }

    private struct Identity {
        var id: Int64
        var password: [UInt8]
        var isReadOnly: Bool
    }

    private let timeout: TimeAmount
    private let timeoutMilliseconds: Int32
    private let acceptsReadOnly: Bool
    private let waitsForServers: Bool
    private let window: Int

    private var state = State.idle
    private var identity: Identity?
    private var negotiated: TimeAmount
    private var giveUpAt: NIODeadline?
    private var round: ServerRound
    private var unsent: Deque<WaitingRequest> = []
    private var auths: [AddAuth] = []
    private var unsentAuths: Deque<(auth: AddAuth, request: Request)> = []
    private var nextXid: Int32 = 1
    private(set) var lastZxid: Int64 = 0
    private(set) var watches = WatchRegistry()

    /// A session that will try `hosts` in this order; shuffle them first.
    init(hosts: [ConnectString.Host], configuration: SessionConfiguration) {
        round = ServerRound(hosts: hosts)
        timeoutMilliseconds = configuration.timeoutMilliseconds
        timeout = .milliseconds(Int64(configuration.timeoutMilliseconds))
        negotiated = timeout
        acceptsReadOnly = configuration.acceptsReadOnly
        waitsForServers = configuration.waitsForServers
        window = configuration.window
    }

    // MARK: What it knows

    var sessionID: Int64? { identity?.id }
    var negotiatedTimeout: TimeAmount { negotiated }

    var server: ServerAddress? {
        if case .connected(let connection) = state { connection.address } else { nil }
    }

    var end: End? {
        if case .ended(let end) = state { end } else { nil }
    }

    /// When `timerFired` must be called at the latest.
    var nextDeadline: NIODeadline? {
        let own: NIODeadline? =
            switch state {
            case .idle, .ended: nil
            case .resolving(_, let deadline), .connecting(_, let deadline), .handshaking(_, let deadline),
                .closing(_, _, let deadline):
                deadline
            case .pausing(let until): until
            case .connected(let connection):
                min(connection.lastReceived + silence, connection.lastSent + pingInterval)
            }
        return [own, isConnected ? nil : unsent.first?.deadline].compactMap { $0 }.min()
    }

    private var silence: TimeAmount { .nanoseconds(negotiated.nanoseconds * 2 / 3) }
    private var pingInterval: TimeAmount { min(.nanoseconds(negotiated.nanoseconds / 3), .seconds(10)) }
    private var attemptTime: TimeAmount { .nanoseconds(timeout.nanoseconds / Int64(max(1, round.hosts.count))) }

    // MARK: Connecting

    mutating func start(now: NIODeadline) -> [Action] {
        guard case .idle = state else { return [] }
        giveUpAt = now + timeout
        return tryNext(now)
    }

    private func attemptDeadline(_ now: NIODeadline) -> NIODeadline {
        min(now + attemptTime, giveUpAt ?? .distantFuture)
    }

    private mutating func tryNext(_ now: NIODeadline) -> [Action] {
        switch round.next() {
        case .connect(let address):
            state = .connecting(address, deadline: attemptDeadline(now))
            return [.connect(address)]
        case .resolve(let host):
            state = .resolving(host, deadline: attemptDeadline(now))
            return [.resolve(host)]
        case .pause(let pause):
            if let giveUpAt, !waitsForServers && round.isHopeless || now >= giveUpAt {
                return finish(.unreachable(round.failures))
            }
            state = .pausing(until: min(now + pause, giveUpAt ?? .distantFuture))
            return []
        }
    }

    private mutating func attemptFailed(
        _ server: String, _ reason: ConnectFailure.Reason, _ now: NIODeadline
    ) -> [Action] {
        round.failed(server, reason)
        if let giveUpAt, now >= giveUpAt { return finish(.unreachable(round.failures)) }
        return tryNext(now)
    }

    mutating func resolved(_ found: [ServerAddress], now: NIODeadline) -> [Action] {
        guard case .resolving(let host, _) = state else { return [] }
        guard !found.isEmpty else { return attemptFailed(host.description, .unresolved("no address"), now) }
        round.found(found)
        return tryNext(now)
    }

    mutating func resolveFailed(_ why: String, now: NIODeadline) -> [Action] {
        guard case .resolving(let host, _) = state else { return [] }
        return attemptFailed(host.description, .unresolved(why), now)
    }

    mutating func connectFailed(_ why: String, now: NIODeadline) -> [Action] {
        guard case .connecting(let address, _) = state else { return [] }
        return attemptFailed(address.description, .refused(why), now)
    }

    /// The socket stands: ask for the session.
    mutating func socketConnected(now: NIODeadline) -> [Action] {
        guard case .connecting(let address, let deadline) = state else { return [] }
        state = .handshaking(address, deadline: deadline)
        // A session that began on a read-only server has an id that means nothing elsewhere.
        let known = identity.flatMap { $0.isReadOnly ? nil : $0 }
        return [
            .sendConnect(
                ConnectRequest(
                    lastZxidSeen: lastZxid, timeoutMilliseconds: timeoutMilliseconds, sessionID: known?.id ?? 0,
                    password: known?.password ?? ConnectRequest.noPassword, readOnly: acceptsReadOnly
                )
            )
        ]
    }

    mutating func handshakeReceived(_ response: ConnectResponse, now: NIODeadline) -> [Action] {
        guard case .handshaking(let address, _) = state else { return [] }
        let resumed = identity.flatMap { $0.isReadOnly ? nil : $0 }
        guard response.timeoutMilliseconds > 0 else {
            if resumed != nil { return [.disconnect] + finish(.expired) }
            return [.disconnect] + attemptFailed(address.description, .rejected("the server refused a session"), now)
        }
        if let resumed, resumed.id != response.sessionID { return [.disconnect] + finish(.expired) }
        let isResumed = identity != nil
        identity = Identity(id: response.sessionID, password: response.password, isReadOnly: response.readOnly)
        negotiated = .milliseconds(Int64(response.timeoutMilliseconds))
        giveUpAt = nil
        round.succeeded()
        var connection = LiveConnection(address: address, lastSent: now, lastReceived: now)
        var actions: [Action] = [.emit(.connected(address, resumed: isResumed, readOnly: response.readOnly))]
        // Identities first: watches and requests that come after would otherwise run as anonymous.
        for auth in auths {
            connection.authsInFlight.append((auth, nil))
            actions.append(.sendAuth(auth))
        }
        while let (auth, request) = unsentAuths.popFirst() {
            auths.append(auth)
            connection.authsInFlight.append((auth, request))
            actions.append(.sendAuth(auth))
        }
        actions += watches.batches(relativeZxid: lastZxid).map { .sendSetWatches($0) }
        state = .connected(connection)
        return actions + flush(now)
    }

    mutating func handshakeRejected(_ why: String, now: NIODeadline) -> [Action] {
        guard case .handshaking(let address, _) = state else { return [] }
        return [.disconnect] + attemptFailed(address.description, .rejected(why), now)
    }

    // MARK: Requests

    mutating func submit(_ request: Request, now: NIODeadline) -> [Action] {
        if case .ended(let end) = state { return [.fail(request, end.reason)] }
        if case .closing = state { return [.fail(request, .sessionClosed)] }
        unsent.append(WaitingRequest(request: request, deadline: now + timeout))
        return flush(now)
    }

    mutating func submitAuth(_ auth: AddAuth, _ request: Request, now: NIODeadline) -> [Action] {
        switch state {
        case .ended(let end): return [.fail(request, end.reason)]
        case .closing: return [.fail(request, .sessionClosed)]
        case .connected(var connection):
            auths.append(auth)
            connection.authsInFlight.append((auth, request))
            connection.lastSent = now
            state = .connected(connection)
            return [.sendAuth(auth)]
        case .idle, .resolving, .connecting, .handshaking, .pausing:
            unsentAuths.append((auth, request))
            return []
        }
    }

    /// Takes a request back, if it was not sent yet.
    mutating func withdraw(_ request: Request) {
        if let index = unsent.firstIndex(where: { $0.request === request }) { unsent.remove(at: index) }
    }

    private mutating func flush(_ now: NIODeadline) -> [Action] {
        guard case .connected(var connection) = state, !unsent.isEmpty, connection.inFlight.count < window else {
            return []
        }
        // Only one owner of the queue while it grows, or each request would copy it.
        state = .idle
        var actions: [Action] = []
        while connection.inFlight.count < window, let waiting = unsent.popFirst() {
            let xid = takeXid()
            connection.inFlight.append((xid, waiting))
            actions.append(.write(waiting.request, xid: xid))
        }
        connection.lastSent = now
        state = .connected(connection)
        return actions
    }

    private mutating func takeXid() -> Int32 {
        defer { nextXid = nextXid == .max ? 1 : nextXid + 1 }
        return nextXid
    }

    /// A request turned out not to be sendable after it was given an xid: nobody will answer it.
    mutating func refused(xid: Int32) {
        guard case .connected(var connection) = state else { return }
        state = .idle
        connection.inFlight.removeAll { $0.xid == xid }
        state = .connected(connection)
    }

    // MARK: Replies

    mutating func replyReceived(_ header: ReplyHeader, now: NIODeadline) throws(WireError) -> [Action] {
        if header.zxid > 0, header.xid != SpecialXid.notification { lastZxid = max(lastZxid, header.zxid) }
        switch state {
        case .connected(var connection):
            state = .idle
            connection.lastReceived = now
            let taken = take(header, &connection)
            state = .connected(connection)
            switch taken {
            case .actions(let actions): return actions + flush(now)
            case .authFailed(let actions): return actions + finish(.authFailed)
            case .violation(let error): throw error
            }
        case .closing(var connection, let xid, let deadline):
            if header.xid == xid { return [.disconnect] + finish(.closed) }
            state = .idle
            let taken = take(header, &connection)
            state = .closing(connection, xid: xid, deadline: deadline)
            switch taken {
            case .actions(let actions), .authFailed(let actions): return actions
            case .violation(let error): throw error
            }
        case .idle, .resolving, .connecting, .handshaking, .pausing, .ended:
            return []
        }
    }

    private enum Taken {
        case actions([Action])
        case authFailed([Action])
        case violation(WireError)
    }

    private mutating func take(_ header: ReplyHeader, _ connection: inout LiveConnection) -> Taken {
        switch header.xid {
        case SpecialXid.notification, SpecialXid.ping: return .actions([])
        case SpecialXid.setWatches:
            return .actions(header.error == .ok ? [] : [.emit(.watchesLost(header.error))])
        case SpecialXid.auth:
            guard let (_, request) = connection.authsInFlight.popFirst() else {
                return .violation(.unexpectedXid(header.xid, expected: nil))
            }
            let actions = request.map { [Action.complete($0, header.error)] } ?? []
            return header.error == .ok ? .actions(actions) : .authFailed([.disconnect] + actions)
        default:
            let request: Request
            do throws(WireError) { request = try connection.take(header.xid) } catch { return .violation(error) }
            if let effect = request.watchEffect { watches.replied(effect, error: header.error) }
            return .actions([.complete(request, header.error)])
        }
    }

    /// A notification came; `path` is the server's.
    mutating func watchFired(_ type: WatchEvent.EventType, _ path: ZPath) {
        watches.fired(type, path)
    }

    mutating func forgetWatches(_ type: WatcherType, _ path: ZPath) {
        watches.remove(type, path)
    }

    // MARK: Trouble

    mutating func connectionLost(_ why: String, now: NIODeadline) -> [Action] {
        switch state {
        case .connecting(let address, _):
            return attemptFailed(address.description, .refused(why), now)
        case .handshaking(let address, _):
            return attemptFailed(address.description, .closedWithoutReply, now)
        case .connected(let connection):
            state = .idle
            var actions: [Action] = [.emit(.disconnected(why, lastZxid: lastZxid))]
            actions += abandon(connection, now)
            round.begin(after: connection.address.host)
            return actions + tryNext(now)
        case .closing:
            return finish(.closed)
        case .idle, .resolving, .pausing, .ended:
            return []
        }
    }

    /// Sorts what was in flight: reads wait to be repeated once, writes fail with their fate unknown.
    private mutating func abandon(_ connection: LiveConnection, _ now: NIODeadline) -> [Action] {
        var actions: [Action] = []
        var repeats: [WaitingRequest] = []
        for var (_, waiting) in connection.inFlight {
            if waiting.request.opCode.isRead, !waiting.wasRepeated {
                waiting.wasRepeated = true
                waiting.deadline = now + timeout
                repeats.append(waiting)
            } else {
                actions.append(.fail(waiting.request, .connectionLoss(written: true)))
            }
        }
        unsent.insert(contentsOf: repeats, at: 0)
        for (auth, request) in connection.authsInFlight {
            guard let request else { continue }
            if let index = auths.lastIndex(of: auth) { auths.remove(at: index) }
            unsentAuths.append((auth, request))
        }
        return actions
    }

    mutating func timerFired(now: NIODeadline) -> [Action] {
        var actions: [Action] = []
        let underWay = attemptUnderWay(now)
        switch state {
        case .resolving(let host, let deadline) where deadline <= now:
            actions += attemptFailed(host.description, .timedOut, now)
        case .connecting(let address, let deadline) where deadline <= now,
            .handshaking(let address, let deadline) where deadline <= now:
            actions += [.disconnect] + attemptFailed(address.description, .timedOut, now)
        case .pausing(let until) where until <= now:
            actions += tryNext(now)
        case .closing(_, _, let deadline) where deadline <= now:
            actions += [.disconnect] + finish(.closed)
        case .connected(var connection):
            if connection.lastReceived + silence <= now {
                actions += [.disconnect] + connectionLost("the server fell silent", now: now)
            } else if connection.lastSent + pingInterval <= now {
                connection.lastSent = now
                state = .connected(connection)
                actions.append(.sendPing)
            }
        case .idle, .resolving, .connecting, .handshaking, .pausing, .closing, .ended: break
        }
        return actions + failOverdue(now, underWay)
    }

    /// Requests that no server was there for in time.
    private mutating func failOverdue(_ now: NIODeadline, _ underWay: [ConnectFailure]) -> [Action] {
        var actions: [Action] = []
        while let first = unsent.first, first.deadline <= now, !isConnected {
            unsent.removeFirst()
            actions.append(.fail(first.request, .noConnection(round.failures + underWay)))
        }
        return actions
    }

    /// The attempt that has not failed yet, for requests that cannot wait for it.
    private func attemptUnderWay(_ now: NIODeadline) -> [ConnectFailure] {
        switch state {
        case .resolving(let host, let deadline) where deadline > now:
            [ConnectFailure(server: host.description, reason: .timedOut)]
        case .connecting(let address, let deadline) where deadline > now,
            .handshaking(let address, let deadline) where deadline > now:
            [ConnectFailure(server: address.description, reason: .timedOut)]
        case .idle, .resolving, .connecting, .handshaking, .connected, .pausing, .closing, .ended: []
        }
    }

    private var isConnected: Bool {
        if case .connected = state { true } else { false }
    }

    // MARK: The end

    mutating func close(now: NIODeadline) -> [Action] {
        switch state {
        case .connected(let connection):
            let xid = takeXid()
            let actions = failUnsent(.sessionClosed)
            state = .closing(connection, xid: xid, deadline: now + .seconds(2))
            return actions + [.sendClose(xid: xid)]
        case .closing, .ended: return []
        case .idle, .resolving, .connecting, .handshaking, .pausing: return [.disconnect] + finish(.closed)
        }
    }

    private mutating func failUnsent(_ reason: ZooKeeperError.Reason) -> [Action] {
        let all = unsent.map(\.request) + unsentAuths.map(\.request)
        unsent = []
        unsentAuths = []
        return all.map { .fail($0, reason) }
    }

    private mutating func finish(_ end: End) -> [Action] {
        var actions: [Action] = []
        if case .connected(let connection) = state { actions += failInFlight(connection, end) }
        if case .closing(let connection, _, _) = state { actions += failInFlight(connection, end) }
        state = .ended(end)
        return actions + failUnsent(end.reason) + [.emit(end.event)]
    }

    private func failInFlight(_ connection: LiveConnection, _ end: End) -> [Action] {
        let reason = end == .closed ? .connectionLoss(written: true) : end.reason
        return connection.inFlight.map { .fail($0.waiting.request, reason) }
            + connection.authsInFlight.compactMap { $0.request }.map { .fail($0, reason) }
    }
}

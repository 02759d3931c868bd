import NIOCore
import Testing

@testable import ZooKeeperClient

/// Milliseconds after the beginning.
private func ms(_ count: Int64) -> NIODeadline { .uptimeNanoseconds(UInt64(1_000_000 * (1_000_000 + count))) }

private func address(_ name: String) -> ServerAddress {
    ServerAddress(host: ConnectString.Host(name: name), ip: name)
}

private func response(_ id: Int64 = 7, timeout: Int32 = 9000, readOnly: Bool = false) -> ConnectResponse {
    ConnectResponse(
        timeoutMilliseconds: timeout, sessionID: id, password: [UInt8](repeating: 9, count: 16), readOnly: readOnly)
}

private func request(_ opCode: OpCode, watch: WatchEffect? = nil) -> PendingRequest {
    PendingRequest(opCode: opCode, path: "/x", watchEffect: watch, encode: { _ in })
}

/// An action in a few words.
private func brief(_ action: SessionStateMachine.Action) -> String {
    switch action {
    case .resolve(let host): "resolve \(host.name)"
    case .connect(let address): "connect \(address.ip)"
    case .sendConnect(let request): "ask for session \(request.sessionID) after \(request.lastZxidSeen)"
    case .sendAuth(let auth): "auth \(auth.scheme)"
    case .sendSetWatches(let watches): "\(watches.opCode)"
    case .sendPing: "ping"
    case .sendClose(let xid): "close \(xid)"
    case .write(let request, let xid): "write \(request.opCode) \(xid)"
    case .disconnect: "disconnect"
    case .complete(let request, let error): "complete \(request.opCode) \(error.name)"
    case .fail(let request, let reason): "fail \(request.opCode) \(reason)"
    case .emit(let event): "emit \(event)".prefix { $0 != "(" }.description
    }
}

private func briefs(_ actions: [SessionStateMachine.Action]) -> [String] { actions.map(brief) }

private func machine(
    _ hosts: [String] = ["a", "b"], _ change: (inout SessionConfiguration) -> Void = { _ in }
) -> SessionStateMachine {
    let hosts = hosts.map { ConnectString.Host(name: $0) }
    var configuration = SessionConfiguration(ConnectString(hosts: hosts))
    configuration.timeoutMilliseconds = 9000
    change(&configuration)
    return SessionStateMachine(hosts: hosts, configuration: configuration)
}

private func connect(_ machine: inout SessionStateMachine, to name: String = "a", at now: NIODeadline = ms(0)) {
    _ = machine.start(now: now)
    _ = machine.resolved([address(name)], now: now)
    _ = machine.socketConnected(now: now)
    _ = machine.handshakeReceived(response(), now: now)
}

@Suite("A session's life")
struct SessionStateMachineTests {
    @Test func firstConnection() {
        var machine = machine()
        #expect(briefs(machine.start(now: ms(0))) == ["resolve a"])
        #expect(briefs(machine.resolved([address("a")], now: ms(1))) == ["connect a"])
        #expect(briefs(machine.socketConnected(now: ms(2))) == ["ask for session 0 after 0"])
        #expect(briefs(machine.handshakeReceived(response(), now: ms(3))) == ["emit connected"])
        #expect(machine.sessionID == 7)
        #expect(machine.negotiatedTimeout == .milliseconds(9000))
        #expect(machine.server == address("a"))
    }

    @Test func everyAddressOfEveryServerIsTried() {
        var machine = machine()
        _ = machine.start(now: ms(0))
        #expect(briefs(machine.resolved([address("a1"), address("a2")], now: ms(0))) == ["connect a1"])
        #expect(briefs(machine.connectFailed("connection refused", now: ms(1))) == ["connect a2"])
        #expect(briefs(machine.connectFailed("connection refused", now: ms(2))) == ["resolve b"])
        let last = briefs(machine.resolveFailed("name or service not known", now: ms(3)))
        #expect(last == ["emit unreachable"])
        guard case .unreachable(let failures) = machine.end else {
            Issue.record("it goes on although all said no")
            return
        }
        #expect(
            failures.map(\.reason) == [
                .refused("connection refused"), .refused("connection refused"),
                .unresolved("name or service not known"),
            ])
    }

    @Test func anAttemptHasItsShareOfTheTimeAndAllHaveTheWhole() {
        var machine = machine()
        _ = machine.start(now: ms(0))
        _ = machine.resolved([address("a")], now: ms(0))
        #expect(machine.nextDeadline == ms(4500))
        #expect(briefs(machine.timerFired(now: ms(4499))) == [])
        #expect(briefs(machine.timerFired(now: ms(4500))) == ["disconnect", "resolve b"])
        _ = machine.resolved([address("b")], now: ms(4500))
        #expect(briefs(machine.timerFired(now: ms(9000))) == ["disconnect", "emit unreachable"])
    }

    @Test func serversThatAreOnlyBusyAreAskedAgainAfterAPause() {
        var machine = machine(["a"])
        _ = machine.start(now: ms(0))
        _ = machine.resolved([address("a")], now: ms(0))
        _ = machine.socketConnected(now: ms(0))
        #expect(briefs(machine.connectionLost("reset", now: ms(1))) == [])
        #expect(machine.nextDeadline == ms(101))
        #expect(briefs(machine.timerFired(now: ms(101))) == ["resolve a"])
    }

    @Test func requestsAreAnsweredInOrder() throws {
        var machine = machine()
        connect(&machine)
        #expect(briefs(machine.submit(request(.getData), now: ms(1))) == ["write getData 1"])
        #expect(briefs(machine.submit(request(.create), now: ms(1))) == ["write create 2"])
        let first = try machine.replyReceived(ReplyHeader(xid: 1, zxid: 5), now: ms(2))
        #expect(briefs(first) == ["complete getData OK"])
        let second = try machine.replyReceived(ReplyHeader(xid: 2, zxid: 6, error: .nodeExists), now: ms(2))
        #expect(briefs(second) == ["complete create NodeExists"])
        #expect(machine.lastZxid == 6)
    }

    @Test func aReplyOutOfOrderIsAViolation() {
        var machine = machine()
        connect(&machine)
        _ = machine.submit(request(.getData), now: ms(1))
        #expect(throws: WireError.unexpectedXid(2, expected: 1)) {
            try machine.replyReceived(ReplyHeader(xid: 2, zxid: 5), now: ms(2))
        }
    }

    @Test func noMoreInFlightThanTheWindow() throws {
        var machine = machine { $0.window = 2 }
        connect(&machine)
        for _ in 1...4 { _ = machine.submit(request(.exists), now: ms(1)) }
        let next = try machine.replyReceived(ReplyHeader(xid: 1, zxid: 5), now: ms(2))
        #expect(briefs(next) == ["complete exists OK", "write exists 3"])
    }

    @Test func pingsWhenIdleAndGivesUpOnSilence() throws {
        var machine = machine()
        connect(&machine)
        #expect(machine.nextDeadline == ms(3000))
        #expect(briefs(machine.timerFired(now: ms(3000))) == ["ping"])
        _ = try machine.replyReceived(ReplyHeader(xid: SpecialXid.ping, zxid: 5), now: ms(3001))
        #expect(briefs(machine.timerFired(now: ms(6000))) == ["ping"])
        #expect(machine.nextDeadline == ms(9000))
        // The other server comes first after a failure.
        #expect(briefs(machine.timerFired(now: ms(9001))) == ["disconnect", "emit disconnected", "resolve b"])
    }

    @Test func theSessionIsOfferedToTheNextServer() throws {
        var machine = machine()
        connect(&machine)
        _ = machine.submit(request(.exists), now: ms(1))
        _ = try machine.replyReceived(ReplyHeader(xid: 1, zxid: 42), now: ms(2))
        #expect(briefs(machine.connectionLost("reset", now: ms(3))) == ["emit disconnected", "resolve b"])
        _ = machine.resolved([address("b")], now: ms(4))
        #expect(briefs(machine.socketConnected(now: ms(5))) == ["ask for session 7 after 42"])
        #expect(briefs(machine.handshakeReceived(response(), now: ms(6))) == ["emit connected"])
    }

    @Test func readsAreRepeatedOnceAndWritesAreNot() {
        var machine = machine(["a"])
        connect(&machine)
        _ = machine.submit(request(.getData), now: ms(1))
        _ = machine.submit(request(.setData), now: ms(1))
        #expect(
            briefs(machine.connectionLost("reset", now: ms(2))) == [
                "emit disconnected", "fail setData connectionLoss(written: true)", "resolve a",
            ])
        _ = machine.resolved([address("a")], now: ms(3))
        _ = machine.socketConnected(now: ms(3))
        #expect(briefs(machine.handshakeReceived(response(), now: ms(4))) == ["emit connected", "write getData 3"])
        #expect(
            briefs(machine.connectionLost("reset", now: ms(5))).contains("fail getData connectionLoss(written: true)"))
    }

    @Test func expiryFailsWhatIsPending() {
        var machine = machine(["a"])
        connect(&machine)
        _ = machine.submit(request(.getData), now: ms(1))
        _ = machine.connectionLost("reset", now: ms(2))
        _ = machine.resolved([address("a")], now: ms(3))
        _ = machine.socketConnected(now: ms(3))
        #expect(
            briefs(machine.handshakeReceived(response(0, timeout: 0), now: ms(4))) == [
                "disconnect", "fail getData sessionExpired", "emit expired",
            ])
        #expect(briefs(machine.submit(request(.getData), now: ms(5))) == ["fail getData sessionExpired"])
    }

    @Test func anotherSessionsIdIsExpiryToo() {
        var machine = machine(["a"])
        connect(&machine)
        _ = machine.connectionLost("reset", now: ms(2))
        _ = machine.resolved([address("a")], now: ms(3))
        _ = machine.socketConnected(now: ms(3))
        #expect(briefs(machine.handshakeReceived(response(8), now: ms(4))) == ["disconnect", "emit expired"])
    }

    @Test func aReadOnlySessionIsNotOffered() {
        var machine = machine(["a"])
        _ = machine.start(now: ms(0))
        _ = machine.resolved([address("a")], now: ms(0))
        _ = machine.socketConnected(now: ms(0))
        _ = machine.handshakeReceived(response(5, readOnly: true), now: ms(0))
        _ = machine.connectionLost("reset", now: ms(2))
        _ = machine.resolved([address("a")], now: ms(3))
        #expect(briefs(machine.socketConnected(now: ms(3))) == ["ask for session 0 after 0"])
        #expect(briefs(machine.handshakeReceived(response(6), now: ms(4))) == ["emit connected"])
    }

    @Test func identitiesThenWatchesThenRequestsOnEveryConnection() throws {
        var machine = machine(["a"])
        connect(&machine)
        let auth = AddAuth(scheme: "digest", credentials: Array("me:secret".utf8))
        #expect(briefs(machine.submitAuth(auth, request(.auth), now: ms(1))) == ["auth digest"])
        let taken = try machine.replyReceived(ReplyHeader(xid: SpecialXid.auth, zxid: 0), now: ms(2))
        #expect(briefs(taken) == ["complete auth OK"])
        _ = machine.submit(request(.getData, watch: .setOnServerPath(.data, "/x")), now: ms(2))
        _ = try machine.replyReceived(ReplyHeader(xid: 1, zxid: 5), now: ms(3))
        _ = machine.connectionLost("reset", now: ms(4))
        _ = machine.submit(request(.create), now: ms(4))
        _ = machine.resolved([address("a")], now: ms(5))
        _ = machine.socketConnected(now: ms(5))
        #expect(
            briefs(machine.handshakeReceived(response(), now: ms(6))) == [
                "emit connected", "auth digest", "setWatches", "write create 2",
            ])
        let lost = try machine.replyReceived(
            ReplyHeader(xid: SpecialXid.setWatches, zxid: 0, error: .unimplemented), now: ms(7))
        #expect(briefs(lost) == ["emit watchesLost"])
    }

    @Test func refusedCredentialsEndTheSession() throws {
        var machine = machine(["a"])
        connect(&machine)
        _ = machine.submit(request(.getData), now: ms(1))
        _ = machine.submitAuth(AddAuth(scheme: "sasl", credentials: []), request(.auth), now: ms(1))
        let refused = try machine.replyReceived(
            ReplyHeader(xid: SpecialXid.auth, zxid: 0, error: .authFailed), now: ms(2))
        #expect(
            briefs(refused) == [
                "disconnect", "complete auth AuthFailed", "fail getData authFailed", "emit authFailed",
            ])
    }

    @Test func closingWaitsForTheReplyButNotForEver() throws {
        var machine = machine(["a"])
        connect(&machine)
        _ = machine.submit(request(.create), now: ms(1))
        #expect(briefs(machine.close(now: ms(2))) == ["close 2"])
        #expect(briefs(machine.submit(request(.create), now: ms(2))) == ["fail create sessionClosed"])
        #expect(briefs(try machine.replyReceived(ReplyHeader(xid: 1, zxid: 5), now: ms(3))) == ["complete create OK"])
        #expect(machine.nextDeadline == ms(2002))
        #expect(briefs(machine.timerFired(now: ms(2002))) == ["disconnect", "emit closed"])
    }

    @Test func closingBeforeThereIsAConnection() {
        var machine = machine(["a"])
        _ = machine.start(now: ms(0))
        _ = machine.submit(request(.getData), now: ms(0))
        #expect(briefs(machine.close(now: ms(1))) == ["disconnect", "fail getData sessionClosed", "emit closed"])
    }

    @Test func aRequestDoesNotWaitForEverForAServer() {
        var machine = machine(["a"])
        connect(&machine)
        _ = machine.connectionLost("reset", now: ms(0))
        _ = machine.submit(request(.getData), now: ms(1000))
        _ = machine.connectFailed("connection refused", now: ms(1000))
        _ = machine.resolveFailed("unknown", now: ms(1000))
        let actions = briefs(machine.timerFired(now: ms(10_000)))
        #expect(actions.contains { $0.hasPrefix("fail getData noConnection") })
    }

    @Test func aRequestTakenBackIsNotSent() {
        var machine = machine(["a"])
        let pending = request(.create)
        _ = machine.submit(pending, now: ms(0))
        machine.withdraw(pending)
        _ = machine.start(now: ms(0))
        _ = machine.resolved([address("a")], now: ms(0))
        _ = machine.socketConnected(now: ms(0))
        #expect(briefs(machine.handshakeReceived(response(), now: ms(1))) == ["emit connected"])
    }
}

@Suite("The watches of a session")
struct WatchRegistryTests {
    private static func registry(_ effects: (WatchKind, ZPath)...) -> WatchRegistry {
        var registry = WatchRegistry()
        for (kind, path) in effects { registry.replied(.setOnServerPath(kind, path), error: .ok) }
        return registry
    }

    @Test func existsOfAMissingZnodeWaitsForItsCreation() {
        var registry = WatchRegistry()
        registry.replied(.setOnServerPath(.exists, "/a"), error: .noNode)
        registry.replied(.setOnServerPath(.data, "/b"), error: .noNode)
        #expect(registry.kinds(on: "/a") == [.exists])
        #expect(registry.count == 1)
        registry.fired(.nodeCreated, "/a")
        #expect(registry.isEmpty)
    }

    @Test func anEventUsesUpOneTimeWatchesOnly() {
        var registry = Self.registry((.data, "/a"), (.child, "/a"), (.persistent, "/a"))
        registry.fired(.nodeDataChanged, "/a")
        #expect(registry.kinds(on: "/a") == [.child, .persistent])
        registry.fired(.nodeDeleted, "/a")
        #expect(registry.kinds(on: "/a") == [.persistent])
        registry.remove(.any, "/a")
        #expect(registry.isEmpty)
    }

    @Test func theShortFormWhereItWillDo() {
        #expect(Self.registry((.data, "/a")).batches(relativeZxid: 9).map(\.opCode) == [.setWatches])
        #expect(Self.registry((.persistentRecursive, "/a")).batches(relativeZxid: 9).map(\.opCode) == [.setWatches2])
        #expect(WatchRegistry().batches(relativeZxid: 9).isEmpty)
    }

    @Test func manyWatchesGoInSeveralFrames() {
        var registry = WatchRegistry()
        for number in 0..<1000 {
            registry.replied(.setOnServerPath(.data, ZPath(unchecked: Array("/path-\(number)".utf8))), error: .ok)
        }
        let batches = registry.batches(relativeZxid: 9, byteLimit: 1000)
        #expect(batches.count > 10)
        #expect(batches.flatMap(\.data).count == 1000)
        #expect(batches.allSatisfy { $0.data.reduce(0) { $0 + $1.bytes.count + 4 } <= 1000 })
    }
}

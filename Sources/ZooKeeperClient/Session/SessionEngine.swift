import Glibc
import NIOCore
import NIOPosix

/// Carries out what the state machine decides: sockets, timers, bytes.
///
/// Confined to its event loop.
final class SessionEngine {
    private let eventLoop: any EventLoop
    private let configuration: SessionConfiguration
    private let chroot: Chroot
    private var machine: SessionStateMachine
    private var channel: (any Channel)?
    /// Counts connections, so that what a former one still says is not taken for the present one's.
    private var attempt = 0
    private var outgoing: JuteWriter
    private var isFlushScheduled = false
    private var timer: (scheduled: Scheduled<Void>, deadline: NIODeadline)?
    private var subscribers: [any EventSubscriber] = []
    private var endWaiters: [() -> Void] = []
    /// The watch events received so far.
    private(set) var watchEventCount = 0
    /// What the first frame of this connection is: the answer to ConnectRequest.
    private var awaitsHandshake = false

    init(eventLoop: any EventLoop, configuration: SessionConfiguration) {
        self.eventLoop = eventLoop
        self.configuration = configuration
        chroot = configuration.connectString.chroot
        outgoing = JuteWriter(chroot: chroot)
        machine = SessionStateMachine(hosts: configuration.connectString.hosts.shuffled(), configuration: configuration)
    }

    var sessionID: Int64? { machine.sessionID }
    var timeoutMilliseconds: Int64 { machine.negotiatedTimeout.nanoseconds / 1_000_000 }
    var server: ServerAddress? { machine.server }
    var lastZxid: Int64 { machine.lastZxid }
    var hasEnded: Bool { machine.end != nil }
    var watchCount: Int { machine.watches.count }

    func watchKinds(on path: ZPath) -> Set<WatchKind> {
        machine.watches.kinds(on: chroot.serverPath(path))
    }

    func forgetWatches(on path: ZPath, type: WatcherType) {
        machine.forgetWatches(type, chroot.serverPath(path))
    }

    // MARK: From the session

    func start() { perform(machine.start(now: .now())) }

    func close(then completion: @escaping () -> Void) {
        if machine.end != nil { return completion() }
        endWaiters.append(completion)
        perform(machine.close(now: .now()))
    }

    func subscribe(_ subscriber: any EventSubscriber) { subscribers.append(subscriber) }

    func pending<Request: ZooKeeperRequest>(_ request: Request) -> PendingRequest {
        PendingRequest(
            opCode: request.opCode, path: request.path, watchEffect: request.watchEffect?.onServer(chroot),
            encode: request.encode)
    }

    func submit(_ request: PendingRequest) { perform(machine.submit(request, now: .now())) }

    func submit(_ auth: AddAuth, _ request: PendingRequest) { perform(machine.submitAuth(auth, request, now: .now())) }

    func cancel(_ request: PendingRequest) {
        machine.withdraw(request)
        request.fail(.cancelled(written: request.isWritten))
    }

    // MARK: From the connection

    func frameReceived(_ frame: FrameDecoder.Frame, attempt: Int) {
        guard attempt == self.attempt else { return }
        do throws(WireError) {
            switch frame {
            case .complete(let buffer):
                if awaitsHandshake {
                    try handshake(buffer)
                } else {
                    try reply(JuteReader(buffer, chroot: chroot), oversize: nil)
                }
            case .oversized(let head, let length):
                if awaitsHandshake { throw .frameTooLarge(length, limit: configuration.replyLimit) }
                try reply(JuteReader(head, chroot: chroot), oversize: length)
            }
        } catch {
            violation(error)
        }
    }

    private func handshake(_ buffer: ByteBuffer) throws(WireError) {
        awaitsHandshake = false
        var reader = JuteReader(buffer)
        if buffer.readableBytes == FrameDecoder.headerLength {
            let header = try ReplyHeader(from: &reader)
            return perform(machine.handshakeRejected(header.error.description, now: .now()))
        }
        do throws(WireError) {
            let response = try ConnectResponse(from: &reader)
            guard response.protocolVersion == 0 else {
                return perform(machine.handshakeRejected("the server is not ready for sessions", now: .now()))
            }
            perform(machine.handshakeReceived(response, now: .now()))
        } catch {
            perform(machine.handshakeRejected("does not speak ZooKeeper's protocol (\(error))", now: .now()))
        }
    }

    private func reply(_ reader: consuming JuteReader, oversize: Int?) throws(WireError) {
        let header = try ReplyHeader(from: &reader)
        if header.xid == SpecialXid.notification, oversize == nil { return try notification(reader, header) }
        for action in try machine.replyReceived(header, now: .now()) {
            if case .complete(let request, let error) = action {
                complete(request, error, reader, oversize)
            } else {
                perform(action)
            }
        }
        schedule()
    }

    private func complete(_ request: PendingRequest, _ error: ErrorCode, _ reader: JuteReader, _ oversize: Int?) {
        if let oversize {
            request.fail(.replyTooLarge(bytes: oversize, limit: configuration.replyLimit))
        } else if request.opCode == .auth, error != .ok {
            request.fail(.authFailed)
        } else if error != .ok {
            request.fail(.server(error))
        } else {
            request.complete(.success(reader))
        }
    }

    private func notification(_ reader: consuming JuteReader, _ header: ReplyHeader) throws(WireError) {
        guard var event = try WatchEvent(from: &reader, zxid: header.zxid) else { return }
        watchEventCount += 1
        event.ordinal = watchEventCount
        machine.watchFired(event.type, chroot.serverPath(event.path))
        emit(.watch(event))
    }

    func connectionClosed(_ error: (any Error)?, attempt: Int) {
        guard attempt == self.attempt else { return }
        dropChannel()
        perform(machine.connectionLost(error.map(Self.text) ?? "the server closed the connection", now: .now()))
    }

    private func violation(_ error: WireError) {
        dropChannel()
        perform(machine.connectionLost("protocol error: \(error)", now: .now()))
    }

    // MARK: Actions

    private func perform(_ actions: [SessionStateMachine.Action]) {
        for action in actions { perform(action) }
        schedule()
    }

    private func perform(_ action: SessionStateMachine.Action) {
        switch action {
        case .resolve(let host): resolve(host)
        case .connect(let address): connect(address)
        case .sendConnect(let request):
            awaitsHandshake = true
            outgoing.frame { request.encode(into: &$0) }
            scheduleFlush()
        case .sendAuth(let auth): send(SpecialXid.auth, .auth) { auth.encode(into: &$0) }
        case .sendSetWatches(let watches): send(SpecialXid.setWatches, watches.opCode) { watches.encode(into: &$0) }
        case .sendPing: send(SpecialXid.ping, .ping) { _ in }
        case .sendClose(let xid): send(xid, .closeSession) { _ in }
        case .write(let request, let xid): write(request, xid)
        case .disconnect: dropChannel()
        case .complete(let request, let error):
            complete(request, error, JuteReader(ByteBuffer()), nil)
        case .fail(let request, let reason): request.fail(reason)
        case .emit(let event): emit(event)
        }
    }

    private func send(_ xid: Int32, _ opCode: OpCode, _ body: (inout JuteWriter) -> Void) {
        outgoing.frame { writer in
            writer.write(xid)
            writer.write(opCode.rawValue)
            body(&writer)
        }
        scheduleFlush()
    }

    private func write(_ request: PendingRequest, _ xid: Int32) {
        let start = outgoing.length
        let length = outgoing.frame { writer in
            writer.write(xid)
            writer.write(request.opCode.rawValue)
            request.encode(&writer)
        }
        // A larger frame makes the server drop the connection without a word.
        guard length <= configuration.requestLimit else {
            outgoing.rewind(to: start)
            machine.refused(xid: xid)
            return request.fail(.requestTooLarge(bytes: length, limit: configuration.requestLimit))
        }
        request.wasWritten()
        scheduleFlush()
    }

    /// One write for all frames of a turn of the event loop.
    private func scheduleFlush() {
        guard !isFlushScheduled else { return }
        isFlushScheduled = true
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        eventLoop.execute { bound.value.flush() }
    }

    private func flush() {
        isFlushScheduled = false
        guard let channel, outgoing.length > 0 else { return }
        channel.writeAndFlush(outgoing.take(), promise: nil)
    }

    private func dropChannel() {
        attempt += 1
        awaitsHandshake = false
        // A closeSession frame may still wait here; whatever else does is of a connection that is over.
        _ = outgoing.take()
        channel?.close(promise: nil)
        channel = nil
    }

    private func emit(_ event: SessionEvent) {
        for subscriber in subscribers { subscriber.yield(event) }
        guard machine.end != nil else { return }
        for subscriber in subscribers { subscriber.finish() }
        subscribers = []
        let waiters = endWaiters
        endWaiters = []
        for waiter in waiters { waiter() }
    }

    // MARK: Connecting

    private func resolve(_ host: ConnectString.Host) {
        if let addresses = HostResolver.immediate(host) {
            return perform(machine.resolved(addresses, now: .now()))
        }
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        attempt += 1
        let attempt = attempt
        HostResolver.resolve(host, on: eventLoop).whenComplete { result in
            let engine = bound.value
            guard attempt == engine.attempt else { return }
            switch result {
            case .success(let addresses): engine.perform(engine.machine.resolved(addresses, now: .now()))
            case .failure(let error): engine.perform(engine.machine.resolveFailed(Self.text(error), now: .now()))
            }
        }
    }

    private func connect(_ address: ServerAddress) {
        attempt += 1
        let attempt = attempt
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        let limit = configuration.replyLimit
        let socketAddress: SocketAddress
        do {
            socketAddress = try SocketAddress(ipAddress: address.ip, port: Int(address.host.port))
        } catch {
            return perform(machine.connectFailed("not an address", now: .now()))
        }
        ClientBootstrap(group: eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        ConnectionHandler(engine: bound.value, attempt: attempt, replyLimit: limit))
                }
            }
            // The state machine's own deadline comes first.
            .connectTimeout(.hours(1))
            .connect(to: socketAddress)
            .whenComplete { result in bound.value.socketReady(result, attempt: attempt) }
    }

    private func socketReady(_ result: Result<any Channel, any Error>, attempt: Int) {
        switch result {
        case .success(let channel):
            guard attempt == self.attempt else { return channel.close(promise: nil) }
            self.channel = channel
            perform(machine.socketConnected(now: .now()))
        case .failure(let error):
            guard attempt == self.attempt else { return }
            perform(machine.connectFailed(Self.text(error), now: .now()))
        }
    }

    private static func text(_ error: any Error) -> String {
        switch error {
        case let error as IOError: String(cString: strerror(error.errnoCode)).lowercasedFirst
        case let error as HostResolver.Failure: error.text
        case let error as WireError: "protocol error: \(error)"
        default: "\(error)"
        }
    }

    // MARK: Time

    private func schedule() {
        guard let deadline = machine.nextDeadline else {
            timer?.scheduled.cancel()
            timer = nil
            return
        }
        // A timer that fires too early does no harm; moving it at every reply would cost more.
        if let timer, timer.deadline <= deadline { return }
        timer?.scheduled.cancel()
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        timer = (eventLoop.scheduleTask(deadline: deadline) { bound.value.timerFired() }, deadline)
    }

    private func timerFired() {
        timer = nil
        perform(machine.timerFired(now: .now()))
    }
}

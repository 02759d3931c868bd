import NIOCore

/// A ZooKeeper session: give it requests, get typed replies.
///
/// One value is one session on the servers. It reconnects by itself for as long as the servers keep the session; when
/// they let it expire it is over, and a new `Session` is to be made. All of its work happens on one event loop.
public actor Session {
    /// How the session is held.
    public nonisolated let configuration: SessionConfiguration
    private let eventLoop: any EventLoop
    private let engine: SessionEngine

    /// The event loop's thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { SessionExecutor.shared.asUnownedSerialExecutor() }

    /// A session that is not connected yet.
    public init(_ configuration: SessionConfiguration) {
        self.configuration = configuration
        eventLoop = SessionExecutor.shared.eventLoop
        engine = SessionEngine(eventLoop: eventLoop, configuration: configuration)
    }

    /// Begins to connect.
    ///
    /// Requests may be sent at once; they wait for the connection.
    public func start() {
        engine.start()
    }

    /// The events from now on.
    ///
    /// Each call makes a reader of its own.
    public func events() -> AsyncStream<SessionEvent> {
        let (subscriber, stream) = StreamSubscriber.make(limit: configuration.eventLimit)
        if engine.hasEnded { subscriber.finish() } else { engine.subscribe(subscriber) }
        return stream
    }

    /// The events from now on, for a reader that compares them with replies.
    public func eventQueue() -> EventQueue {
        let buffer = EventBuffer(limit: configuration.eventLimit)
        if engine.hasEnded { buffer.finish() } else { engine.subscribe(buffer) }
        return EventQueue(NIOLoopBound(buffer, eventLoop: eventLoop))
    }

    /// Sends a request and waits for its reply.
    ///
    /// Requests are sent in the order of the calls.
    public func send<Request: ZooKeeperRequest>(
        _ request: Request
    ) async throws(ZooKeeperError) -> Request.Response {
        try await reply(to: request).get()
    }

    /// Sends a request and waits for its reply, or for why there is none.
    public func reply<Request: ZooKeeperRequest>(
        to request: Request
    ) async -> Result<Request.Response, ZooKeeperError> {
        await orderedReply(to: request).result
    }

    /// The same, with the reply's place among the watch events: what the events up to it told of has happened in what
    /// it tells, and what later ones tell of has not.
    public func orderedReply<Request: ZooKeeperRequest>(
        to request: Request
    ) async -> (result: Result<Request.Response, ZooKeeperError>, eventsBefore: Int) {
        let pending = NIOLoopBound(engine.pending(request), eventLoop: eventLoop)
        return await withTaskCancellationHandler {
            await withCheckedContinuation(isolation: self) { continuation in
                pending.value.onReply = { [engine] reply in
                    let result = reply.flatMap { Self.decode($0, for: request) }
                    continuation.resume(returning: (result, engine.watchEventCount))
                }
                engine.submit(pending.value)
            }
        } onCancel: {
            cancel(pending)
        }
    }

    /// Sends many requests, as many at once as may be in flight, and waits for all replies.
    ///
    /// Costs a fraction of what a task for each of them would.
    public func replies<Request: ZooKeeperRequest>(
        to requests: [Request]
    ) async -> [Result<Request.Response, ZooKeeperError>] {
        await orderedReplies(to: requests).map(\.result)
    }

    /// The same, each reply with its place among the watch events.
    public func orderedReplies<Request: ZooKeeperRequest>(
        to requests: [Request]
    ) async -> [(result: Result<Request.Response, ZooKeeperError>, eventsBefore: Int)] {
        if requests.isEmpty { return [] }
        let all = NIOLoopBound(requests.map { engine.pending($0) }, eventLoop: eventLoop)
        return await withTaskCancellationHandler {
            await withCheckedContinuation(isolation: self) { continuation in
                let collector = ReplyCollector<Request.Response>(count: requests.count) {
                    continuation.resume(returning: $0)
                }
                for (index, pending) in all.value.enumerated() {
                    let request = requests[index]
                    pending.onReply = { [engine] reply in
                        let result = reply.flatMap { Self.decode($0, for: request) }
                        collector.add(result, behind: engine.watchEventCount, at: index)
                    }
                    engine.submit(pending)
                }
            }
        } onCancel: {
            Task { await withdraw(all) }
        }
    }

    private func withdraw(_ requests: NIOLoopBound<[PendingRequest]>) {
        for request in requests.value { engine.cancel(request) }
    }

    private static func decode<Request: ZooKeeperRequest>(
        _ reader: consuming JuteReader, for request: Request
    ) -> Result<Request.Response, ZooKeeperError> {
        do throws(WireError) {
            return .success(try request.decodeResponse(from: &reader))
        } catch {
            return .failure(ZooKeeperError(.malformedReply(error), operation: request.opCode, path: request.path))
        }
    }

    /// Adds an identity to the session and waits until the server took it.
    public func addAuth(_ auth: AddAuth) async throws(ZooKeeperError) {
        let pending = NIOLoopBound(
            PendingRequest(opCode: .auth, path: nil, watchEffect: nil, encode: auth.encode), eventLoop: eventLoop)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation(isolation: self) { continuation in
                pending.value.onReply = { continuation.resume(returning: $0.map { _ in }) }
                engine.submit(auth, pending.value)
            }
        } onCancel: {
            cancel(pending)
        }
        try result.get()
    }

    /// Takes a request back, from whatever thread.
    private nonisolated func cancel(_ request: NIOLoopBound<PendingRequest>) {
        Task { await withdraw(request) }
    }

    private func withdraw(_ request: NIOLoopBound<PendingRequest>) { engine.cancel(request.value) }

    /// Ends the session on the server, so that its ephemeral znodes are gone; waits for that, at most two seconds.
    public func close() async {
        await withCheckedContinuation { continuation in
            engine.close { continuation.resume() }
        }
    }

    /// The session's id, once there is one.
    public var id: Int64? { engine.sessionID }
    /// The time-out that the server granted, in milliseconds; before that the one to ask for.
    public var timeoutMilliseconds: Int64 { engine.timeoutMilliseconds }
    /// The server connected to, if any.
    public var server: ServerAddress? { engine.server }
    /// The latest transaction this session has seen.
    public var lastZxid: Int64 { engine.lastZxid }
    /// How many watches the session holds.
    public var watchCount: Int { engine.watchCount }

    /// Forgets watches without asking the server, so that they are not set again after a reconnect.
    public func forgetWatches(on path: ZPath, type: WatcherType) {
        engine.forgetWatches(on: path, type: type)
    }

    /// The kinds of watches the session holds on a path.
    public func watchKinds(on path: ZPath) -> Set<WatchKind> {
        engine.watchKinds(on: path)
    }
}

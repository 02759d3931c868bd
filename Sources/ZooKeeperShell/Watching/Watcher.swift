import ZooKeeperClient

/// Follows znodes through events, reconnects and expired sessions, and reports each change once.
///
/// While a connection stands nothing is missed: the events of a persistent watch are replayed on what was last
/// reported, version by version, and reads only add details. What happens while there is no connection is found by
/// comparison (`Resync`).
@ShellActor
final class Watcher {
    let context: CommandContext
    let settings: WatchSettings
    var usesOneTimeWatches: Bool
    /// What was last reported.
    var known = KnownTree()
    /// The children last reported, of znodes that are followed by themselves.
    var children: [ZPath: [[UInt8]]] = [:]
    /// Former data, kept for differences only.
    var formerData: [ZPath: [UInt8]] = [:]
    private(set) var session: Session?
    var queue: EventQueue?
    /// Where the gap began that is not compared yet.
    var gapStart: Int64?
    /// What happened up to here is reported.
    private(set) var settledZxid: Int64 = 0
    /// Where the server does not tell what there is.
    var refused: [ZPath] = []
    private let commands: ChangeCommands?
    private var remaining: Int?
    private var endsInTime = false
    /// Whether the state at the start was taken in: from then on whatever breaks is mended.
    private var isEstablished = false
    /// Whether what was last reported is behind a gap that is not compared yet.
    private var isStale = true
    private(set) var summary = WatchSummary()

    /// Why the work ends.
    ///
    /// Typed throws all through: the optimiser of Swift 6.3 crashes on untyped ones between waits.
    enum Stop: Error {
        /// Enough changes, or the session was closed.
        case done
        /// The connection is gone; the queue says what follows.
        case disconnected
        case failed(ShellError)
    }

    init(_ settings: WatchSettings, _ context: CommandContext) {
        self.context = context
        self.settings = settings
        usesOneTimeWatches = settings.usesOneTimeWatches
        remaining = settings.limit
        commands = settings.exec.map { ChangeCommands($0, context) }
    }

    func timeIsUp() { endsInTime = true }

    func run() async -> Result<Void, ShellError> {
        var result: Result<Void, ShellError> = .success(())
        do throws(Stop) {
            try await follow()
        } catch {
            if case .failed(let error) = error { result = .failure(error) }
        }
        await commands?.finish()
        await session?.close()
        if endsInTime { return .success(()) }
        guard Task.isCancelled else { return result }
        await context.report(ShellError("\(context.command): \(summary.text)", status: .done))
        return .failure(.interrupted)
    }

    /// A failure in this command's words; one that another connection, or another session, may mend is none.
    func stop(for error: ZooKeeperError) -> Stop {
        switch error.reason {
        case .connectionLoss, .sessionExpired, .server(.sessionExpired), .server(.sessionMoved): .disconnected
        case .noConnection where isEstablished: .disconnected
        case .cancelled: .done
        default: .failed(context.describe(error))
        }
    }

    /// Takes in the state at the start, or finds what changed meanwhile.
    private func catchUp() async throws(Stop) {
        if isEstablished {
            try await resync()
        } else {
            known = KnownTree()
            try await tellState()
            isEstablished = true
        }
        isStale = false
        await settle()
    }

    /// Notes how far everything is reported, when nothing waits.
    private func settle() async {
        guard let session, let queue else { return }
        let zxid = await session.lastZxid
        if await queue.holdsNoWatchEvents { settledZxid = zxid }
    }

    // MARK: The stream

    private func follow() async throws(Stop) {
        while !Task.isCancelled {
            let session = await context.shell.makeSession()
            self.session = session
            summary.sessions += 1
            queue = await session.eventQueue()
            await session.start()
            await tolerating { () async throws(Stop) in
                try await arm()
                try await catchUp()
            }
            if let failure = pendingFailure { throw failure }
            try await handleEvents()
        }
        throw .done
    }

    /// What a step failed with that no reconnect mends.
    private var pendingFailure: Stop?

    /// Does a step that a lost connection may cut short: the next connection begins it anew.
    private func tolerating(_ step: () async throws(Stop) -> Void) async {
        do throws(Stop) {
            try await step()
        } catch {
            if case .disconnected = error { return }
            pendingFailure = error
        }
    }

    /// Works through one session's events; returns when another session is to be opened.
    private func handleEvents() async throws(Stop) {
        while let item = await queue?.next() {
            switch item {
            // Behind a gap that is not compared yet events make no sense; the comparison covers them.
            case .watches where isStale: break
            case .watches(let events):
                await tolerating { () async throws(Stop) in try await report(events) }
                await settle()
            case .session(let event):
                if try await handle(event) { return }
            }
            if let failure = pendingFailure { throw failure }
        }
        throw .done
    }

    /// True when the session is over.
    private func handle(_ event: SessionEvent) async throws(Stop) -> Bool {
        switch event {
        case .watch: break
        case .disconnected(let why, let zxid):
            gapStart = gapStart ?? zxid
            isStale = true
            try await tell(Change(type: "Disconnected", note: why))
        case .connected(let server, resumed: true, _):
            summary.reconnects += 1
            try await tell(Change(type: "Reconnected", note: "to \(server)"))
            await tolerating { () async throws(Stop) in try await catchUp() }
        case .connected: break
        case .dropped(let count):
            summary.dropped += count
            isStale = true
            try await tell(Change(type: "Dropped", note: "\(count) events came faster than they were read"))
            await tolerating { () async throws(Stop) in try await catchUp() }
        case .watchesLost(let code):
            try await tell(Change(type: "WatchesLost", note: "\(code); setting them again"))
            isStale = true
            await tolerating { () async throws(Stop) in
                try await arm()
                try await catchUp()
            }
        case .expired:
            isStale = true
            try await tell(Change(type: "Expired", note: "opening a new session"))
            return true
        case .unreachable(let failures):
            guard isEstablished else { throw stop(for: ZooKeeperError(.noConnection(failures))) }
            // The servers are away for longer than the session lived; they may come back.
            try? await Task.sleep(for: .seconds(1))
            return true
        case .authFailed: throw stop(for: ZooKeeperError(.authFailed))
        case .closed: throw .done
        }
        return false
    }

    // MARK: Output

    /// Prints a line about the session or the state; hands it to standard error where only some kinds are asked for.
    func tell(_ change: Change) async throws(Stop) {
        var change = change
        change.timestamps = settings.timestamps
        if settings.only != nil, change.kind == nil, change.path == nil {
            return await context.report(
                ShellError("\(context.command): \(change.human(isTerminal: false))", status: .done))
        }
        do throws(ShellError) {
            try await context.emit(.change(change))
            try await context.flush()
        } catch {
            throw .failed(error)
        }
    }

    /// Prints a change, runs the command for it, and ends the work when it was the last one asked for.
    func report(_ change: Change) async throws(Stop) {
        var change = change
        if let path = change.path, settings.showsDifference { note(&change, path) }
        guard settings.shows(change) else { return }
        summary.count(change)
        commands?.add(change)
        if !settings.showsData { change.data = nil }
        try await tell(change)
        guard let left = remaining else { return }
        remaining = left - 1
        if left <= 1 { throw .done }
    }

    /// Adds what is different to the former data, and keeps the new.
    private func note(_ change: inout Change, _ path: ZPath) {
        if change.kind == .deleted { formerData[path] = nil }
        guard let data = change.data else { return }
        if change.kind == .changed { change.difference = DataDifference(from: formerData[path], to: data) }
        formerData[path] = data ?? []
    }

    // MARK: Watches

    private func arm() async throws(Stop) {
        guard let session else { return }
        if !usesOneTimeWatches {
            do throws(ZooKeeperError) {
                let mode: AddWatch.Mode = settings.isRecursive ? .persistentRecursive : .persistent
                for path in settings.paths { try await session.send(AddWatch(path, mode: mode)) }
                return
            } catch {
                // Before 3.6 the operation is unknown; some watch managers of later servers refuse it.
                guard error.code == .unimplemented || error.code == .marshallingError else { throw stop(for: error) }
                usesOneTimeWatches = true
            }
        }
        await context.shell.noteOnce(
            "\(context.command): one-time watches are re-armed after each change, and changes that follow each other "
                + "closely may be told as one")
    }
}

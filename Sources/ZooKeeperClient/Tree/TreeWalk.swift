import HeapModule

/// Walks a subtree, parents before children, siblings in bytewise order.
///
/// Znodes are read in batches, because a server answers a batch as one request, several batches in flight. What is held
/// is the names on the way down and what was read ahead, which is bounded; not the tree. Nothing is asked for that the
/// caller's own pace does not call for.
public actor TreeWalk {
    /// What is wanted of each znode.
    public enum Reading: Sendable, Hashable {
        /// The path only.
        case names
        /// The stat too.
        case stats
        /// Data and stat.
        case data
    }

    /// One znode on the way.
    public struct Visit: Sendable, Hashable {
        /// Its path.
        public var path: ZPath
        /// Its stat; nil when only names are wanted, and where the server refuses it.
        public var stat: Stat?
        /// Its data, when wanted; nil when absent.
        public var data: [UInt8]?
        /// How many children it has.
        public var childCount: Int
        /// Their names, for whoever makes visits of his own; the walk does not fill it.
        public var names: [[UInt8]]?
        /// How many levels it lies below the start.
        public var depth = 0
        /// Whether no sibling comes after it.
        public var isLast = true
        /// How many watch events had come before it was read.
        public var eventsBefore = 0
        /// Why the server does not tell its children and data, if it does not.
        public var refusal: ErrorCode?

        /// A visit.
        public init(
            path: ZPath, stat: Stat? = nil, data: [UInt8]? = nil, childCount: Int, eventsBefore: Int = 0,
            refusal: ErrorCode? = nil
        ) {
            self.path = path
            self.stat = stat
            self.data = data
            self.childCount = childCount
            self.eventsBefore = eventsBefore
            self.refusal = refusal
        }
    }

    private let start: ZPath
    private let reader: BatchReader
    private let maxDepth: Int
    /// The way down to the next znode, the innermost siblings last.
    private var way: [Siblings]
    /// Where there is something to ask for; the least comes next.
    private var pending: Heap<Pending>
    private var inFlight: [Int: [Item]] = [:]
    private var batchCount = 0
    /// What was read ahead, in bytes of memory.
    private var held = 0
    private var failure: ZooKeeperError?
    private var isCancelled = false
    private var waiter: CheckedContinuation<Void, Never>?

    /// Batches in flight: enough for the server to have the next one while a reply is on its way.
    private let window = 4
    private let heldLimit = 4 << 20
    /// How many znodes are handed out at once at most.
    private let visitLimit = 4096

    /// Znodes that the server refuses to read, and why.
    ///
    /// They are visited, what lies under them is not.
    public private(set) var refused: [(path: ZPath, code: ErrorCode)] = []
    /// How many znodes were gone between being named and being read.
    public private(set) var vanished = 0

    /// The session's executor.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { SessionExecutor.shared.asUnownedSerialExecutor() }

    /// A walk of `path` and everything under it, down to a depth.
    public init(from path: ZPath, session: Session, reading: Reading = .names, maxDepth: Int = .max) {
        self.init(from: path, session: session, reading: reading, maxDepth: maxDepth, usesMultiRead: true)
    }

    /// The same, as with a server that does not know multiRead.
    init(from path: ZPath, session: Session, reading: Reading, maxDepth: Int, usesMultiRead: Bool) {
        start = path
        self.maxDepth = maxDepth
        reader = BatchReader(session: session, reading: reading, usesMultiRead: usesMultiRead)
        let top = Siblings(start: path)
        way = [top]
        pending = [Pending(siblings: top)]
    }

    /// The next znodes in order, nil at the end.
    ///
    /// Throws when the start is missing or may not be read, and when the session is in trouble. Znodes that vanish
    /// between being named and being read are left out.
    public func next() async throws(ZooKeeperError) -> [Visit]? {
        while true {
            await ask()
            let visits = try takeReady()
            if !visits.isEmpty {
                await ask()
                return visits
            }
            if way.isEmpty { return nil }
            if let failure { throw failure }
            if isCancelled { throw ZooKeeperError(.cancelled(written: false)) }
            await arrival()
        }
    }

    // MARK: Asking

    private func ask() async {
        while !pending.isEmpty, failure == nil, inFlight.count < window {
            // However much is held: what is waited for must be asked for.
            guard held < heldLimit || way.last?.isStarved == true else { return }
            batchCount += 1
            let batch = batchCount
            inFlight[batch] = makeBatch(count: await reader.batchSize)
            Task(executorPreference: SessionExecutor.shared) { await self.read(batch) }
        }
    }

    private typealias Item = (siblings: Siblings, index: Int, path: ZPath)

    private func makeBatch(count: Int) -> [Item] {
        var items: [Item] = []
        var bytes = 0
        while items.count < count, bytes < reader.pathLimit, let siblings = pending.popMin()?.siblings {
            while items.count < count, bytes < reader.pathLimit, !siblings.isAskedFor {
                let (index, path) = siblings.ask()
                items.append((siblings, index, path))
                bytes += path.bytes.count
            }
            if !siblings.isAskedFor { pending.insert(Pending(siblings: siblings)) }
        }
        return items
    }

    private func read(_ number: Int) async {
        let batch = inFlight[number] ?? []
        let result = await reader.read(batch.map(\.path))
        inFlight[number] = nil
        switch result {
        case .success(let answers): for (item, answer) in zip(batch, answers) { note(answer, of: item) }
        case .failure(let error): failure = failure ?? error
        }
        waiter.take()?.resume()
    }

    private func note(_ answer: BatchReader.Answer, of item: Item) {
        switch answer {
        case .failed(.noNode): item.siblings.fill(.vanished(item.path), at: item.index)
        case .failed(let code): item.siblings.fill(.refused(path: item.path, code), at: item.index)
        case .found(let stat, let data, var names, let eventsBefore):
            var children: Siblings?
            let count = names.count
            if item.siblings.depth >= maxDepth { names = NameList() }
            if !names.isEmpty {
                names.sort()
                let siblings = Siblings(of: item.path, names, depth: item.siblings.depth + 1)
                pending.insert(Pending(siblings: siblings))
                children = siblings
            }
            let footprint = 128 + item.path.bytes.count + (data?.count ?? 0) + names.footprint
            held += footprint
            item.siblings.fill(
                .answered(
                    Visit(
                        path: item.path, stat: stat, data: data, childCount: count, eventsBefore: eventsBefore),
                    children, footprint: footprint),
                at: item.index)
        }
    }

    private func arrival() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter = $0 }
        } onCancel: {
            Task(executorPreference: SessionExecutor.shared) { await self.cancel() }
        }
    }

    private func cancel() {
        isCancelled = true
        waiter.take()?.resume()
    }

    // MARK: Handing out

    private func takeReady() throws(ZooKeeperError) -> [Visit] {
        var visits: [Visit] = []
        while visits.count < visitLimit, let siblings = way.last {
            guard !siblings.isVisited else {
                way.removeLast()
                continue
            }
            guard let slot = siblings.take() else { break }
            let place = (depth: siblings.depth, isLast: siblings.isVisited)
            switch slot {
            case .asked: break
            case .answered(var visit, let children, let footprint):
                held -= footprint
                (visit.depth, visit.isLast) = place
                visits.append(visit)
                if let children { way.append(children) }
            case .refused(let path, let code):
                try checkStart(path, code)
                refused.append((path, code))
                var visit = Visit(path: path, childCount: 0, refusal: code)
                (visit.depth, visit.isLast) = place
                visits.append(visit)
            case .vanished(let path):
                try checkStart(path, .noNode)
                vanished += 1
            }
        }
        return visits
    }

    private func checkStart(_ path: ZPath, _ code: ErrorCode) throws(ZooKeeperError) {
        if path == start { throw ZooKeeperError(.server(code), operation: .getChildren, path: path) }
    }
}

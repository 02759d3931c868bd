/// Reads many znodes at once: in batches where the server knows multiRead, else in pipelined single requests.
actor BatchReader {
    /// What came of one znode.
    enum Answer: Sendable {
        case found(Stat?, data: [UInt8]?, children: NameList, eventsBefore: Int)
        case failed(ErrorCode)
    }

    private let session: Session
    private let reading: TreeWalk.Reading
    private var usesMultiRead: Bool
    /// What a znode's answer takes, as seen lately, in bytes.
    private var answerSize = 4096

    /// A reply of this size keeps the connection busy, and no server is held up by making it.
    private let replyTarget = 1 << 20
    private let countLimit = 500
    /// Data that is not wanted is worth skipping from this size on: a batch cannot ask for a stat alone.
    private let unwantedDataLimit = 4096
    /// A server that goes down while it answers is asked again, but not for ever.
    private let attempts = 5

    nonisolated var unownedExecutor: UnownedSerialExecutor { SessionExecutor.shared.asUnownedSerialExecutor() }

    init(session: Session, reading: TreeWalk.Reading, usesMultiRead: Bool) {
        self.usesMultiRead = usesMultiRead
        self.session = session
        self.reading = reading
    }

    /// How many znodes to ask for at once.
    var batchSize: Int { min(countLimit, max(1, replyTarget / answerSize)) }
    /// What their paths may take, in bytes.
    nonisolated var pathLimit: Int { min(256 << 10, session.configuration.requestLimit / 4) }

    private typealias Answers = Result<[Answer], ZooKeeperError>

    /// One answer a path, in order.
    func read(_ paths: [ZPath]) async -> Result<[Answer], ZooKeeperError> {
        let skipsData = reading == .stats && answerSize > unwantedDataLimit
        let isBatch = usesMultiRead && !skipsData && paths.count > 1
        let answers = isBatch ? await batch(paths) : await singly(paths)
        if case .success(let answers) = answers { learn(from: answers) }
        return answers
    }

    private func learn(from answers: [Answer]) {
        var bytes = 0
        for case .found(let stat, let data, let children, _) in answers {
            bytes += 96 + (data?.count ?? Int(stat?.dataLength ?? 0)) + children.footprint
        }
        let seen = bytes / max(1, answers.count)
        answerSize = max(1, seen, (answerSize * 3 + seen) / 4)
    }

    /// Asks again after the connection was lost: reading twice does no harm.
    private func reply<Request: ZooKeeperRequest>(
        to request: Request
    ) async -> Result<(response: Request.Response, eventsBefore: Int), ZooKeeperError> {
        var left = attempts
        while true {
            let (result, eventsBefore) = await session.orderedReply(to: request)
            left -= 1
            if left > 0, case .failure(let error) = result, case .connectionLoss = error.reason { continue }
            return result.map { ($0, eventsBefore) }
        }
    }

    // MARK: Batches

    private func batch(_ paths: [ZPath]) async -> Answers {
        let result = reading == .names ? await children(paths) : await dataAndChildren(paths)
        guard case .failure(let error) = result else { return result }
        if error.code == .unimplemented || error.code == .marshallingError {
            usesMultiRead = false
            return await singly(paths)
        }
        guard case .replyTooLarge = error.reason else { return result }
        let half = paths.count / 2
        switch await read(Array(paths[..<half])) {
        case .failure(let error): return .failure(error)
        case .success(let first): return await read(Array(paths[half...])).map { first + $0 }
        }
    }

    private func children(_ paths: [ZPath]) async -> Answers {
        await reply(to: MultiRead(paths.map { .getChildren($0) })).map { reply in
            reply.response.map { result in
                switch result {
                case .children(let names): .found(nil, data: nil, children: names, eventsBefore: reply.eventsBefore)
                case .failed(let code): .failed(code)
                case .data: .failed(.marshallingError)
                }
            }
        }
    }

    /// Data first: the stat tells which znodes have children to ask for.
    private func dataAndChildren(_ paths: [ZPath]) async -> Answers {
        var answers: [Answer] = []
        answers.reserveCapacity(paths.count)
        var parents: [Int] = []
        switch await reply(to: MultiRead(paths.map { .getData($0) })) {
        case .failure(let error): return .failure(error)
        case .success(let (results, eventsBefore)):
            for result in results {
                switch result {
                case .data(let data, let stat):
                    if stat.numChildren > 0 { parents.append(answers.count) }
                    let wanted = reading == .data ? data : nil
                    answers.append(
                        .found(stat, data: wanted, children: NameList(), eventsBefore: eventsBefore))
                case .failed(let code): answers.append(.failed(code))
                case .children: answers.append(.failed(.marshallingError))
                }
            }
        }
        if parents.isEmpty { return .success(answers) }
        switch await reply(to: MultiRead(parents.map { .getChildren(paths[$0]) })) {
        case .failure(let error): return .failure(error)
        case .success(let (results, _)):
            for (index, result) in zip(parents, results) {
                switch (answers[index], result) {
                case (.found(let stat, let data, _, let eventsBefore), .children(let names)):
                    answers[index] = .found(stat, data: data, children: names, eventsBefore: eventsBefore)
                case (_, .failed(let code)): answers[index] = .failed(code)
                default: answers[index] = .failed(.marshallingError)
                }
            }
        }
        return .success(answers)
    }

    // MARK: Single requests

    /// All at once, each in a request of its own.
    private func singly(_ paths: [ZPath]) async -> Answers {
        var answers = [Answer?](repeating: nil, count: paths.count)
        var parents = Array(paths.indices)
        if reading == .data {
            parents = []
            for (index, reply) in await replies(to: paths.map { GetData($0) }).enumerated() {
                switch reply.result {
                case .success(let (data, stat)):
                    answers[index] = .found(
                        stat, data: data, children: NameList(), eventsBefore: reply.eventsBefore)
                    if stat.numChildren > 0 { parents.append(index) }
                case .failure(let error):
                    guard let code = error.code else { return .failure(error) }
                    answers[index] = .failed(code)
                }
            }
        }
        for (index, reply) in zip(parents, await replies(to: parents.map { GetChildren2(paths[$0]) })) {
            switch reply.result {
            case .success(let (names, stat)):
                answers[index] = answer(answers[index], with: NameList(names), stat, behind: reply.eventsBefore)
            case .failure(let error):
                guard let code = error.code else { return .failure(error) }
                answers[index] = .failed(code)
            }
        }
        return .success(answers.compactMap { $0 })
    }

    /// What was found before, with the children added; the data's stat goes with the data.
    private func answer(_ former: Answer?, with names: NameList, _ stat: Stat, behind events: Int) -> Answer {
        if case .found(let stat, let data, _, let eventsBefore)? = former {
            return .found(stat, data: data, children: names, eventsBefore: eventsBefore)
        }
        return .found(reading == .names ? nil : stat, data: nil, children: names, eventsBefore: events)
    }

    /// Asks again for what a lost connection left unanswered.
    private func replies<Request: ZooKeeperRequest>(
        to requests: [Request]
    ) async -> [ReplyCollector<Request.Response>.Reply] {
        var replies = await session.orderedReplies(to: requests)
        for _ in 1..<attempts {
            let lost = replies.indices.filter { index in
                if case .failure(let error) = replies[index].result, case .connectionLoss = error.reason {
                    true
                } else {
                    false
                }
            }
            if lost.isEmpty { break }
            for (index, reply) in zip(lost, await session.orderedReplies(to: lost.map { requests[$0] })) {
                replies[index] = reply
            }
        }
        return replies
    }
}

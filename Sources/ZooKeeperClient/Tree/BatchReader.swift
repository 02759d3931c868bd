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

    private func singly(_ paths: [ZPath]) async -> Answers {
        if paths.count == 1 { return await single(paths[0]).map { [$0] } }
        return await withTaskGroup(of: (Int, Result<Answer, ZooKeeperError>).self) { group in
            for (index, path) in paths.enumerated() { group.addTask { (index, await self.single(path)) } }
            var answers = [Answer?](repeating: nil, count: paths.count)
            var failure: ZooKeeperError?
            for await (index, result) in group {
                switch result {
                case .success(let answer): answers[index] = answer
                case .failure(let error): failure = error
                }
            }
            return failure.map { .failure($0) } ?? .success(answers.compactMap { $0 })
        }
    }

    private func single(_ path: ZPath) async -> Result<Answer, ZooKeeperError> {
        var known: (stat: Stat, data: [UInt8]?, eventsBefore: Int)?
        if reading == .data {
            switch await reply(to: GetData(path)) {
            case .success(let ((data, stat), eventsBefore)):
                if stat.numChildren == 0 {
                    return .success(.found(stat, data: data, children: NameList(), eventsBefore: eventsBefore))
                }
                known = (stat, data, eventsBefore)
            case .failure(let error): return Self.answer(to: error)
            }
        }
        switch await reply(to: GetChildren2(path)) {
        case .success(let ((names, stat), eventsBefore)):
            return .success(
                .found(
                    reading == .names ? nil : known?.stat ?? stat, data: known?.data, children: NameList(names),
                    eventsBefore: known?.eventsBefore ?? eventsBefore))
        case .failure(let error): return Self.answer(to: error)
        }
    }

    private static func answer(to error: ZooKeeperError) -> Result<Answer, ZooKeeperError> {
        error.code.map { .success(.failed($0)) } ?? .failure(error)
    }
}

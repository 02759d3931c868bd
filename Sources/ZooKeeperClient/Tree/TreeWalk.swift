/// Walks a subtree, parents before children, siblings in bytewise order.
///
/// Children are asked for in batches (multiRead), because the server answers a batch as one request. What is held is
/// the way down: the siblings still to visit at each level, not the tree.
public struct TreeWalk {
    private struct Entry {
        var path: ZPath
        /// Nil until the server was asked.
        var children: [[UInt8]]?
        var isGone = false
    }

    private let session: Session
    private let batchSize: Int
    /// The next path to visit is last.
    private var stack: [Entry]
    private var usesMultiRead = true
    private let start: ZPath

    /// Znodes whose children the server refuses to tell, and why.
    ///
    /// They are visited, their subtrees are not.
    public private(set) var refused: [(path: ZPath, code: ErrorCode)] = []

    /// A walk of `path` and everything under it.
    public init(from path: ZPath, session: Session, batchSize: Int = 500) {
        start = path
        self.session = session
        self.batchSize = batchSize
        stack = [Entry(path: path)]
    }

    /// The next paths in order, nil at the end.
    ///
    /// Throws when the start is missing or the session is in trouble.
    ///
    /// Znodes that vanish between being named and being visited are left out.
    public mutating func next() async throws(ZooKeeperError) -> [ZPath]? {
        while !stack.isEmpty {
            try await ask()
            var visited: [ZPath] = []
            while let entry = stack.last, entry.isGone || entry.children != nil {
                stack.removeLast()
                if entry.isGone { continue }
                visited.append(entry.path)
                for name in (entry.children ?? []).sorted(by: { $1.lexicographicallyPrecedes($0) }) {
                    stack.append(Entry(path: entry.path.child(name)))
                }
            }
            if !visited.isEmpty { return visited }
        }
        return nil
    }

    /// Asks for the children of the next paths that nobody asked for yet.
    private mutating func ask() async throws(ZooKeeperError) {
        let indices = stack.indices.reversed().lazy.filter { [stack] in stack[$0].children == nil && !stack[$0].isGone }
            .prefix(batchSize).map { $0 }
        let answers = try await children(of: indices.map { stack[$0].path })
        for (index, answer) in zip(indices, answers) {
            switch answer {
            case .children(let names): stack[index].children = names
            case .failed(.noNode) where stack[index].path != start: stack[index].isGone = true
            case .failed(let code) where stack[index].path == start:
                throw ZooKeeperError(.server(code), operation: .getChildren, path: start)
            case .failed(let code):
                refused.append((stack[index].path, code))
                stack[index].children = []
            case .data: throw ZooKeeperError(.malformedReply(.unexpectedRecord("data")), operation: .multiRead)
            }
        }
    }

    private mutating func children(of paths: [ZPath]) async throws(ZooKeeperError) -> [MultiRead.OpResult] {
        if usesMultiRead, paths.count > 1, let results = try await batch(paths).get() { return results }
        var results: [MultiRead.OpResult] = []
        for path in paths { results.append(try await single(path).get()) }
        return results
    }

    /// Nil where the server does not know multiRead; it is not asked again.
    private mutating func batch(_ paths: [ZPath]) async -> Result<[MultiRead.OpResult]?, ZooKeeperError> {
        switch await session.reply(to: MultiRead(paths.map { .getChildren($0) })) {
        case .success(let results): return .success(results)
        case .failure(let error) where error.code == .unimplemented:
            usesMultiRead = false
            return .success(nil)
        case .failure(let error): return .failure(error)
        }
    }

    private func single(_ path: ZPath) async -> Result<MultiRead.OpResult, ZooKeeperError> {
        switch await session.reply(to: GetChildren(path)) {
        case .success(let names): .success(.children(names))
        case .failure(let error): error.code.map { .success(.failed($0)) } ?? .failure(error)
        }
    }
}

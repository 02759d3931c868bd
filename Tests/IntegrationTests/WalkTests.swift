import TestSupport
import Testing

@testable import ZooKeeperClient

@Suite("The walk and the writer")
struct WalkTests {
    /// A session on a chroot of its own.
    private func withSession(_ body: (Session, ZKCLI) async throws -> Void) async throws {
        let zkcli = try await ZKCLI.fresh()
        let session = Session(SessionConfiguration(try ConnectString(zkcli.connectString)))
        await session.start()
        do {
            try await body(session, zkcli)
        } catch {
            await session.close()
            throw error
        }
        await session.close()
    }

    private func visits(
        _ session: Session, _ reading: TreeWalk.Reading, maxDepth: Int = .max, usesMultiRead: Bool = true
    ) async throws -> [TreeWalk.Visit] {
        let walk = TreeWalk(
            from: .root, session: session, reading: reading, maxDepth: maxDepth, usesMultiRead: usesMultiRead)
        var visits: [TreeWalk.Visit] = []
        while let more = try await walk.next() { visits += more }
        let (vanished, refused) = (await walk.vanished, await walk.refused.count)
        #expect(vanished == 0 && refused == 0)
        return visits
    }

    @Test(arguments: [TreeWalk.Reading.names, .stats, .data])
    func withAndWithoutBatches(_ reading: TreeWalk.Reading) async throws {
        try await withSession { session, zkcli in
            var lines = ["create /a data", "create /a/b", "create '/a!b' x"]
            lines += (0..<700).map { "create /a/b/\($0) data-\($0)" }
            let filled = try await zkcli("-k", "-q", stdin: Array(lines.joined(separator: "\n").utf8))
            #expect(filled.status == 0)
            let batched = try await visits(session, reading)
            let single = try await visits(session, reading, usesMultiRead: false)
            #expect(batched.count == 704)
            #expect(batched == single)
            #expect(batched.map(\.depth).max() == 3 && batched.count { $0.isLast } == 4)
            #expect((batched[1].data != nil) == (reading == .data))
            #expect((batched[1].stat != nil) == (reading != .names))
            #expect(try await visits(session, reading, maxDepth: 1).map(\.path.description) == ["/", "/a", "/a!b"])
        }
    }

    @Test func aMissingStartIsAnError() async throws {
        try await withSession { session, _ in
            let walk = TreeWalk(from: "/none", session: session)
            await #expect(throws: ZooKeeperError.self) { try await walk.next() }
        }
    }

    @Test func whatCannotBeWrittenIsNamedAndTheRestIsWritten() async throws {
        try await withSession { session, zkcli in
            #expect(try await zkcli("create", "/7").status == 0)
            let writer = BatchWriter(session: session, countLimit: 5)
            for index in 0..<20 {
                try await writer.add(
                    .create(ZPath(unchecked: Array("/\(index)".utf8)), data: nil, acl: ACL.open, mode: .persistent))
            }
            try await writer.finish()
            let (done, failures) = (await writer.done, await writer.failures)
            #expect(done == 19)
            #expect(failures.map(\.code) == [.nodeExists])
            #expect(failures.map(\.operation.path.description) == ["/7"])
        }
    }

    @Test func manyRequestsAtOnceKeepTheirOrder() async throws {
        try await withSession { session, _ in
            let paths = (0..<1200).map { ZPath(unchecked: Array("/n\($0)".utf8)) }
            let made = await session.replies(
                to: paths.map { Create2($0, data: Array("\($0)".utf8), acl: ACL.open, mode: .persistent) })
            #expect(made.allSatisfy { (try? $0.get()) != nil })
            let read = await session.replies(to: paths.map { GetData($0) })
            for (index, result) in read.enumerated() {
                let data = try result.get().data
                #expect(data == Array("/n\(index)".utf8))
            }
        }
    }
}

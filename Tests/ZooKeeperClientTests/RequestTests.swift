import NIOCore
import Testing

@testable import ZooKeeperClient

@Suite("Requests as a real server takes them")
struct RequestTests {
    static let base: ZPath = "/proto-research/v"
    static func path(_ name: String) -> ZPath { base.child(Array(name.utf8)) }

    @Test func create() throws {
        let request = Create(Self.path("a"), data: Array("hi".utf8))
        #expect(frame(request, xid: 1) == Vectors.createRequest.all)
        var body = Vectors.createReply.body
        #expect(try request.decodeResponse(from: &body) == Self.path("a"))
    }

    @Test func create2() throws {
        let request = Create2(Self.path("e-"), data: [], mode: .ephemeralSequential)
        #expect(frame(request, xid: 2) == Vectors.create2Request.all)
        var body = Vectors.create2Reply.body
        let (path, stat) = try request.decodeResponse(from: &body)
        #expect(path == Self.path("e-0000000001"))
        #expect(stat.ephemeralOwner == 0x1_0000_60d2_4600_92)
    }

    @Test func createContainer() throws {
        let request = Create2(Self.path("ct"), data: [], mode: .container)
        #expect(frame(request, xid: 3) == Vectors.createContainerRequest.all)
        var body = Vectors.createContainerReply.body
        #expect(try request.decodeResponse(from: &body).stat.ephemeralOwner == 0)
    }

    @Test func createTTL() throws {
        let ttl = try #require(CreateMode.TimeToLive(milliseconds: 60_000))
        let request = Create2(Self.path("t"), data: nil, mode: .persistentTTL(ttl))
        #expect(frame(request, xid: 4) == Vectors.createTTLRequest.all)
    }

    /// createTTL with another flag stops a 3.8.0 server for good.
    @Test func createTTLNeverCarriesAnotherFlag() throws {
        let ttl = try #require(CreateMode.TimeToLive(milliseconds: 1))
        let modes: [CreateMode] = [
            .persistent, .persistentSequential, .ephemeral, .ephemeralSequential, .container, .persistentTTL(ttl),
            .persistentSequentialTTL(ttl),
        ]
        for mode in modes {
            let isTTL = mode.opCode(plain: .create) == .createTTL
            #expect(isTTL == (mode.flags == 5 || mode.flags == 6))
            #expect(isTTL == (mode.timeToLive != nil))
        }
    }

    @Test(arguments: [0, -1, CreateMode.TimeToLive.maximum + 1]) func impossibleTTL(_ milliseconds: Int64) {
        #expect(CreateMode.TimeToLive(milliseconds: milliseconds) == nil)
    }

    @Test func existsOfMissingZnode() throws {
        #expect(frame(Exists(Self.path("x"), watch: true), xid: 5) == Vectors.existsRequest.all)
        #expect(try Vectors.existsReply.header == ReplyHeader(xid: 5, zxid: 3436, error: .noNode))
    }

    @Test func getData() throws {
        let request = GetData(Self.path("a"))
        #expect(frame(request, xid: 6) == Vectors.getDataRequest.all)
        var body = Vectors.getDataReply.body
        let (data, stat) = try request.decodeResponse(from: &body)
        #expect(data == Array("hi".utf8))
        #expect(stat.czxid == 3433 && stat.ctime == 1_795_487_778_115 && stat.dataLength == 2 && stat.pzxid == 3433)
    }

    @Test func absentDataIsNotEmptyData() throws {
        var body = Vectors.getNullDataReply.body
        #expect(try GetData(Self.path("t")).decodeResponse(from: &body).data == nil)
    }

    @Test func setData() throws {
        let request = SetData(Self.path("a"), data: Array("yo".utf8), version: 0)
        #expect(frame(request, xid: 9) == Vectors.setDataRequest.all)
        var body = Vectors.setDataReply.body
        #expect(try request.decodeResponse(from: &body).version == 1)
        #expect(try Vectors.setDataBadVersionReply.header.error == .badVersion)
    }

    @Test func getChildren() throws {
        let names = ["x", "a", "ct", "e-0000000001", "t"].map { Array($0.utf8) }
        let long = GetChildren2(Self.base)
        #expect(frame(long, xid: 10) == Vectors.getChildren2Request.all)
        var body = Vectors.getChildren2Reply.body
        let reply = try long.decodeResponse(from: &body)
        #expect(reply.names == names)
        #expect(reply.stat.numChildren == 5)
        let short = GetChildren(Self.base)
        #expect(frame(short, xid: 11) == Vectors.getChildrenRequest.all)
        body = Vectors.getChildrenReply.body
        #expect(try short.decodeResponse(from: &body) == names)
    }

    @Test func accessControlLists() throws {
        let get = GetACL(Self.path("a"))
        #expect(frame(get, xid: 12) == Vectors.getACLRequest.all)
        var body = Vectors.getACLReply.body
        #expect(try get.decodeResponse(from: &body).acl == ACL.open)
        let set = SetACL(
            Self.path("a"),
            acl: [
                ACL(.read, scheme: "world", id: "anyone"),
                ACL(.all, scheme: "digest", id: "bob:fyVmFCwVbTJYrznoSu1koqYEYF0="),
            ], aversion: 0)
        #expect(frame(set, xid: 13) == Vectors.setACLRequest.all)
        body = Vectors.setACLReply.body
        #expect(try set.decodeResponse(from: &body).aversion == 1)
    }

    @Test func authentication() throws {
        var writer = JuteWriter()
        writer.frame { writer in
            writer.write(SpecialXid.auth)
            writer.write(OpCode.auth.rawValue)
            AddAuth(scheme: "digest", credentials: Array("bob:secret".utf8)).encode(into: &writer)
        }
        #expect(Array(writer.buffer.readableBytesView) == Vectors.authRequest.all)
        #expect(try Vectors.authReply.header == ReplyHeader(xid: -4, zxid: 0))
        #expect(try Vectors.authRefusedReply.header.error == .authFailed)
    }

    @Test func whoAmI() throws {
        #expect(frame(WhoAmI(), xid: 14) == Vectors.whoAmIRequest.all)
        var body = Vectors.whoAmIReply.body
        let identities = try WhoAmI().decodeResponse(from: &body)
        #expect(identities.map(\.scheme) == ["digest", "ip"])
        #expect(identities.map(\.user) == ["bob", "127.0.0.1"])
    }

    @Test func syncPingClose() {
        #expect(frame(Sync(Self.base), xid: 15) == Vectors.syncRequest.all)
        #expect(frame(CloseSession(), xid: 1) == Vectors.closeSessionRequest.all)
        var writer = JuteWriter()
        writer.frame { writer in
            writer.write(SpecialXid.ping)
            writer.write(OpCode.ping.rawValue)
        }
        #expect(Array(writer.buffer.readableBytesView) == Vectors.pingRequest.all)
    }

    @Test func multi() throws {
        let path = Self.path("m")
        let request = Multi([
            .check(Self.base, version: -1), .create(path, data: [], acl: ACL.open, mode: .persistent),
            .setData(path, data: Array("1".utf8), version: 0), .delete(path, version: 1),
        ])
        // The captured frame creates with create; this client asks create2, whose answer carries a stat.
        var expected = Vectors.multiRequest.all
        let createType = 12 + 9 + 4 + 17 + 4 + 3
        #expect(expected[createType] == 1)
        expected[createType] = 15
        #expect(frame(request, xid: 16) == expected)
        var body = Vectors.multiReply.body
        let results = try request.decodeResponse(from: &body)
        #expect(results.count == 4)
        #expect(results[0] == .checked && results[1] == .created(path, nil) && results[3] == .deleted)
        #expect(Multi.culprit(in: results) == nil)
    }

    @Test func failedMultiNamesTheCulprit() throws {
        let request = Multi([.check("/a", version: 0), .check("/a", version: 0), .check("/a", version: 0)])
        var body = Vectors.failedMultiReply.body
        #expect(try Vectors.failedMultiReply.header.error == .ok)
        let culprit = try #require(Multi.culprit(in: try request.decodeResponse(from: &body)))
        #expect(culprit.index == 1 && culprit.error == .badVersion)
    }

    @Test func multiRead() throws {
        let request = MultiRead([.getData(Self.path("a")), .getChildren(Self.path("none"))])
        #expect(frame(request, xid: 18) == Vectors.multiReadRequest.all)
        var body = Vectors.multiReadReply.body
        let results = try request.decodeResponse(from: &body)
        guard case .data(let data, _) = results[0] else { throw WireError.unexpectedRecord("\(results[0])") }
        #expect(data == Array("yo".utf8))
        #expect(results[1] == .failed(.noNode))
    }

    @Test func watches() throws {
        #expect(frame(AddWatch(Self.base, mode: .persistentRecursive), xid: 19) == Vectors.addWatchRequest.all)
        #expect(frame(CheckWatches(Self.path("none"), type: .data), xid: 20) == Vectors.checkWatchesRequest.all)
        #expect(frame(RemoveWatches(Self.base), xid: 21) == Vectors.removeWatchesRequest.all)
        #expect(try Vectors.checkWatchesReply.header.error == .noWatcher)
    }

    @Test func setWatches2() {
        let watches = SetWatches(
            relativeZxid: 3444, data: [Self.path("a")], exist: [Self.path("none")], child: [Self.base],
            persistent: [Self.path("a")], persistentRecursive: [Self.base])
        var writer = JuteWriter()
        writer.frame { writer in
            writer.write(SpecialXid.setWatches)
            writer.write(watches.opCode.rawValue)
            watches.encode(into: &writer)
        }
        #expect(Array(writer.buffer.readableBytesView) == Vectors.setWatches2Request.all)
    }

    @Test func countsAndEphemerals() throws {
        #expect(frame(GetEphemerals(prefix: Self.base), xid: 22) == Vectors.getEphemeralsRequest.all)
        var body = Vectors.getEphemeralsReply.body
        #expect(try GetEphemerals().decodeResponse(from: &body) == [Self.path("e-0000000001")])
        #expect(frame(GetAllChildrenNumber(Self.base), xid: 23) == Vectors.getAllChildrenNumberRequest.all)
        body = Vectors.getAllChildrenNumberReply.body
        #expect(try GetAllChildrenNumber(Self.base).decodeResponse(from: &body) == 5)
    }

    @Test func delete() {
        #expect(frame(Delete(Self.path("x")), xid: 24) == Vectors.deleteRequest.all)
    }

    @Test func reconfigLeavesUnusedStringsNull() {
        let bytes = frame(Reconfig(.incremental(joining: nil, leaving: "3")), xid: 1)
        let expected = Bytes("0000001d 00000001 00000010 ffffffff 00000001 33 ffffffff ffffffffffffffff").all
        #expect(bytes == expected)
    }

    @Test func connect() throws {
        var writer = JuteWriter()
        writer.frame {
            ConnectRequest(
                lastZxidSeen: 0, timeoutMilliseconds: 10_000, sessionID: 0, password: ConnectRequest.noPassword,
                readOnly: false
            ).encode(into: &$0)
        }
        #expect(Array(writer.buffer.readableBytesView) == Vectors.connectRequest.all)
        var payload = Vectors.connectReply.payload
        let reply = try ConnectResponse(from: &payload)
        #expect(reply.sessionID == 0x1_0000_60d2_4600_92 && reply.timeoutMilliseconds == 10_000 && !reply.readOnly)
        payload = Vectors.expiredReply.payload
        #expect(try ConnectResponse(from: &payload).timeoutMilliseconds == 0)
        payload = Vectors.readOnlySessionReply.payload
        #expect(try ConnectResponse(from: &payload).readOnly)
    }

    @Test func notifications() throws {
        var body = Vectors.nodeCreated.body
        #expect(try WatchEvent(from: &body, zxid: -1) == WatchEvent(.nodeCreated, Self.path("x")))
        body = Vectors.notificationWithZxid.body
        let event = try WatchEvent(from: &body, zxid: Vectors.notificationWithZxid.header.zxid)
        #expect(event?.zxid == 778)
    }
}

/// Three servers that elect a leader.
public struct TestEnsemble: Sendable {
    /// The servers.
    public let servers: [TestServer]

    /// The connect string of all three.
    public var connectString: String { servers.map(\.connectString).joined(separator: ",") }

    /// Starts three servers and waits until all serve.
    public static func start() async throws -> TestEnsemble {
        var ports: [(client: Int, quorum: Int, election: Int)] = []
        for _ in 1...3 {
            ports.append(
                (
                    try await TestServer.freePort(), try await TestServer.freePort(), try await TestServer.freePort()
                ))
        }
        let members = ports.enumerated().flatMap { index, port in
            ["--property", "server.\(index + 1)=127.0.0.1:\(port.quorum):\(port.election)"]
        }
        let servers = ports.enumerated().map { index, port in
            TestServer(
                port: port.client, options: members + ["--id", "\(index + 1)", "--property", "tickTime=500"])
        }
        for server in servers { try await server.launch() }
        for server in servers { try await server.waitUntilServing() }
        return TestEnsemble(servers: servers)
    }

    /// The server that leads now.
    public func leader() async throws -> TestServer {
        for server in servers where try await server.fourLetterWord("srvr").contains("Mode: leader") { return server }
        throw TestSupportError("no server leads")
    }

    /// Ends all.
    public func stop() async throws {
        for server in servers { try await server.stop() }
    }
}

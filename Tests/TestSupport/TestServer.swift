import Foundation
import Synchronization

/// A real ZooKeeper on loopback.
///
/// It ends with the test process, however that ends.
public final class TestServer: Sendable {
    /// The client port.
    public let port: Int
    private let directory: String
    private let options: [String]
    private let process = Mutex<Subprocess?>(nil)

    /// `127.0.0.1:port`.
    public var connectString: String { "127.0.0.1:\(port)" }

    private static let script = Locations.project + "/scripts/zookeeper-server"
    private static let sharedServer = SharedServer()

    /// The server that all tests of the process share; each works under a path of its own.
    public static func shared() async throws -> TestServer { try await sharedServer.get() }

    /// Starts a server of one's own.
    public static func start(options: [String] = []) async throws -> TestServer {
        let server = TestServer(port: try await freePort(), options: options)
        try await server.launch()
        try await server.waitUntilServing()
        return server
    }

    /// A port that nobody listens on.
    public static func freePort() async throws -> Int {
        let result = try await run(script, ["free-port"])
        guard let port = Int(result.out.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw TestSupportError("no free port: \(result.err)")
        }
        return port
    }

    init(port: Int, options: [String]) {
        self.port = port
        self.options = options
        directory = NSTemporaryDirectory() + "zkcli-test-\(UUID().uuidString)"
    }

    func launch() async throws {
        let arguments = ["run", directory, "\(port)", "--die-with", "\(getpid())"] + options
        let started = try Subprocess(Self.script, arguments)
        started.closeInput()
        process.withLock { $0 = started }
    }

    func waitUntilServing() async throws {
        guard let pid = process.withLock({ $0?.pid }) else { throw TestSupportError("the server was not started") }
        let result = try await run(Self.script, ["wait", "\(port)", "\(pid)", "60"], deadline: .seconds(90))
        guard result.status == 0 else {
            let log = (try? String(contentsOfFile: directory + "/server.log", encoding: .utf8)) ?? "no log"
            throw TestSupportError("ZooKeeper did not start: \(result.err)\(log.suffix(2000))")
        }
    }

    /// Kills it at once.
    public func kill() async throws {
        let running = process.withLock { $0.take() }
        running?.signal(SIGKILL)
        _ = try await running?.wait()
    }

    /// Stops it from answering, without closing its connections.
    public func pause() { process.withLock { $0?.signal(SIGSTOP) } }

    /// Lets it go on.
    public func resume() { process.withLock { $0?.signal(SIGCONT) } }

    /// Starts it again on the same port and data.
    public func restart() async throws {
        try await kill()
        try await launch()
        try await waitUntilServing()
    }

    /// Ends it and removes its data.
    public func stop() async throws {
        try await kill()
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// What a four-letter word answers.
    public func fourLetterWord(_ word: String) async throws -> String {
        try await run(
            "/bin/bash", ["-c", "exec 3<>/dev/tcp/127.0.0.1/\(port); printf \(word) >&3; cat <&3"]
        ).out
    }
}

private actor SharedServer {
    private var starting: Task<TestServer, any Error>?

    func get() async throws -> TestServer {
        let task = starting ?? Task { try await TestServer.start(options: ["--property", "tickTime=500"]) }
        starting = task
        return try await task.value
    }
}

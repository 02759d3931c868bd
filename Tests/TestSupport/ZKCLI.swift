import Foundation

/// The program under test, on a path of its own of the shared server.
public struct ZKCLI: Sendable {
    /// Server and chroot.
    public let connectString: String

    /// The program with a connect string.
    public init(connectString: String) { self.connectString = connectString }

    /// A fresh chroot, which exists.
    public static func fresh() async throws -> ZKCLI {
        try await fresh(on: try await TestServer.shared().connectString)
    }

    /// A fresh chroot on other servers.
    public static func fresh(on servers: String) async throws -> ZKCLI {
        let root = "/t-" + UUID().uuidString.prefix(8).lowercased()
        let made = try await run(Locations.zkcli, ["-s", servers, "create", root])
        guard made.status == 0 else { throw TestSupportError("cannot make \(root): \(made.err)") }
        return ZKCLI(connectString: servers + root)
    }

    /// Runs it to its end.
    @discardableResult
    public func callAsFunction(
        _ arguments: String..., stdin: [UInt8] = [], deadline: Int = 30
    ) async throws -> CommandResult {
        try await run(
            Locations.zkcli, ["-s", connectString] + arguments, stdin: stdin, deadline: .seconds(deadline))
    }

    /// Starts it.
    public func start(_ arguments: String...) throws -> Subprocess {
        try Subprocess(Locations.zkcli, ["-s", connectString] + arguments)
    }
}

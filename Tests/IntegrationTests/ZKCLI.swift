import Foundation
import TestSupport

/// The program under test, on a path of its own of the shared server.
struct ZKCLI: Sendable {
    let connectString: String

    /// A fresh chroot, which exists.
    static func fresh() async throws -> ZKCLI {
        let server = try await TestServer.shared()
        let root = "/test-\(UUID().uuidString)"
        let made = try await run(Locations.zkcli, ["-s", server.connectString, "create", root])
        guard made.status == 0 else { throw TestSupportError("cannot make \(root): \(made.err)") }
        return ZKCLI(connectString: server.connectString + root)
    }

    func callAsFunction(_ arguments: String..., stdin: [UInt8] = []) async throws -> CommandResult {
        try await run(Locations.zkcli, ["-s", connectString] + arguments, stdin: stdin)
    }

    func start(_ arguments: String...) throws -> Subprocess {
        try Subprocess(Locations.zkcli, ["-s", connectString] + arguments)
    }
}

import CommandLanguage
import ZooKeeperClient

/// `setAcl`: who may do what with a znode from now on.
struct SetACLCommand: Command {
    static let stat = Flag("-s", "--stat", help: "Print the new stat")
    static let version = Option<VersionArgument>(
        "-v", "--version", label: "VERSION", help: "Only if this is the ACL version (aclVersion)")
    static let recursive = Flag("-R", "--recursive", help: "Also for everything under the znode")
    static let path = Positional<PathArgument>("path", help: "The znode to change")
    static let acl = Positional<ACLArgument>("acl", help: "The new list, as scheme:id:perms,…")

    static let names = ["setAcl"]
    static let isWrite = true

    static let spec = CommandSpec(
        names, group: CommandTable.Group.writing, "Replace the access control list of a znode",
        discussion: """
            Permissions are letters, c create, d delete, r read, w write, a admin, or their names with + between, or all. The scheme auth stands for the \
            session's own identities. An id that ends in :x is refused: it is what getAcl shows instead of a hidden \
            digest, and setting it would lock its owner out.
            """,
        parameters: [stat, version, recursive, path, acl],
        exclusive: [["-R", "-v"], ["-R", "-s"]],
        examples: [
            Example("setAcl /app/config world:anyone:r", "Read-only for everybody"),
            Example(
                "setAcl /app/config auth::cdrwa,world:anyone:r", "All for this session's identity, read for others"),
        ]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) throws(UsageError) {
        self.arguments = arguments
        if let masked = arguments[Self.acl].entries.first(where: { $0.scheme == "digest" && $0.id.hasSuffix(":x") }) {
            throw UsageError("'\(masked.id)' is a hidden digest, not a real one", in: Self.spec)
        }
    }

    func run(in context: CommandContext) async throws(ShellError) {
        let path = try context.resolve(arguments[Self.path])
        let acl = arguments[Self.acl].entries
        guard arguments[Self.recursive] else {
            let stat = try await context.send(SetACL(path, acl: acl, aversion: arguments[Self.version]?.value ?? -1))
            return try await context.emit(.written(operation: "setAcl", path, stat, showsStat: arguments[Self.stat]))
        }
        if context.shell.terminal != nil, !context.shell.options.arguments[Options.yes] {
            guard try await Question.confirm("change the ACL of \(path) and all that lies under it? [y/N] ") else {
                throw ShellError("setAcl \(path): nothing was changed", status: .refused)
            }
        }
        var failures = 0
        let survey = try await Survey(of: path, in: context)
        while let visits = try await survey.next() {
            for path in visits.map(\.path) {
                do throws(ShellError) {
                    _ = try await context.send(SetACL(path, acl: acl))
                    try await context.emit(.done(operation: "setAcl", path))
                } catch {
                    if error.status != .refused { throw error }
                    failures += 1
                    await context.report(error)
                }
            }
        }
        if failures > 0 { throw ShellError("setAcl \(path): \(failures) znodes were not changed", status: .partial) }
    }
}

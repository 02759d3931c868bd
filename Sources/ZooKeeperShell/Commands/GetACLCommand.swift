import CommandLanguage
import ZooKeeperClient

/// `getAcl`: who may do what with a znode.
struct GetACLCommand: Command {
    static let stat = Flag("-s", "--stat", help: "Print the stat of the znode too")
    static let paths = VariadicPositional<PathArgument>("path", minimum: 1, help: "The znodes to look at")

    static let names = ["getAcl"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.reading, "Print the access control list of a znode",
        discussion: """
            With -o raw each entry is printed as scheme:id:perms, which setAcl takes back. Without the admin \
            permission a server hides digests as user:x.
            """,
        parameters: [stat, paths],
        examples: [Example("getAcl /zookeeper", "Entries and their permissions")]
    )

    let isSingleRequest = true
    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        try await context.forEach(arguments[Self.paths]) { (argument) throws(ShellError) in
            let path = try context.resolve(argument)
            let (acl, stat) = try await context.send(GetACL(path))
            try await context.emit(.acl(path, acl, arguments[Self.stat] ? stat : nil))
        }
    }
}

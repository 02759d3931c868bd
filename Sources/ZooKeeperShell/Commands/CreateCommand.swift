import CommandLanguage
import ZooKeeperClient

/// `create`: a new znode of any kind.
struct CreateCommand: TransactionalCommand {
    static let sequential = Flag("-s", "--sequential", help: "Append a sequence suffix of ten digits to the name")
    static let ephemeral = Flag("-e", "--ephemeral", help: "The znode ends with the session")
    static let container = Flag("-c", "--container", help: "The server deletes it when its last child is gone")
    static let timeToLive = Option<TimeSpan>(
        "-t", "--ttl", label: "TTL",
        help: "Deleted when unchanged and without children for so long; 500ms, 30s, 2h, or milliseconds")
    static let parents = Flag("-p", "--parents", help: "Create missing parents too")
    static let hold = Flag("--hold", help: "Keep the session, and with it ephemeral znodes, until interrupted")
    static let file = Option<String>("-f", "--file", label: "FILE", kind: .file, help: "Read the data from a file")
    static let path = Positional<PathArgument>("path", help: "The znode to create")
    static let data = OptionalPositional<Word>("data", help: "Its data; - for standard input; absent if not given")
    static let acl = OptionalPositional<ACLArgument>(
        "acl", help: "Its ACL as scheme:id:perms,…; world:anyone:cdrwa if not given")

    static let names = ["create"]
    static let isWrite = true

    static let spec = CommandSpec(
        names, group: CommandTable.Group.writing, "Create a znode",
        discussion: """
            Without data the znode's data is absent, with '' it is empty: two different things. A path that ends in / \
            is legal with -s, the name is then the sequence suffix alone. Containers and TTLs need a server that has \
            them switched on.
            """,
        parameters: [sequential, ephemeral, container, timeToLive, parents, hold, file, path, data, acl],
        exclusive: [["-c", "-s"], ["-c", "-e"], ["-t", "-e"], ["-t", "-c"]],
        examples: [
            Example("create /app '{\"debug\": false}'", "A znode with data"),
            Example("create -s /app/job- work", "A name numbered by the server"),
            Example("create -e --hold /app/lock", "Held until Ctrl-C"),
        ]
    )

    var isSingleRequest: Bool { !arguments[Self.parents] }
    let arguments: Arguments
    let mode: CreateMode

    init(_ arguments: Arguments) throws(UsageError) {
        self.arguments = arguments
        let isSequential = arguments[Self.sequential]
        if let span = arguments[Self.timeToLive] {
            guard let ttl = CreateMode.TimeToLive(milliseconds: span.milliseconds) else {
                throw UsageError(
                    "a TTL is 1 to \(CreateMode.TimeToLive.maximum) milliseconds, not \(span.milliseconds)",
                    in: Self.spec)
            }
            mode = isSequential ? .persistentSequentialTTL(ttl) : .persistentTTL(ttl)
        } else if arguments[Self.container] {
            mode = .container
        } else if arguments[Self.ephemeral] {
            mode = isSequential ? .ephemeralSequential : .ephemeral
        } else {
            mode = isSequential ? .persistentSequential : .persistent
        }
        if arguments[Self.file] != nil, arguments[Self.data] != nil {
            throw UsageError("data and --file are both given", in: Self.spec)
        }
    }

    func run(in context: CommandContext) async throws(ShellError) {
        let path = try context.resolve(arguments[Self.path], sequential: mode.isSequential)
        let data = try await context.data(arguments[Self.data], file: arguments[Self.file])
        let acl = arguments[Self.acl]?.entries ?? ACL.open
        if arguments[Self.parents] { try await context.createParents(of: path) }
        let created: ZPath
        do throws(ShellError) {
            created = try await context.send(Create(path, data: data, acl: acl, mode: mode))
        } catch {
            throw explained(error, path)
        }
        try await context.emit(.created(created, nil))
        guard mode.isEphemeral || arguments[Self.hold] else { return }
        if arguments[Self.hold] {
            try await context.flush()
            try await context.shell.holdSession(context)
        } else if context.shell.endsAfterCommand {
            await context.warn("\(created) ends with this run; --hold keeps it until interrupted")
        }
    }

    func operation(in context: CommandContext) async throws(ShellError) -> Multi.Op {
        let path = try context.resolve(arguments[Self.path], sequential: mode.isSequential)
        let data = try await context.data(arguments[Self.data], file: arguments[Self.file])
        return .create(path, data: data, acl: arguments[Self.acl]?.entries ?? ACL.open, mode: mode)
    }

    /// The server names the new znode when its parent is missing; people look for the parent.
    private func explained(_ error: ShellError, _ path: ZPath) -> ShellError {
        var error = error
        if error.message.hasSuffix("(NoNode)"), let parent = path.parent {
            error.message = "create \(path): the parent \(parent) does not exist (NoNode)"
        }
        if error.message.hasSuffix("(Unimplemented)"), arguments[Self.timeToLive] != nil {
            error.hints.append("TTLs need zookeeper.extendedTypesEnabled=true on the server")
        }
        if error.message.hasSuffix("(InvalidACL)") {
            error.hints.append("auth needs an identity first (addauth), and digest a hash, not a password")
        }
        return error
    }
}

import CommandLanguage
import ZooKeeperClient

/// `ls`: the children of a znode, or its whole subtree.
struct List: Command {
    static let stat = Flag("-s", "--stat", help: "Print the stat of the znode too")
    static let watch = Flag("-w", "--watch", help: "Set a one-time watch on the children")
    static let recursive = Flag("-R", "--recursive", help: "Print the paths of the whole subtree, itself first")
    static let strict = Survey.strict
    static let paths = VariadicPositional<PathArgument>("path", help: "The znodes to list; the working path if none")

    static let names = ["ls", "list"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.reading, "List the children of a znode",
        discussion: """
            Names come one a line, in bytewise order; on a terminal in columns and colours: bold blue has children, \
            yellow is ephemeral, cyan is sequential. With -R the paths of the whole subtree \
            are printed, parents before children; znodes that vanish meanwhile are left out, and those that may not be \
            read are reported at the end.
            """,
        parameters: [stat, watch, recursive, strict, paths],
        exclusive: [["-R", "-s"], ["-R", "-w"]],
        examples: [
            Example("ls /", "The top of the tree"),
            Example("ls -s /zookeeper", "Children and stat"),
            Example("ls -R /zookeeper", "Every path under /zookeeper"),
        ]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        var typed = arguments[Self.paths]
        if typed.isEmpty { typed = [PathArgument(context.shell.workingPath ?? .root)] }
        try await context.forEach(typed) { (argument) throws(ShellError) in
            let path = try context.resolve(argument)
            if arguments[Self.recursive] {
                try await walk(path, context)
            } else {
                try await list(path, context)
            }
        }
    }

    @ShellActor private func list(_ path: ZPath, _ context: CommandContext) async throws(ShellError) {
        let watches = arguments[Self.watch]
        if watches { await context.shell.warnOfShortWatch(context) }
        let (names, stat) = try await context.send(GetChildren2(path, watch: watches))
        let sorted = names.sorted { $0.lexicographicallyPrecedes($1) }
        let marks = try await marks(of: sorted, path, context)
        try await context.emit(.children(path, sorted, arguments[Self.stat] ? stat : nil, marks: marks))
    }

    /// The stats of the children, where the listing shows by colours what they are.
    @ShellActor private func marks(
        of names: [[UInt8]], _ path: ZPath, _ context: CommandContext
    ) async throws(ShellError) -> [Stat?] {
        let shell = context.shell
        guard shell.streams.out.isTerminal, shell.format == .human, shell.usesColor, names.count <= ZnodeColor.limit
        else { return [] }
        return await Stat.all(of: names.map(path.child), try await shell.session())
    }

    @ShellActor private func walk(_ path: ZPath, _ context: CommandContext) async throws(ShellError) {
        let survey = try await Survey(of: path, in: context, isStrict: arguments[Self.strict])
        while let visits = try await survey.next() { try await context.emit(.paths(visits.map(\.path))) }
        try await survey.finish()
    }
}

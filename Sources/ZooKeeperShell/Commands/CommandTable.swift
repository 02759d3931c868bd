import CommandLanguage

/// Every command there is, in the order of the help.
enum CommandTable {
    static let all: [any Command.Type] = [
        List.self, Get.self, StatCommand.self, ExistsCommand.self, GetACLCommand.self, GetAllChildrenNumberCommand.self,
        GetEphemeralsCommand.self, ListQuota.self,
        TreeCommand.self, Find.self, Grep.self, DiskUsage.self, CountCommand.self, TopChildren.self,
        CreateCommand.self, Touch.self, SetCommand.self, Append.self, Edit.self, DeleteCommand.self, DeleteAll.self,
        Transaction.self,
        CopyCommand.self, MoveCommand.self, DiffCommand.self, MirrorCommand.self, ExportCommand.self,
        ImportCommand.self,
        SetACLCommand.self, SetQuota.self, DeleteQuota.self, SyncCommand.self,
        WatchCommand.self, WaitCommand.self, AddWatchCommand.self, RemoveWatchesCommand.self, PrintWatches.self,
        Connect.self, Use.self, Close.self, AddAuthCommand.self, DigestCommand.self, WhoAmICommand.self,
        SessionCommand.self,
        Config.self, ReconfigCommand.self, FourLetterWordCommand.self,
        ChangeDirectory.self, PrintWorkingPath.self, HistoryCommand.self, Redo.self, Source.self,
        JobsCommand.self, Kill.self, Version.self,
        HelpCommand.self,
        Quit.self,
    ]

    /// The groups of the help, in order.
    static let groups = [Group.reading, Group.writing, Group.trees, Group.watching, Group.session, Group.shell]

    /// The titles of the groups.
    enum Group {
        static let reading = "Reading"
        static let writing = "Writing"
        static let trees = "Whole trees"
        static let watching = "Watching"
        static let session = "Session"
        static let shell = "Shell"
    }

    /// Names that zkCli.sh has given up, and what does the same now.
    static let former = [(name: "ls2", successor: ["ls", "-s"]), (name: "rmr", successor: ["deleteall"])]

    /// Names that stand for a command and its first argument.
    static let shortcuts = FourLetterWordCommand.shortcuts

    static let vocabulary = Vocabulary(all.map { $0.spec })

    /// The command for a line's words.
    static func command(
        for words: [Word]
    ) throws(UsageError) -> (name: String, type: any Command.Type, command: any Command) {
        let name = words.first?.text ?? ""
        guard let type = type(named: name) else {
            let near = vocabulary.suggestions(for: name)
            let suggestion = near.isEmpty ? nil : "did you mean \(near.joined(separator: ", "))?"
            throw UsageError(
                message: "unknown command '\(TerminalText.escaped(name))'", command: nil, usage: nil,
                suggestion: suggestion ?? "'help' lists the commands"
            )
        }
        return (type.spec.name, type, try type.init(try Parser.parse(words.dropFirst(), as: type.spec)))
    }

    /// Found by names alone: a run of one command makes no other command's spec.
    private static func type(named name: String) -> (any Command.Type)? {
        for type in all where type.names.contains(name) { return type }
        guard let spec = vocabulary.spec(named: name) else { return nil }
        return all.first { $0.names.first == spec.name }
    }
}

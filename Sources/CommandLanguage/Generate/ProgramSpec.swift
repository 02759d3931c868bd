/// Everything there is to say about the program: what help, man page and completions are made of.
public struct ProgramSpec: Sendable {
    /// The name it is called by.
    public var name: String
    /// Its version.
    public var version: String
    /// One line.
    public var summary: String
    /// Paragraphs.
    public var description: [String]
    /// The options before the command.
    public var options: CommandSpec
    /// The commands.
    public var vocabulary: Vocabulary
    /// The groups of commands, in the help's order.
    public var groups: [String]
    /// More sections of the man page.
    public var sections: [(title: String, body: String)]

    /// A program.
    public init(
        name: String, version: String, summary: String, description: [String], options: CommandSpec,
        vocabulary: Vocabulary, groups: [String], sections: [(title: String, body: String)]
    ) {
        self.name = name
        self.version = version
        self.summary = summary
        self.description = description
        self.options = options
        self.vocabulary = vocabulary
        self.groups = groups
        self.sections = sections
    }

    /// The commands of a group.
    public func commands(in group: String) -> [CommandSpec] { vocabulary.specs.filter { $0.group == group } }
}

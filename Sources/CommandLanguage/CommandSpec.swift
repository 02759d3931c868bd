/// A line that shows what a command can do.
public struct Example: Sendable, Hashable {
    /// The line as typed.
    public var line: String
    /// What it does.
    public var explanation: String
    /// An example.
    public init(_ line: String, _ explanation: String) {
        self.line = line
        self.explanation = explanation
    }
}

/// Everything there is to say about a command; parser, help, man page and completions derive from it.
public struct CommandSpec: Sendable {
    /// The name in the spelling of `zkCli.sh`, where that has it.
    public let name: String
    /// Other names.
    public let aliases: [String]
    /// The group of the help it stands in.
    public let group: String
    /// One line.
    public let summary: String
    /// More, in one paragraph; may be empty.
    public let discussion: String
    /// Flags and options first, then positionals in their order.
    public let parameters: [Parameter]
    /// Sets of names of which only one may be given.
    public let exclusive: [[String]]
    /// What it looks like in use.
    public let examples: [Example]

    /// A command; the first of its names is the one in the spelling of `zkCli.sh`.
    public init(
        _ names: [String], group: String, _ summary: String, discussion: String = "",
        parameters: [any ParameterToken] = [], exclusive: [[String]] = [], examples: [Example] = []
    ) {
        name = names.first ?? ""
        aliases = Array(names.dropFirst())
        self.group = group
        self.summary = summary
        self.discussion = discussion
        self.parameters = parameters.map(\.parameter)
        self.exclusive = exclusive
        self.examples = examples
    }

    /// The flag or option of that spelling.
    public func parameter(named name: String) -> Parameter? { parameters.first { $0.names.contains(name) } }

    /// Flags and options.
    public var named: [Parameter] { parameters.filter { !$0.isPositional } }
    /// Positionals in order.
    public var positionals: [Parameter] { parameters.filter(\.isPositional) }
}

/// The commands there are, found by name.
public struct Vocabulary: Sendable {
    /// In the order of the help.
    public let specs: [CommandSpec]
    private let exact: [String: Int]
    private let folded: [String: Int]

    /// A vocabulary of these commands.
    public init(_ specs: [CommandSpec]) {
        self.specs = specs
        var exact: [String: Int] = [:]
        var folded: [String: Int] = [:]
        for (index, spec) in specs.enumerated() {
            for name in [spec.name] + spec.aliases {
                exact[name] = index
                folded[name.lowercased()] = index
            }
        }
        self.exact = exact
        self.folded = folded
    }

    /// The command of that name or alias; the letters' case matters only when two names differ in nothing else.
    public func spec(named name: String) -> CommandSpec? {
        (exact[name] ?? folded[name.lowercased()]).map { specs[$0] }
    }

    /// Names near to one that does not exist.
    public func suggestions(for name: String) -> [String] {
        Suggestion.near(name, among: specs.flatMap { [$0.name] + $0.aliases })
    }
}

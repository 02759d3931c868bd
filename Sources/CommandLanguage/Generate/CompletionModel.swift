/// What the completion scripts of the three shells have in common.
enum CompletionModel {
    /// The options before the command that take a value, and those that do not.
    static func names(of parameters: [Parameter], takingValue: Bool) -> [String] {
        parameters.filter { $0.takesValue == takingValue }.flatMap(\.names)
    }

    /// Every name of every command.
    static func commandNames(_ program: ProgramSpec) -> [String] {
        program.vocabulary.specs.flatMap { [$0.name] + $0.aliases }
    }

    /// The options that a look-up of znodes passes on, so that it asks the same server.
    static func connectionNames(_ program: ProgramSpec) -> [String] {
        program.options.named.filter { $0.kind == .server || $0.kind == .duration }.flatMap(\.names)
    }

    /// The word that stands for a kind of value in the generated scripts.
    static func action(_ kind: ValueKind) -> String {
        switch kind {
        case .znode: "znode"
        case .file: "file"
        case .command: "command"
        case .choice(let choices): "choice:" + choices.joined(separator: " ")
        case .text, .data, .number, .duration, .acl, .server, .session, .profile, .word4: "none"
        }
    }

    /// Text in single quotes for a POSIX shell.
    static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}

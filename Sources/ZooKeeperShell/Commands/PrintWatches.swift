import CommandLanguage

/// `printwatches`: whether events are shown.
struct PrintWatches: Command {
    static let setting = OptionalPositional<Setting>("on|off", help: "What it shall be; without, what it is")

    static let names = ["printwatches"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.watching, "Show the events of watches, or be silent about them",
        parameters: [setting],
        examples: [Example("printwatches off", "Watches stay set")]
    )

    /// On or off.
    enum Setting: String, CaseIterable, Sendable, ArgumentValue {
        case on, off
    }

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        if let setting = arguments[Self.setting] {
            context.shell.printsWatches = setting == .on
        } else {
            let state = context.shell.printsWatches ? "on" : "off"
            let isHuman = context.shell.format == .human
            try await context.emit(.text(name: "printwatches", isHuman ? "printwatches is \(state)" : state))
        }
    }
}

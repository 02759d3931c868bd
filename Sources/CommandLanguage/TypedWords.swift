/// What the words before the cursor have settled of a command.
struct TypedWords {
    let spec: CommandSpec
    /// The flags given, in all their spellings, except those that may be given again.
    private(set) var given: Set<String> = []
    /// How many positionals there are.
    private(set) var place = 0
    private(set) var flagsEnded = false
    /// The option whose value comes next.
    private(set) var awaited: Parameter?

    /// Nil where the first word is no command.
    init?(_ words: [Word], _ vocabulary: Vocabulary) {
        guard let first = words.first, let spec = vocabulary.spec(named: first.text) else { return nil }
        self.spec = spec
        for text in words.dropFirst().map(\.text) { take(text) }
    }

    private mutating func take(_ text: String) {
        if awaited != nil {
            awaited = nil
        } else if text == "--", !flagsEnded {
            flagsEnded = true
        } else if !flagsEnded, let parameter = spec.parameter(named: text) {
            if parameter.shape != .repeatedOption { given.formUnion(parameter.names) }
            if parameter.takesValue { awaited = parameter }
        } else if flagsEnded || !text.hasPrefix("-") || Parser.looksLikeNumber(text) {
            place += 1
        }
    }

    /// The positional that comes next.
    var positional: Parameter? {
        let positionals = spec.positionals
        if place < positionals.count { return positionals[place] }
        if case .variadic? = positionals.last?.shape { return positionals.last }
        return nil
    }
}

/// The syntax of what may follow on a half-typed line.
public enum Hint {
    /// What may follow, once a command's name or an argument is followed by a blank; nil where nothing is to be said.
    public static func text(for line: String, vocabulary: Vocabulary) -> String? {
        let line = Array(line.utf8)
        guard line.last == UInt8(ascii: " ") else { return nil }
        let context = CursorContext(line: line, cursor: line.count, vocabulary: vocabulary)
        guard context.range.isEmpty, let typed = context.typed else { return nil }
        if let awaited = typed.awaited { return awaited.label }
        let isFresh = typed.place == 0 && typed.given.isEmpty
        var parts = isFresh ? Usage.flags(of: typed.spec) : []
        for (index, parameter) in typed.spec.positionals.enumerated() {
            if index >= typed.place {
                parts.append(Usage.positional(parameter))
            } else if case .variadic = parameter.shape {
                parts.append("[\(parameter.label)...]")
            }
        }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}

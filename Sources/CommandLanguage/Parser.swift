/// Makes arguments of words, by a command's spec.
///
/// Flags may stand anywhere; `--` ends them; `-sw` is `-s -w`; a value follows its option or an `=`. What looks like a
/// negative number is a positional. Nothing is ever ignored.
public struct Parser {
    private let spec: CommandSpec
    private var arguments = Arguments()
    private var positionals: [Word] = []
    private var given: [String] = []

    /// The arguments that `words` make, the command's name not among them.
    public static func parse(
        _ words: ArraySlice<Word>, as spec: CommandSpec, stopAtFirstPositional: Bool = false
    ) throws(UsageError) -> Arguments {
        var parser = Parser(spec)
        try parser.read(words, stopAtFirstPositional)
        try parser.checkExclusions()
        if !stopAtFirstPositional { try parser.fillPositionals() }
        return parser.arguments
    }

    private init(_ spec: CommandSpec) { self.spec = spec }

    private mutating func read(_ words: ArraySlice<Word>, _ stopAtFirstPositional: Bool) throws(UsageError) {
        var rest = words
        while let word = rest.popFirst() {
            let text = word.text
            if text == "--" {
                positionals += rest
                if stopAtFirstPositional { arguments.rest = Array(rest) }
                return
            }
            if try readNamed(text, &rest) { continue }
            if stopAtFirstPositional {
                arguments.rest = [word] + rest
                return
            }
            positionals.append(word)
        }
    }

    /// Reads a flag or option; false when the word is neither.
    private mutating func readNamed(_ text: String, _ rest: inout ArraySlice<Word>) throws(UsageError) -> Bool {
        guard text.hasPrefix("-"), text.utf8.count > 1 else { return false }
        if let parameter = spec.parameter(named: text) {
            try add(parameter, as: text, &rest)
            return true
        }
        if let equals = text.firstIndex(of: "="), let parameter = spec.parameter(named: String(text[..<equals])) {
            guard parameter.takesValue else { throw UsageError("\(parameter.key) takes no value", spec) }
            try add(parameter, Word(String(text[text.index(after: equals)...])))
            return true
        }
        if Self.looksLikeNumber(text) { return false }
        if let letters = combined(text) {
            for name in letters {
                if let parameter = spec.parameter(named: name) { try add(parameter, as: name, &rest) }
            }
            return true
        }
        throw unknown(text)
    }

    static func looksLikeNumber(_ text: String) -> Bool {
        let digits = text.dropFirst()
        return digits.first?.isNumber == true && Double(digits) != nil
    }

    /// `-sw` as `-s` and `-w`, if all are flags; only the last may take a value.
    private func combined(_ text: String) -> [String]? {
        guard !text.hasPrefix("--"), text.count > 2 else { return nil }
        let names = text.dropFirst().map { "-\($0)" }
        for (place, name) in names.enumerated() {
            guard let parameter = spec.parameter(named: name) else { return nil }
            if parameter.takesValue, place < names.count - 1 { return nil }
        }
        return names
    }

    private mutating func add(
        _ parameter: Parameter, as name: String, _ rest: inout ArraySlice<Word>
    ) throws(UsageError) {
        guard parameter.takesValue else {
            given += parameter.names
            arguments.add(true, to: parameter)
            return
        }
        guard let value = rest.first, !isFlag(value.text) else {
            throw UsageError("\(name) needs a value (\(parameter.label))", spec)
        }
        rest.removeFirst()
        try add(parameter, value)
    }

    private func isFlag(_ text: String) -> Bool {
        text.hasPrefix("-") && text != "-" && !Self.looksLikeNumber(text)
    }

    private mutating func add(_ parameter: Parameter, _ word: Word) throws(UsageError) {
        if parameter.shape == .option, given.contains(parameter.key) {
            throw UsageError("\(parameter.key) is given twice", spec)
        }
        given += parameter.names
        arguments.add(try convert(word, parameter), to: parameter)
    }

    private func convert(_ word: Word, _ parameter: Parameter) throws(UsageError) -> any Sendable {
        do throws(ArgumentError) {
            return try parameter.convert(word)
        } catch {
            throw UsageError("\(parameter.key): \(error.reason)", spec)
        }
    }

    private func unknown(_ text: String) -> UsageError {
        let near = Suggestion.near(text, among: spec.named.flatMap(\.names))
        let takesData = spec.positionals.contains { $0.kind == .data }
        var hints = near.isEmpty ? [] : ["did you mean \(near.joined(separator: ", "))?"]
        if takesData { hints.append("to pass it as data put -- before it") }
        return UsageError(
            "unknown flag '\(text)'", spec, suggestion: hints.isEmpty ? nil : hints.joined(separator: "; "))
    }

    private func checkExclusions() throws(UsageError) {
        for group in spec.exclusive {
            let present = group.filter(given.contains)
            if present.count > 1 { throw UsageError("\(present[0]) cannot be combined with \(present[1])", spec) }
        }
    }

    private mutating func fillPositionals() throws(UsageError) {
        var words = positionals[...]
        let parameters = spec.positionals
        var stillRequired = parameters.count { $0.shape == .required }
        for parameter in parameters {
            switch parameter.shape {
            case .required:
                guard let word = words.popFirst() else { throw UsageError("missing \(parameter.label)", spec) }
                stillRequired -= 1
                arguments.add(try convert(word, parameter), to: parameter)
            case .optional:
                guard words.count > stillRequired, let word = words.popFirst() else { continue }
                arguments.add(try convert(word, parameter), to: parameter)
            case .variadic(let minimum):
                guard words.count >= minimum else { throw UsageError("missing \(parameter.label)", spec) }
                while let word = words.popFirst() { arguments.add(try convert(word, parameter), to: parameter) }
            case .flag, .option, .repeatedOption: continue
            }
        }
        if let extra = words.first { throw UsageError("unexpected argument '\(extra.text)'", spec) }
    }
}

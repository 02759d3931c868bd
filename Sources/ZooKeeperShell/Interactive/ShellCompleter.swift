import CommandLanguage
import LineEditor
import ZooKeeperClient

/// What Tab offers: commands, flags, values, and znode paths asked from the server.
struct ShellCompleter: LineCompleter {
    /// The shell's session and working path when Tab is pressed.
    let surroundings: @Sendable () async -> (session: Session?, workingPath: ZPath)
    let znodeCandidates: ZnodeCandidates

    private static let slash = UInt8(ascii: "/")

    /// A word that may be meant.
    private struct Candidate {
        var word: Word
        var display: String
        /// Whether nothing follows in the same word.
        var isComplete = true
    }

    func completions(for line: String, cursor: Int) async -> Completions {
        let context = CursorContext(line: Array(line.utf8), cursor: cursor, vocabulary: CommandTable.vocabulary)
        var candidates: [Candidate] = []
        var note: String?
        for expectation in context.expectations {
            switch expectation {
            case .command: candidates += words(CommandTable.vocabulary.specs.map(\.name), context)
            case .flag(let spec, let given):
                let names = spec.parameters.filter { Swift.Set($0.names).isDisjoint(with: given) }.flatMap(\.names)
                candidates += words(names, context)
            case .value(let parameter, _):
                let (values, why) = await values(parameter.kind, context)
                candidates += values
                note = note ?? why
            case .file: candidates += others(ValueCandidates.files(context.word.text))
            case .nothing: break
            }
        }
        return completions(candidates, note, context)
    }

    /// The candidates as they are to be typed.
    private func completions(_ candidates: [Candidate], _ note: String?, _ context: CursorContext) -> Completions {
        var completions = Completions(range: context.range, candidates: [], note: note)
        completions.candidates = candidates.map { candidate in
            let typed =
                candidate.isComplete
                ? Tokenizer.continuation(candidate.word, in: context.quote, close: true)
                : Tokenizer.beginning(candidate.word, in: context.quote)
            return Completions.Candidate(
                replacement: String(decoding: typed, as: UTF8.self), display: candidate.display,
                isComplete: candidate.isComplete)
        }
        let common = commonPrefix(of: candidates.map(\.word.bytes))
        if common.count > context.word.bytes.count {
            let typed = Tokenizer.beginning(Word(bytes: common), in: context.quote)
            completions.insertion = String(decoding: typed, as: UTF8.self)
        }
        return completions
    }

    /// What all begin with, cut between characters.
    private func commonPrefix(of words: [[UInt8]]) -> [UInt8] {
        guard var prefix = words.first else { return [] }
        for word in words.dropFirst() {
            prefix.removeLast(prefix.count - zip(prefix, word).prefix { $0 == $1 }.count)
        }
        while String(validating: prefix, as: UTF8.self) == nil, !prefix.isEmpty { prefix.removeLast() }
        return prefix
    }

    private func values(_ kind: ValueKind, _ context: CursorContext) async -> ([Candidate], note: String?) {
        switch kind {
        case .znode: await znodes(context)
        case .choice(let choices): (words(choices, context), nil)
        case .command: (words(CommandTable.vocabulary.specs.map(\.name), context), nil)
        case .profile: (words(ConfigurationFile.names, context), nil)
        case .file: (others(ValueCandidates.files(context.word.text)), nil)
        case .acl: (others(ValueCandidates.acl(context.word.text)), nil)
        case .text, .data, .number, .duration, .server, .session, .word4: ([], nil)
        }
    }

    private func others(_ values: [ValueCandidates.Candidate]) -> [Candidate] {
        values.map { value in
            Candidate(
                word: Word(value.text), display: TerminalText.escaped(value.text), isComplete: value.isComplete)
        }
    }

    private func words(_ words: [String], _ context: CursorContext) -> [Candidate] {
        let typed = context.word.text.lowercased()
        return words.filter { $0.lowercased().hasPrefix(typed) }.sorted()
            .map { Candidate(word: Word($0), display: $0) }
    }

    private func znodes(_ context: CursorContext) async -> ([Candidate], note: String?) {
        let typed = context.word.bytes
        let split = typed.lastIndex(of: Self.slash).map { $0 + 1 } ?? 0
        let (session, workingPath) = await surroundings()
        guard let session else { return ([], "not connected") }
        let directory = split == 0 ? ArraySlice("./".utf8) : typed[..<split]
        guard let argument = try? PathArgument(argument: Word(bytes: Array(directory))),
            let parent = try? argument.resolved(against: workingPath)
        else { return ([], nil) }
        switch await znodeCandidates.children(of: parent, startingWith: Array(typed[split...]), session: session) {
        case .success(let znodes):
            // A control character cannot be typed, and a newline would end the line.
            return (znodes.filter { !$0.name.contains { $0 < 0x20 } }.map { candidate($0, typed[..<split]) }, nil)
        case .failure(let error): return ([], error.code == .noNode ? nil : "\(parent): \(error)")
        }
    }

    private func candidate(_ znode: ZnodeCandidate, _ directory: ArraySlice<UInt8>) -> Candidate {
        let slash = znode.hasChildren ? [Self.slash] : []
        return Candidate(
            word: Word(bytes: directory + znode.name + slash),
            display: TerminalText.escaped(LenientUTF8.decode(znode.name + slash)),
            isComplete: !znode.hasChildren)
    }
}

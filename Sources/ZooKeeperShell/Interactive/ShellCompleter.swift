import CommandLanguage
import LineEditor
import ZooKeeperClient

/// What Tab offers: commands, flags, values, and znode paths asked from the server.
struct ShellCompleter: LineCompleter {
    /// The shell's session and working path when Tab is pressed.
    let surroundings: @Sendable () async -> (session: Session?, workingPath: ZPath)

    func completions(for line: String, cursor: Int) async -> Completions {
        let context = CursorContext(line: Array(line.utf8), cursor: cursor, vocabulary: CommandTable.vocabulary)
        var completions = Completions(range: context.range, candidates: [], note: nil)
        for expectation in context.expectations {
            switch expectation {
            case .command: completions.candidates += words(CommandTable.vocabulary.specs.map(\.name), context)
            case .flag(let spec, let given):
                let names = spec.parameters.filter { Swift.Set($0.names).isDisjoint(with: given) }.flatMap(\.names)
                completions.candidates += words(names, context)
            case .value(let parameter, _): await complete(parameter.kind, context, &completions)
            case .nothing: break
            }
        }
        return completions
    }

    private func complete(_ kind: ValueKind, _ context: CursorContext, _ completions: inout Completions) async {
        switch kind {
        case .znode: await completeZnode(context, &completions)
        case .choice(let choices): completions.candidates += words(choices, context)
        case .command: completions.candidates += words(CommandTable.vocabulary.specs.map(\.name), context)
        case .file, .text, .data, .number, .duration, .acl, .server, .session, .profile, .word4: break
        }
    }

    private func words(_ words: [String], _ context: CursorContext) -> [Completions.Candidate] {
        let typed = context.word.text.lowercased()
        return words.filter { $0.lowercased().hasPrefix(typed) }.sorted()
            .map { Completions.Candidate(replacement: $0, display: $0, isComplete: true) }
    }

    private func completeZnode(_ context: CursorContext, _ completions: inout Completions) async {
        let slash = UInt8(ascii: "/")
        let typed = context.word.bytes
        let split = typed.lastIndex(of: slash).map { $0 + 1 } ?? 0
        let (session, workingPath) = await surroundings()
        guard let session else { return completions.note = "not connected" }
        let directory = split == 0 ? ArraySlice("./".utf8) : typed[..<split]
        guard let argument = try? PathArgument(argument: Word(bytes: Array(directory))),
            let parent = try? argument.resolved(against: workingPath)
        else { return }
        switch await ZnodeCandidates.children(of: parent, startingWith: Array(typed[split...]), session: session) {
        case .success(let candidates):
            completions.candidates += candidates.map { candidate in
                let word = Word(bytes: Array(typed[..<split]) + candidate.name + (candidate.hasChildren ? [slash] : []))
                let isClosed = !candidate.hasChildren
                let quoted =
                    context.quote == .none
                    ? Tokenizer.quoted(word) : Tokenizer.continuation(word, in: context.quote, close: isClosed)
                return Completions.Candidate(
                    replacement: String(decoding: quoted, as: UTF8.self),
                    display: TerminalText.escaped(LenientUTF8.decode(candidate.name))
                        + (candidate.hasChildren ? "/" : ""),
                    isComplete: isClosed)
            }
        case .failure(let error):
            if error.code != .noNode { completions.note = "\(parent): \(error)" }
        }
    }
}

public struct EditorConfiguration: Sendable { public init(applicationName: String, historyFile: String?, historyLimit: Int, keepsInHistory: @escaping @Sendable (String) -> Bool) {} }
public enum LineInput: Sendable { case line(String), interrupted, endOfInput, terminated(signal: Int32) }
public struct Completions: Sendable {
  public struct Candidate: Sendable, Hashable { public var replacement: String; public var display: String; public var isComplete: Bool
    public init(replacement: String, display: String, isComplete: Bool) { self.replacement = replacement; self.display = display; self.isComplete = isComplete } }
  public var range: Range<Int>; public var candidates: [Candidate]; public var note: String?
  public init(range: Range<Int>, candidates: [Candidate], note: String?) { self.range = range; self.candidates = candidates; self.note = note }
}
public protocol LineCompleter: Sendable { func completions(for line: String, cursor: Int) async -> Completions }
public struct TerminalError: Error {}
public struct Prompt: Sendable, Hashable { public enum Style: Sendable { case plain, green, yellow, red, dim, bold }
  public init(segments: [(String, Style)], usesColor: Bool) {} }
public final class Terminal: Sendable {
  public static func open(_ configuration: EditorConfiguration, completer: any LineCompleter) throws(TerminalError) -> Terminal { throw TerminalError() }
  public func nextLine(prompt: Prompt) async -> LineInput { .endOfInput }
  public func setPrompt(_ prompt: Prompt) {}
  public func post(_ text: String) {}
  public func history() -> [String] { [] }
  public func close() async {}
}

import CommandLanguage

/// How replies are printed.
enum OutputFormat: String, CaseIterable, Sendable, ArgumentValue {
    /// For people: labels, columns, escapes on a terminal.
    case human
    /// One JSON object a line.
    case json
    /// Bytes and nothing else.
    case raw

    func format(_ reply: Reply, isTerminal: Bool, width: Int) -> [UInt8] {
        switch self {
        case .human: HumanFormatter(isTerminal: isTerminal, width: width).format(reply)
        case .json: JSONFormatter().format(reply)
        case .raw: RawFormatter().format(reply)
        }
    }
}

import LineEditor

/// What the prompt says of the session.
enum PromptState: Sendable, Hashable {
    case connecting
    case connected
    case readOnly
    case disconnected

    static func prompt(_ state: PromptState, server: String, path: String, usesColor: Bool) -> Prompt {
        let word: (String, Prompt.Style)? =
            switch state {
            case .connecting: ("connecting ", .yellow)
            case .connected: nil
            case .readOnly: ("read-only ", .yellow)
            case .disconnected: ("disconnected ", .red)
            }
        let color = word?.1 ?? .green
        return Prompt(
            segments: [
                (word?.0 ?? "", color), (shortened(server), color), (" ", .plain), (path, .bold), ("> ", .plain),
            ],
            usesColor: usesColor)
    }

    /// A long connect string would leave no room to type.
    private static func shortened(_ server: String) -> String {
        server.count <= 40 ? server : server.prefix(39) + "…"
    }
}

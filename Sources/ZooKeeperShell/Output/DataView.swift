/// How data is shown.
enum DataView: Sendable, Hashable {
    /// In a pipe as it is, on a terminal as people can read it.
    case fitting
    /// As it is, wherever it goes.
    case bytes
    /// One line of Base64.
    case base64
    /// Addresses, bytes and characters.
    case hexDump
}

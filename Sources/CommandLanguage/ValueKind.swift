/// What kind of thing a value is, so that it can be completed.
public enum ValueKind: Sendable, Hashable {
    /// A path in the tree of znodes.
    case znode
    /// A local file.
    case file
    /// The name of a command.
    case command
    /// One of these words.
    case choice([String])
    /// Free text.
    case text
    /// The data of a znode.
    case data
    /// A number.
    case number
    /// A span of time.
    case duration
    /// An access control list.
    case acl
    /// A connect string.
    case server
    /// A session id.
    case session
    /// The name of a profile.
    case profile
    /// A four-letter word.
    case word4
}

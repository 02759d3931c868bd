import ZooKeeperClient

/// What a command answers.
///
/// Commands make these, formatters print them.
enum Reply: Sendable {
    /// The data of a znode, and its stat when asked for.
    case data(ZPath, [UInt8]?, Stat?, DataView = .fitting)
    /// The children of a znode, sorted, and its stat when asked for; for a coloured list their stats too.
    case children(ZPath, [[UInt8]], Stat?, marks: [Stat?] = [])
    /// Paths of a walk.
    case paths([ZPath])
    /// Paths that each end with a NUL.
    case zeroTerminated([ZPath])
    /// A line for people, and the same as fields.
    case line([UInt8], [(String, JSON)])
    /// A stat that was asked for by itself.
    case stat(ZPath, Stat)
    /// Whether a znode is there.
    case existence(ZPath, Stat?)
    /// A znode was created under this path.
    case created(ZPath, Stat?)
    /// A write was done; people are shown the stat only when they asked for it.
    case written(operation: String, ZPath, Stat?, showsStat: Bool)
    /// Something was done that has no answer.
    case done(operation: String, ZPath?)
    /// So many znodes were deleted.
    case deleted(ZPath, count: Int)
    /// An access control list.
    case acl(ZPath, [ACL], Stat?)
    /// Limits on a subtree, and what it holds.
    case quota(ZPath, Quota, used: Quota)
    /// A number that was asked for.
    case count(ZPath, Int)
    /// The identities of the session.
    case identities([WhoAmI.Identity])
    /// Facts about the session.
    case facts([(name: String, value: JSON)])
    /// A line of watch mode.
    case change(Change)
    /// Text that is the same in all formats, such as help; a field of that name in JSON.
    case text(name: String, String)
}

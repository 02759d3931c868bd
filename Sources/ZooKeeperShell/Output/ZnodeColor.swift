import ZooKeeperClient

/// Colours of a listing, by what a znode is.
///
/// Containers and znodes with a TTL look like others: servers do not tell them apart.
enum ZnodeColor {
    /// Above this many children nobody looks at colours, and asking for them takes time.
    static let limit = 1000

    /// The escape sequence; nil for an ordinary znode.
    static func escape(_ name: [UInt8], _ stat: Stat?) -> String? {
        guard let stat else { return nil }
        if stat.isEphemeral { return "\u{1b}[33m" }
        if stat.numChildren > 0 { return "\u{1b}[1;34m" }
        return isSequential(name) ? "\u{1b}[36m" : nil
    }

    /// The server appends ten digits to the names of sequential znodes.
    private static func isSequential(_ name: [UInt8]) -> Bool {
        name.count >= 10 && name.suffix(10).allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

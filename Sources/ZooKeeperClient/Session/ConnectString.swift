/// `host:port,host:port/chroot`: the servers of an ensemble and where in its tree the session lives.
public struct ConnectString: Sendable, Hashable, CustomStringConvertible {
    /// One server as the user wrote it.
    public struct Host: Sendable, Hashable, CustomStringConvertible {
        /// A name or an address, brackets taken off.
        public var name: String
        /// 1 to 65535; 2181 when none was given.
        public var port: UInt16

        /// A host.
        public init(name: String, port: UInt16 = ConnectString.defaultPort) {
            self.name = name
            self.port = port
        }

        /// `name:port`, an IPv6 address in brackets.
        public var description: String { name.contains(":") ? "[\(name)]:\(port)" : "\(name):\(port)" }
    }

    /// Why a connect string is refused.
    public struct Invalid: Error, Sendable, Hashable, CustomStringConvertible {
        /// What is wrong, and with which part.
        public let description: String
        init(_ description: String) { self.description = description }
    }

    /// ZooKeeper's client port, 2181.
    public static let defaultPort: UInt16 = 2181

    /// The servers, in the order written.
    public var hosts: [Host]
    /// Where the session's `/` lies.
    public var chroot: Chroot

    /// A connect string from its parts.
    public init(hosts: [Host], chroot: Chroot = .none) {
        self.hosts = hosts
        self.chroot = chroot
    }

    /// Reads the text by the rules of the Java client: the chroot runs from the first `/` to the end.
    public init(_ text: String) throws(Invalid) {
        let slash = text.firstIndex(of: "/") ?? text.endIndex
        let suffix = String(text[slash...])
        if suffix.isEmpty || suffix == "/" {
            chroot = .none
        } else {
            do {
                chroot = Chroot(path: try ZPath(validating: suffix))
            } catch {
                throw Invalid("the chroot '\(suffix)' of the connect string is not a path: \(error)")
            }
        }
        hosts = []
        for part in text[..<slash].split(separator: ",") {
            let trimmed = part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
            if !trimmed.isEmpty { hosts.append(try Self.host(String(trimmed))) }
        }
        guard !hosts.isEmpty else { throw Invalid("the connect string '\(text)' names no server") }
    }

    /// The text again, chroot included.
    public var description: String { hosts.map(\.description).joined(separator: ",") + chroot.description }

    private static func host(_ text: String) throws(Invalid) -> Host {
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else {
                throw Invalid("the address '\(text)' has no closing ']'")
            }
            let name = String(text[text.index(after: text.startIndex)..<end])
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else {
                throw Invalid("'\(rest)' stands after the address '[\(name)]' where only ':port' may")
            }
            return Host(name: name, port: try port(rest.dropFirst(), of: text))
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2 else {
            throw Invalid("the IPv6 address '\(text)' must be in brackets, as in '[\(text)]:2181'")
        }
        guard !parts[0].isEmpty else { throw Invalid("'\(text)' names no host") }
        return Host(name: String(parts[0]), port: parts.count == 2 ? try port(parts[1], of: text) : defaultPort)
    }

    private static func port(_ digits: Substring, of text: String) throws(Invalid) -> UInt16 {
        if digits.isEmpty { return defaultPort }
        guard let port = UInt16(digits), port > 0 else {
            throw Invalid("the port '\(digits)' of '\(text)' is not a number from 1 to 65535")
        }
        return port
    }
}

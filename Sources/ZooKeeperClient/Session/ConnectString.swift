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
        // Bytes, because this is part of every start: they cost a hundredth of what characters do.
        let bytes = Array(text.utf8)
        let slash = bytes.firstIndex(of: UInt8(ascii: "/")) ?? bytes.endIndex
        let suffix = bytes[slash...]
        if suffix.count < 2 {
            chroot = .none
        } else {
            do throws(ZPathError) {
                chroot = Chroot(path: try ZPath(validating: Array(suffix)))
            } catch {
                throw Invalid("the chroot '\(Self.text(suffix))' of the connect string is not a path: \(error)")
            }
        }
        hosts = []
        for part in bytes[..<slash].split(separator: UInt8(ascii: ",")) {
            var host = part
            while host.first == UInt8(ascii: " ") { host.removeFirst() }
            while host.last == UInt8(ascii: " ") { host.removeLast() }
            if !host.isEmpty { hosts.append(try Self.host(host)) }
        }
        guard !hosts.isEmpty else { throw Invalid("the connect string '\(text)' names no server") }
    }

    /// The text again, chroot included.
    public var description: String { hosts.map(\.description).joined(separator: ",") + chroot.description }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func host(_ whole: ArraySlice<UInt8>) throws(Invalid) -> Host {
        let colon = UInt8(ascii: ":")
        if whole.first == UInt8(ascii: "[") {
            guard let end = whole.firstIndex(of: UInt8(ascii: "]")) else {
                throw Invalid("the address '\(text(whole))' has no closing ']'")
            }
            let name = text(whole[(whole.startIndex + 1)..<end])
            let rest = whole[(end + 1)...]
            guard rest.isEmpty || rest.first == colon else {
                throw Invalid("'\(text(rest))' stands after the address '[\(name)]' where only ':port' may")
            }
            return Host(name: name, port: try port(rest.dropFirst(), of: whole))
        }
        guard let first = whole.firstIndex(of: colon) else { return Host(name: text(whole), port: defaultPort) }
        let digits = whole[(first + 1)...]
        guard !digits.contains(colon) else {
            throw Invalid("the IPv6 address '\(text(whole))' must be in brackets, as in '[\(text(whole))]:2181'")
        }
        guard first > whole.startIndex else { throw Invalid("'\(text(whole))' names no host") }
        return Host(name: text(whole[..<first]), port: try port(digits, of: whole))
    }

    private static func port(_ digits: ArraySlice<UInt8>, of whole: ArraySlice<UInt8>) throws(Invalid) -> UInt16 {
        if digits.isEmpty { return defaultPort }
        guard let port = UInt16(text(digits)), port > 0 else {
            throw Invalid("the port '\(text(digits))' of '\(text(whole))' is not a number from 1 to 65535")
        }
        return port
    }
}

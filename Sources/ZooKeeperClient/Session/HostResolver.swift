import Glibc
import NIOCore
import NIOPosix

/// Turns a host of the connect string into addresses, off the event loop when a name server may be asked.
enum HostResolver {
    struct Failure: Error {
        let text: String
    }

    /// The addresses when no look-up is needed: digits, or `localhost`, which is loopback by definition.
    static func immediate(_ host: ConnectString.Host) -> [ServerAddress]? {
        let ips = host.name.lowercased() == "localhost" ? ["127.0.0.1", "::1"] : [host.name]
        guard ips.allSatisfy({ (try? SocketAddress(ipAddress: $0, port: Int(host.port))) != nil }) else { return nil }
        return ips.map { ServerAddress(host: host, ip: $0) }
    }

    static func resolve(_ host: ConnectString.Host, on eventLoop: any EventLoop) -> EventLoopFuture<[ServerAddress]> {
        NIOThreadPool.singleton.runIfActive(eventLoop: eventLoop) { try lookUp(host) }
    }

    private static func lookUp(_ host: ConnectString.Host) throws -> [ServerAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host.name, nil, &hints, &list)
        guard status == 0 else { throw Failure(text: String(cString: gai_strerror(status)).lowercasedFirst) }
        defer { freeaddrinfo(list) }
        var ips: [String] = []
        var next = list
        while let entry = next?.pointee {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let named = getnameinfo(
                entry.ai_addr, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST
            )
            let ip = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if named == 0, !ips.contains(ip) { ips.append(ip) }
            next = entry.ai_next
        }
        return ips.map { ServerAddress(host: host, ip: $0) }
    }
}

extension String {
    /// The system's messages start with a capital; ours stand inside a sentence.
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}

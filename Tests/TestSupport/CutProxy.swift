import Foundation
import Glibc
import Synchronization

/// A TCP proxy on loopback whose connections can be cut, refused and held up.
public final class CutProxy: Sendable {
    private struct State {
        var connections: [Int32] = []
        var isRefusing = false
        var isHolding = false
    }

    /// Where it listens.
    public let port: Int
    private let target: Int
    private let listener: Int32
    private let state = Mutex(State())

    /// `127.0.0.1:port`.
    public var connectString: String { "127.0.0.1:\(port)" }

    /// A proxy for a port of this machine.
    public init(target: Int) throws {
        self.target = target
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = Self.address(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw TestSupportError("the proxy cannot listen: errno \(errno)") }
        port = Int(UInt16(bigEndian: address.sin_port))
        listener = descriptor
        Thread.detachNewThread { [weak self] in
            while true {
                let client = accept(descriptor, nil, nil)
                if client < 0 { return }
                guard let self, !self.state.withLock({ $0.isRefusing }), let server = Self.connect(to: target) else {
                    close(client)
                    continue
                }
                _ = fcntl(client, F_SETFD, FD_CLOEXEC)
                self.state.withLock { $0.connections += [client, server] }
                self.copy(client, server)
                self.copy(server, client)
            }
        }
    }

    deinit {
        cut()
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private static func address(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return address
    }

    private static func connect(to port: Int) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = address(port)
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        if isConnected { return descriptor }
        close(descriptor)
        return nil
    }

    private func copy(_ source: Int32, _ sink: Int32) {
        Thread.detachNewThread { [weak self] in
            var chunk = [UInt8](repeating: 0, count: 16 * 1024)
            while true {
                let count = read(source, &chunk, chunk.count)
                if count < 0, errno == EINTR { continue }
                while let self, self.state.withLock({ $0.isHolding }) { usleep(2000) }
                guard count > 0, send(sink, chunk, count, Int32(MSG_NOSIGNAL)) == count else { break }
            }
            shutdown(source, Int32(SHUT_RDWR))
            shutdown(sink, Int32(SHUT_RDWR))
        }
    }

    /// Cuts all connections; new ones are taken.
    public func cut() {
        let cut = state.withLock { state in
            defer { state.connections = [] }
            return state.connections
        }
        for descriptor in cut { shutdown(descriptor, Int32(SHUT_RDWR)) }
    }

    /// Whether new connections are closed at once.
    public func refuse(_ isRefusing: Bool) { state.withLock { $0.isRefusing = isRefusing } }

    /// Whether what is sent is kept back.
    public func hold(_ isHolding: Bool) { state.withLock { $0.isHolding = isHolding } }
}

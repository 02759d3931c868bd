import CZlib
import Glibc

/// Unpacks what clients store compressed.
enum Compression {
    /// More than any znode's data may unpack to: a small znode must not fill the memory.
    private static let limit = 256 << 20

    /// The bytes of gzip or zlib data; nil for anything else, broken data, and what unpacks to too much.
    static func unpacked(_ bytes: [UInt8]) -> [UInt8]? {
        var count = 0
        guard let start = cz_inflate(bytes, bytes.count, limit, &count) else { return nil }
        defer { free(start) }
        return Array(UnsafeBufferPointer(start: start, count: count))
    }
}

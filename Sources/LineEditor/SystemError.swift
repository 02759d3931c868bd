import Glibc

/// The system's words for an error number.
enum SystemError {
    static func text(_ number: Int32) -> String {
        // Room for every message glibc has; `strerror` itself shares one buffer between threads.
        var buffer = [CChar](repeating: 0, count: 128)
        guard strerror_r(number, &buffer, buffer.count) == 0 else { return "error \(number)" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

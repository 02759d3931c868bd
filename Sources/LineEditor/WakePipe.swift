import Glibc

/// A pipe that wakes a thread out of `poll`.
///
/// Bytes are signal numbers; 0 means only "look".
struct WakePipe: Sendable {
    let readEnd: Int32
    let writeEnd: Int32

    init?() {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    func poke() {
        var byte: UInt8 = 0
        _ = write(writeEnd, &byte, 1)
    }

    /// The signals that came since the last call.
    func drain() -> [Int32] {
        var bytes = [UInt8](repeating: 0, count: 512)
        var signals: [Int32] = []
        while true {
            let count = read(readEnd, &bytes, bytes.count)
            if count <= 0 { return signals }
            signals += bytes[..<count].filter { $0 != 0 }.map(Int32.init)
        }
    }
}

import Glibc

/// Times as text.
enum Timestamp {
    /// RFC 3339 in UTC with milliseconds: `2026-11-24T04:31:00.123Z`.
    static func rfc3339(milliseconds: Int64) -> String {
        let (date, rest) = broken(milliseconds, gmtime_r)
        return text(date, "%Y-%m-%dT%H:%M:%S") + ".\(padded(rest))Z"
    }

    /// RFC 3339 in the local zone, with its offset: `2026-11-24T06:31:00.123+02:00`.
    static func local(milliseconds: Int64) -> String {
        let (date, rest) = broken(milliseconds, localtime_r)
        let zone = text(date, "%z")
        return text(date, "%Y-%m-%dT%H:%M:%S") + ".\(padded(rest))\(zone.dropLast(2)):\(zone.suffix(2))"
    }

    /// The local zone, as `zkCli.sh` prints it: `Tue Nov 24 02:04:30 UTC 2026`.
    static func java(milliseconds: Int64) -> String {
        let (date, _) = broken(milliseconds, localtime_r)
        return text(date, "%a %b %d %H:%M:%S %Z %Y")
    }

    /// The local wall-clock time with milliseconds: `04:31:00.123`.
    static func clock(milliseconds: Int64) -> String {
        let (date, rest) = broken(milliseconds, localtime_r)
        return text(date, "%H:%M:%S") + ".\(padded(rest))"
    }

    /// Milliseconds since 1970.
    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    private static func broken(
        _ milliseconds: Int64, _ convert: (UnsafePointer<time_t>, UnsafeMutablePointer<tm>) -> UnsafeMutablePointer<tm>?
    ) -> (tm, rest: Int64) {
        let (seconds, rest) = (
            milliseconds.floorDivided(by: 1000), milliseconds - milliseconds.floorDivided(by: 1000) * 1000
        )
        var date = tm()
        var time = time_t(seconds)
        _ = convert(&time, &date)
        return (date, rest)
    }

    private static func text(_ date: tm, _ format: String) -> String {
        var date = date
        var buffer = [CChar](repeating: 0, count: 128)
        let count = strftime(&buffer, buffer.count, format, &date)
        return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func padded(_ milliseconds: Int64) -> String {
        let digits = String(milliseconds)
        return String(repeating: "0", count: 3 - digits.count) + digits
    }
}

extension Int64 {
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

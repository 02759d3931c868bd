/// Numbers for people.
enum Count {
    /// `12,345`.
    static func grouped(_ count: Int) -> String {
        var digits = Array(String(count))
        var place = digits.count - 3
        while place > (digits.first == "-" ? 1 : 0) {
            digits.insert(",", at: place)
            place -= 3
        }
        return String(digits)
    }

    /// `1 znode`, `12,345 znodes`.
    static func znodes(_ count: Int) -> String { "\(grouped(count)) znode\(count == 1 ? "" : "s")" }

    /// `512 B`, `1.5 KB`, `23 MB`: powers of 1024.
    static func bytes(_ count: Int) -> String {
        var tenths = count * 10
        var unit = 0
        let units = ["B", "KB", "MB", "GB", "TB"]
        while tenths >= 10_240, unit < units.count - 1 {
            tenths /= 1024
            unit += 1
        }
        let shown = unit == 0 || tenths >= 100 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
        return "\(shown) \(units[unit])"
    }
}

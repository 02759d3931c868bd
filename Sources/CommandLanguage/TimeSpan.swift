/// A span of time as typed: `500ms`, `1.5s`, `30s`, `5m`, `2h`, `1d`; a bare number is milliseconds.
public struct TimeSpan: ArgumentValue, Hashable {
    /// Its length.
    public var milliseconds: Int64

    /// A span of so many milliseconds.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// A span of time.
    public static var kind: ValueKind { .duration }

    private static let units: [(suffix: String, milliseconds: Double)] = [
        ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000), ("", 1),
    ]

    /// A number and a unit; negative spans and those longer than some thousand years are refused.
    public init(argument: Word) throws(ArgumentError) {
        let text = argument.text
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let suffix = text.dropFirst(number.count)
        guard let unit = Self.units.first(where: { $0.suffix == suffix }), let value = Double(number) else {
            throw ArgumentError("'\(text)' is not a span of time; write 500ms, 30s, 5m or 2h")
        }
        guard value * unit.milliseconds < 1e14 else { throw ArgumentError("'\(text)' is too long") }
        milliseconds = Int64((value * unit.milliseconds).rounded())
    }
}

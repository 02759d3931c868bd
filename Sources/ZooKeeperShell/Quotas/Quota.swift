import ZooKeeperClient

/// Limits on a subtree, or what it holds: the text that servers keep under `/zookeeper/quota`.
///
/// Written as by `StatsTrack` of 3.7 and later, which also reads the shorter form of earlier servers.
struct Quota: Sendable, Hashable {
    /// The four limits, by the names of the text.
    enum Kind: String, CaseIterable, Sendable {
        case count
        case bytes
        case countHardLimit
        case byteHardLimit

        /// As in messages.
        var label: String {
            switch self {
            case .count: "count"
            case .bytes: "bytes"
            case .countHardLimit: "count hard limit"
            case .byteHardLimit: "byte hard limit"
            }
        }
    }

    private var values: [Kind: Int64] = [:]

    init() {}

    /// Reads `count=3,bytes=30=;byteHardLimit=40;countHardLimit=4`.
    init(_ data: [UInt8]?) {
        for part in (data ?? []).split(whereSeparator: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") }) {
            let sides = part.split(separator: UInt8(ascii: "="))
            guard sides.count == 2, let kind = Kind(rawValue: String(decoding: sides[0], as: UTF8.self)),
                let value = Int64(String(decoding: sides[1], as: UTF8.self))
            else { continue }
            self[kind] = value
        }
    }

    /// A limit; nil when there is none, which the text writes as −1.
    subscript(kind: Kind) -> Int64? {
        get { values[kind] }
        set { values[kind] = newValue.flatMap { $0 < 0 ? nil : $0 } }
    }

    var isEmpty: Bool { values.isEmpty }

    /// The text for the server.
    var text: String {
        let hard = [Kind.byteHardLimit, .countHardLimit].compactMap { kind in
            self[kind].map { "\(kind.rawValue)=\($0)" }
        }
        return "count=\(self[.count] ?? -1),bytes=\(self[.bytes] ?? -1)"
            + (hard.isEmpty ? "" : "=;" + hard.joined(separator: ";"))
    }

    var json: JSON {
        .object(Kind.allCases.compactMap { kind in self[kind].map { (kind.rawValue, .number($0)) } })
    }
}

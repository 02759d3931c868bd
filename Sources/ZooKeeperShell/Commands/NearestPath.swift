import CommandLanguage
import ZooKeeperClient

/// What there is in the place of a znode that there is not; for people, not for scripts.
enum NearestPath {
    /// More children than this are not searched.
    private static let limit = 10_000

    /// A line about the nearest znode that exists; nil when there is nothing to be said.
    static func hint(for path: ZPath, _ session: Session) async -> String? {
        var missing = path
        while let parent = missing.parent {
            switch await session.reply(to: GetChildren2(parent)) {
            case .success(let (names, stat)):
                guard stat.numChildren <= limit else { return nil }
                return text(missing, path, parent, names)
            case .failure(let error) where error.code == .noNode: missing = parent
            case .failure: return nil
            }
        }
        return nil
    }

    private static func text(_ missing: ZPath, _ path: ZPath, _ parent: ZPath, _ names: [[UInt8]]) -> String? {
        let rest = path.bytes.dropFirst(missing.bytes.count)
        let near = Suggestion.near(
            LenientUTF8.decode(missing.name), among: names.map { LenientUTF8.decode($0) })
        if near.isEmpty { return missing == path ? nil : "\(parent) exists, \(missing) does not" }
        let paths = near.map { name in
            TerminalText.escaped(LenientUTF8.decode(parent.child(Array(name.utf8)).bytes + rest))
        }
        return "did you mean \(paths.joined(separator: ", "))?"
    }
}

import Foundation
import Testing

@testable import LineEditor

@Suite struct HistoryFileTests {
    static func fresh(limit: Int = 10) -> HistoryFile {
        HistoryFile(path: NSTemporaryDirectory() + "zkcli-history-\(UUID().uuidString)/deep/history", limit: limit)
    }

    @Test func linesComeBack() throws {
        let file = Self.fresh()
        for line in ["get /a", "set /a 'x\\y'", "two\nlines"] { file.append(line) }
        #expect(file.load() == ["get /a", "set /a 'x\\y'", "two\nlines"])
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func severalWritersAndNoRepetition() {
        let file = Self.fresh()
        let other = HistoryFile(path: file.path, limit: 10)
        file.append("a")
        other.append("a")
        file.append("b")
        #expect(other.load() == ["a", "b"])
    }

    @Test func itDoesNotGrowForEver() throws {
        let file = Self.fresh(limit: 5)
        for number in 0..<20 { file.append("line \(number)") }
        #expect(file.load() == (15..<20).map { "line \($0)" })
        let text = try String(contentsOfFile: file.path, encoding: .utf8)
        #expect(text.split(separator: "\n").count == 5)
    }

    @Test func noFileIsAnEmptyHistory() { #expect(Self.fresh().load().isEmpty) }
}

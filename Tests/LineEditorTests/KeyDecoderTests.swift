import Testing

@testable import LineEditor

@Suite struct KeyDecoderTests {
    static func keys(_ text: String, isFinal: Bool = true) -> [Key] {
        var decoder = KeyDecoder()
        var keys: [Key] = []
        // One byte at a time: terminals cut where they like.
        for byte in text.utf8 {
            decoder.feed([byte])
            while let key = decoder.next(isFinal: false) { keys.append(key) }
        }
        while let key = decoder.next(isFinal: isFinal) { keys.append(key) }
        return keys
    }

    @Test func characters() {
        #expect(Self.keys("aé漢😀\r") == ["a", "é", "漢", "😀", "\r"].map { Key.character($0) })
    }

    @Test(arguments: [
        ("\u{1b}[A", SpecialKey.up), ("\u{1b}OB", .down), ("\u{1b}[1;5C", .wordRight), ("\u{1b}[3~", .delete),
        ("\u{1b}[H", .home), ("\u{1b}[4~", .end),
    ])
    func specialKeys(_ bytes: String, _ key: SpecialKey) {
        #expect(Self.keys(bytes) == [.special(key)])
    }

    @Test func unknownSequencesAreSwallowed() { #expect(Self.keys("\u{1b}[99;7Xa") == [.character("a")]) }
    @Test func loneEscape() { #expect(Self.keys("\u{1b}") == [.character("\u{1b}")]) }
    @Test func altKey() { #expect(Self.keys("\u{1b}b") == [.character("\u{1b}"), .character("b")]) }

    @Test func paste() {
        #expect(Self.keys("\u{1b}[200~a\r\nb\u{7}\n\u{1b}[201~c") == [.paste("a\nb"), .character("c")])
    }

    @Test func invalidBytesAndC1ControlsAreDropped() {
        var decoder = KeyDecoder()
        decoder.feed([0xFF, 0xC2, 0x80, 0xE6, 0x41])
        #expect(decoder.next(isFinal: true) == .character("A"))
        #expect(decoder.next(isFinal: true) == nil)
    }
}

@Suite struct ScreenLayoutTests {
    static func place(_ text: String, width: Int) -> [Int] {
        var layout = ScreenLayout(width: width) { $0.value > 0x2E80 ? 2 : 1 }
        layout.add(text.unicodeScalars)
        return [layout.row, layout.column]
    }

    @Test(arguments: [
        ("", [0, 0]), ("abc", [0, 3]), ("abcdefghij", [1, 0]), ("abcdefghijk", [1, 1]), ("abcdefghi漢", [1, 2]),
        ("a\nb", [1, 1]), ("a\u{1}", [0, 3]),
    ])
    func place(_ text: String, _ expected: [Int]) { #expect(Self.place(text, width: 10) == expected) }
}

@Suite struct CompletionTests {

    @Test func columns() {
        let lines = CompletionMenu.lines(["a", "bb", "c", "d", "e"], width: 10) { $0.count }
        #expect(lines == ["a   d", "bb  e", "c"])
    }
}

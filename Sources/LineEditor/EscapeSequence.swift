/// One CSI or SS3 sequence, from the byte after ESC on.
struct EscapeSequence {
    enum Form {
        case complete, unfinished
        /// Another key began in its midst, or it is longer than any terminal's.
        case broken
    }

    private(set) var form = Form.unfinished
    private(set) var length = 1
    private(set) var key: Key?
    private(set) var startsPaste = false

    private static let limit = 64

    init(_ input: ArraySlice<UInt8>) {
        let isCSI = input.first == UInt8(ascii: "[")
        var parameters: [UInt8] = []
        for byte in input.dropFirst() {
            guard length < Self.limit, (0x20...0x7E).contains(byte) else {
                form = .broken
                return
            }
            length += 1
            // The Linux console sends its function keys as `ESC [ [ A`.
            let isConsoleKey = isCSI && parameters.isEmpty && byte == UInt8(ascii: "[")
            if byte < 0x40 || isConsoleKey {
                parameters.append(byte)
                continue
            }
            form = .complete
            if parameters.first != UInt8(ascii: "[") { interpret(byte, parameters, isCSI: isCSI) }
            return
        }
    }

    private mutating func interpret(_ final: UInt8, _ parameters: [UInt8], isCSI: Bool) {
        let numbers = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
            Int(String(decoding: $0, as: UTF8.self)) ?? 1
        }
        let first = numbers.first ?? 1
        // xterm sends `1;5C`, some older terminals `5C` or SS3 `c`; bit 1 of the modifier is Alt, bit 2 Ctrl.
        let modifier = (final == UInt8(ascii: "~") ? numbers.dropFirst().first : numbers.last) ?? 1
        let byWord = modifier > 1 && modifier <= 16 && (modifier - 1) & 0b110 != 0
        switch final {
        case UInt8(ascii: "A"): key = .special(.up)
        case UInt8(ascii: "B"): key = .special(.down)
        case UInt8(ascii: "C"): key = .special(byWord ? .wordRight : .right)
        case UInt8(ascii: "D"): key = .special(byWord ? .wordLeft : .left)
        case UInt8(ascii: "c") where !isCSI: key = .special(.wordRight)
        case UInt8(ascii: "d") where !isCSI: key = .special(.wordLeft)
        case UInt8(ascii: "H"): key = .special(.home)
        case UInt8(ascii: "F"): key = .special(.end)
        case UInt8(ascii: "M") where !isCSI: key = .scalar("\r")
        case UInt8(ascii: "~"):
            switch first {
            case 1, 7: key = .special(.home)
            case 4, 8: key = .special(.end)
            case 3: key = .special(byWord ? .deleteWord : .delete)
            case 200: startsPaste = true
            default: break
            }
        default: break
        }
    }
}

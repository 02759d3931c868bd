/// Why a path is refused before anything is sent; the texts are those that users know from `zkCli.sh`.
public enum ZPathError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The path is empty.
    case empty
    /// The path does not start with `/`.
    case notAbsolute
    /// The path ends with `/`.
    case trailingSlash
    /// Two slashes in a row, at this byte.
    case emptyName(at: Int)
    /// A part is `.` or `..`, ending at this byte.
    case relativeName(at: Int)
    /// A character that no ZooKeeper server accepts in a name, at this byte.
    case invalidCharacter(UInt32, at: Int)
    /// The bytes at this place are not UTF-8.
    case notUTF8(at: Int)

    /// What is wrong, and where.
    public var description: String {
        switch self {
        case .empty: "the path is empty"
        case .notAbsolute: "the path must start with '/'"
        case .trailingSlash: "the path must not end with '/'"
        case .emptyName(let at): "the path has an empty name ('//') at byte \(at)"
        case .relativeName(let at): "the path has a '.' or '..' part at byte \(at)"
        case .invalidCharacter(let scalar, let at):
            "the path has the character U+\(Hex.upper(UInt64(scalar), width: 4)) at byte \(at), which no server accepts"
        case .notUTF8(let at): "the path is not valid UTF-8 at byte \(at)"
        }
    }

    /// The rules of the server's `PathUtils`.
    ///
    /// Characters outside the BMP are let through: Apache's servers refuse them, others need not, and the server's
    /// own answer is then the truth.
    static func check(_ bytes: [UInt8]) throws(ZPathError) {
        guard let first = bytes.first else { throw .empty }
        guard first == ZPath.slash else { throw .notAbsolute }
        guard bytes.count > 1 else { return }
        var nameStart = 1
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var position = 0
        scan: while true {
            let scalar: Unicode.Scalar
            switch decoder.decode(&iterator) {
            case .scalarValue(let value): scalar = value
            case .emptyInput: break scan
            case .error: throw .notUTF8(at: position)
            }
            let width = UTF8.width(scalar)
            if scalar == "/" {
                if position > 0 { try checkName(bytes[nameStart..<position], endingAt: position) }
                nameStart = position + 1
            } else if isRefused(scalar.value) {
                throw .invalidCharacter(scalar.value, at: position)
            }
            position += width
        }
        guard nameStart < bytes.count else { throw .trailingSlash }
        try checkName(bytes[nameStart...], endingAt: bytes.count)
    }

    private static func checkName(_ name: ArraySlice<UInt8>, endingAt end: Int) throws(ZPathError) {
        let dot = UInt8(ascii: ".")
        if name.isEmpty { throw .emptyName(at: end) }
        if name.elementsEqual([dot]) || name.elementsEqual([dot, dot]) { throw .relativeName(at: end) }
    }

    private static func isRefused(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x00...0x1F, 0x7F...0x9F, 0xD800...0xF8FF, 0xFFF0...0xFFFF: true
        default: false
        }
    }
}

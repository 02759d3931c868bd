/// Hexadecimal text without Foundation.
package enum Hex {
    /// `0x` and the number's bits in lower case, as the servers log session ids and zxids.
    package static func prefixed(_ value: Int64) -> String {
        "0x" + String(UInt64(bitPattern: value), radix: 16)
    }

    /// Upper-case digits, at least `width` of them.
    package static func lower(_ value: UInt64, width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    package static func upper(_ value: UInt64, width: Int) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// Text from a server: UTF-8, or what a Java server makes of characters above U+FFFF.
///
/// Java encodes each half of a surrogate pair on its own (CESU-8), so strict decoding of a reply can fail.
package enum LenientUTF8 {
    /// Decodes, joins surrogate pairs, and puts U+FFFD for what is neither.
    package static func decode(_ bytes: some Collection<UInt8>) -> String {
        if !bytes.contains(0xED) { return String(decoding: bytes, as: UTF8.self) }
        let input = Array(bytes)
        var output: [UInt8] = []
        output.reserveCapacity(input.count)
        var index = 0
        while index < input.count {
            if let high = surrogate(input, at: index, 0xA0...0xAF),
                let low = surrogate(input, at: index + 3, 0xB0...0xBF),
                let scalar = Unicode.Scalar(0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF))
            {
                output.append(contentsOf: UTF8.encode(scalar)?.map { $0 } ?? [])
                index += 6
            } else {
                output.append(input[index])
                index += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func surrogate(_ bytes: [UInt8], at index: Int, _ second: ClosedRange<UInt8>) -> UInt32? {
        guard index + 2 < bytes.count, bytes[index] == 0xED, second.contains(bytes[index + 1]),
            bytes[index + 2] & 0xC0 == 0x80
        else { return nil }
        return 0xD000 | UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F)
    }
}

import CommandLanguage
import Glibc

/// An extended regular expression of POSIX, as `grep -E` has it.
struct RegularExpression: ArgumentValue, Hashable {
    private let pattern: String

    static var kind: ValueKind { .text }

    init(argument: Word) throws(ArgumentError) {
        pattern = argument.text
        var expression = regex_t()
        let status = regcomp(&expression, pattern, REG_EXTENDED)
        guard status == 0 else {
            var reason = [CChar](repeating: 0, count: 256)
            let length = regerror(status, &expression, &reason, reason.count)
            let text = String(decoding: reason.prefix(max(0, length - 1)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
            throw ArgumentError("'\(pattern)' is no regular expression: \(text)")
        }
        regfree(&expression)
    }

    /// Ready to be used, many times.
    func compiled(ignoresCase: Bool = false) -> Matcher { Matcher(pattern, ignoresCase: ignoresCase) }

    /// A compiled expression.
    final class Matcher {
        private var expression = regex_t()

        fileprivate init(_ pattern: String, ignoresCase: Bool) {
            // It was compiled before, when it was read.
            _ = regcomp(&expression, pattern, REG_EXTENDED | (ignoresCase ? REG_ICASE : 0))
        }

        deinit { regfree(&expression) }

        /// Where the first match begins and ends; nil where there is none.
        func firstMatch(in bytes: ArraySlice<UInt8>) -> Range<Int>? {
            var match = regmatch_t(rm_so: 0, rm_eo: regoff_t(bytes.count))
            let isFound = bytes.withUnsafeBytes { buffer -> Bool in
                // Never read: an expression may match nothing at all.
                guard let base = buffer.baseAddress else {
                    return "".withCString { regexec(&expression, $0, 1, &match, REG_STARTEND) == 0 }
                }
                return regexec(&expression, base.assumingMemoryBound(to: CChar.self), 1, &match, REG_STARTEND) == 0
            }
            guard isFound else { return nil }
            return bytes.startIndex + Int(match.rm_so)..<bytes.startIndex + Int(match.rm_eo)
        }

        func matches(_ bytes: [UInt8]) -> Bool { firstMatch(in: bytes[...]) != nil }
    }
}

/// What one key press, or one paste, gives.
enum Key: Equatable {
    case scalar(Unicode.Scalar)
    case special(SpecialKey)
    case paste(String)

    static let interrupt = Key.scalar("\u{3}")
    static let escape = Key.scalar("\u{1B}")
}

/// Keys that terminals send as escape sequences, and the code libedit knows each by.
///
/// The codes are C1 controls, which no key produces otherwise. Binding the sequences themselves would turn ESC into a
/// prefix and take ESC, the way to command mode, from vi's users.
enum SpecialKey: UInt8, CaseIterable {
    case up = 0x80
    case down, left, right, home, end, delete, wordLeft, wordRight, deleteWord, paste
}

/// Turns the bytes of a terminal into keys; bytes that mean nothing are dropped.
struct KeyDecoder {
    private var bytes: [UInt8] = []
    private var head = 0
    private var pasted: [UInt8]?
    private var isRestLost = false

    /// How long the rest of a half-received key may take; `nil`: no key is half received.
    var patience: Duration? {
        if pasted != nil { return .seconds(2) }
        return head < bytes.count ? .milliseconds(40) : nil
    }

    mutating func append(_ received: some Sequence<UInt8>) {
        bytes += received
    }

    /// No more bytes came within `patience`: what is there is all there is.
    mutating func giveUpWaiting() {
        isRestLost = true
    }

    /// The next whole key.
    mutating func next() -> Key? {
        defer { isRestLost = false }
        while head < bytes.count || (isRestLost && pasted != nil) {
            if pasted != nil { return nextPaste() }
            let step = decode(bytes[head...])
            guard step.length > 0 else { return nil }
            head += step.length
            if step.startsPaste { pasted = [] }
            if let key = step.key { return key }
        }
        bytes.removeAll(keepingCapacity: bytes.count <= 4096)
        head = 0
        return nil
    }

    /// How many bytes are used up, zero if they are too few, and what they mean.
    private struct Step {
        var length: Int
        var key: Key?
        var startsPaste = false
    }

    private func decode(_ input: ArraySlice<UInt8>) -> Step {
        let first = input[input.startIndex]
        switch first {
        case 0x1B: return decodeEscape(input)
        case ..<0x80: return Step(length: 1, key: .scalar(Unicode.Scalar(first)))
        default: return decodeUTF8(input, lead: first)
        }
    }

    private func decodeUTF8(_ input: ArraySlice<UInt8>, lead: UInt8) -> Step {
        let length =
            switch lead {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        let character = input.prefix(length)
        let isUnfinished = character.count < length && character.dropFirst().allSatisfy { $0 & 0xC0 == 0x80 }
        if isUnfinished { return Step(length: isRestLost ? character.count : 0) }
        guard length > 1, let text = String(validating: character, as: UTF8.self), let scalar = text.unicodeScalars.first
        else { return Step(length: 1) }
        // C1 controls would be taken for special keys.
        return Step(length: length, key: (0x80...0x9F).contains(scalar.value) ? nil : .scalar(scalar))
    }

    private func decodeEscape(_ input: ArraySlice<UInt8>) -> Step {
        let rest = input.dropFirst()
        guard let introducer = rest.first else { return Step(length: isRestLost ? 1 : 0, key: .escape) }
        guard introducer == UInt8(ascii: "[") || introducer == UInt8(ascii: "O") else {
            return Step(length: 1, key: .escape)
        }
        let sequence = EscapeSequence(rest)
        switch sequence.form {
        case .complete: return Step(length: sequence.length + 1, key: sequence.key, startsPaste: sequence.startsPaste)
        case .broken: return Step(length: sequence.length + 1)
        case .unfinished where !isRestLost: return Step(length: 0)
        // ESC and a letter typed by hand, or a sequence cut short.
        case .unfinished: return Step(length: rest.count == 1 ? 1 : input.count, key: rest.count == 1 ? .escape : nil)
        }
    }

    /// Collects up to the end mark; a mark that never comes does not swallow what is typed for ever.
    private mutating func nextPaste() -> Key? {
        var text = pasted ?? []
        let end = Array("\u{1B}[201~".utf8)
        while head < bytes.count {
            if bytes[head] == end[0] {
                let mark = bytes[head...].prefix(end.count)
                if mark.elementsEqual(end) {
                    head += end.count
                    return finishPaste(text)
                }
                if mark.count < end.count, end.starts(with: mark), !isRestLost { break }
            }
            text.append(bytes[head])
            head += 1
        }
        if isRestLost { return finishPaste(text) }
        pasted = text
        return nil
    }

    private mutating func finishPaste(_ text: [UInt8]) -> Key {
        pasted = nil
        return .paste(PastedText.clean(text))
    }
}

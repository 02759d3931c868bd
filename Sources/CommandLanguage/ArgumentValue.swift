/// A type that an argument can have.
public protocol ArgumentValue: Sendable {
    /// What kind of thing it is, for completion.
    static var kind: ValueKind { get }
    /// Reads it from a word.
    init(argument: Word) throws(ArgumentError)
}

/// Why a word is not a value of the type wanted.
public struct ArgumentError: Error, Sendable, Hashable {
    /// A sentence about the value.
    public var reason: String
    /// An error with a reason.
    public init(_ reason: String) { self.reason = reason }
}

extension Word: ArgumentValue {
    /// Bytes as they are.
    public static var kind: ValueKind { .data }
    /// Any word will do.
    public init(argument: Word) throws(ArgumentError) { self = argument }
}

extension String: ArgumentValue {
    /// Free text.
    public static var kind: ValueKind { .text }
    /// Any word that is UTF-8.
    public init(argument: Word) throws(ArgumentError) {
        guard let text = String(validating: argument.bytes, as: UTF8.self) else {
            throw ArgumentError("'\(argument.text)' is not valid UTF-8")
        }
        self = text
    }
}

extension ArgumentValue where Self: FixedWidthInteger {
    /// A number.
    public static var kind: ValueKind { .number }
    /// A whole number in the type's range.
    public init(argument: Word) throws(ArgumentError) {
        let text = argument.text
        if let value = Self(text) {
            self = value
            return
        }
        let digits = text.drop { $0 == "-" || $0 == "+" }
        guard !digits.isEmpty, digits.allSatisfy(\.isASCII), digits.allSatisfy(\.isNumber) else {
            throw ArgumentError("'\(text)' is not a whole number")
        }
        throw ArgumentError("\(text) is out of range; it must be between \(Self.min) and \(Self.max)")
    }
}

extension Int: ArgumentValue {}
extension Int32: ArgumentValue {}
extension Int64: ArgumentValue {}

extension ArgumentValue where Self: RawRepresentable & CaseIterable, RawValue == String {
    /// One of the cases.
    public static var kind: ValueKind { .choice(allCases.map(\.rawValue)) }
    /// A case by its name, whatever the letters' case.
    public init(argument: Word) throws(ArgumentError) {
        let text = argument.text.lowercased()
        guard let match = Self.allCases.first(where: { $0.rawValue.lowercased() == text }) else {
            let choices = Self.allCases.map(\.rawValue).joined(separator: ", ")
            throw ArgumentError("'\(argument.text)' is none of \(choices)")
        }
        self = match
    }
}

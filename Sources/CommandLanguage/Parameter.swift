/// What the parser, the help and the generators know of one parameter.
public struct Parameter: Sendable {
    /// How often it may stand, and whether it takes a value.
    public enum Shape: Sendable, Hashable {
        /// Present or not.
        case flag
        /// At most once, with a value.
        case option
        /// Any number of times, each with a value.
        case repeatedOption
        /// A positional that must be there.
        case required
        /// A positional that may be there.
        case optional
        /// All the positionals that are left.
        case variadic(minimum: Int)
    }

    /// The spellings, dashes included; none for positionals.
    public var names: [String]
    /// What stands for the value in usage lines.
    public var label: String
    /// One sentence.
    public var help: String
    /// What kind of value it takes.
    public var kind: ValueKind
    /// How often it may stand.
    public var shape: Shape
    let convert: @Sendable (Word) throws(ArgumentError) -> any Sendable

    var key: String { names.first ?? label }

    /// Whether it is told by its place, not by a name.
    public var isPositional: Bool { names.isEmpty }

    /// Whether a value follows its name.
    public var takesValue: Bool { shape == .option || shape == .repeatedOption }

    static func converting<Value: ArgumentValue>(
        _ type: Value.Type
    ) -> @Sendable (Word) throws(ArgumentError) -> any Sendable {
        { (word) throws(ArgumentError) in try Value(argument: word) }
    }
}

/// A typed handle for a parameter: declared once, used in the spec and to read the value.
public protocol ParameterToken: Sendable {
    /// The parameter itself.
    var parameter: Parameter { get }
}

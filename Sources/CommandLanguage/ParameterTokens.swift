/// A flag without a value.
public struct Flag: ParameterToken {
    /// The parameter itself.
    public let parameter: Parameter
    /// A flag with its spellings, dashes included.
    public init(_ names: String..., help: String) {
        parameter = Parameter(
            names: names, label: "", help: help, kind: .text, shape: .flag,
            convert: { (_) throws(ArgumentError) in true })
    }
}

/// A flag with a value, at most once.
public struct Option<Value: Sendable>: ParameterToken {
    /// The parameter itself.
    public let parameter: Parameter
    /// An option with its spellings, dashes included.
    public init(_ names: String..., label: String, kind: ValueKind? = nil, help: String) where Value: ArgumentValue {
        parameter = Parameter(
            names: names, label: label, help: help, kind: kind ?? Value.kind, shape: .option,
            convert: Parameter.converting(Value.self))
    }
}

/// A flag with a value, any number of times.
public struct RepeatedOption<Value: Sendable>: ParameterToken {
    /// The parameter itself.
    public let parameter: Parameter
    /// An option with its spellings, dashes included.
    public init(_ names: String..., label: String, kind: ValueKind? = nil, help: String) where Value: ArgumentValue {
        parameter = Parameter(
            names: names, label: label, help: help, kind: kind ?? Value.kind, shape: .repeatedOption,
            convert: Parameter.converting(Value.self))
    }
}

/// A positional that must be there.
public struct Positional<Value: Sendable>: ParameterToken {
    /// The parameter itself.
    public let parameter: Parameter
    /// A positional called `label`.
    public init(_ label: String, kind: ValueKind? = nil, help: String) where Value: ArgumentValue {
        parameter = Parameter(
            names: [], label: label, help: help, kind: kind ?? Value.kind, shape: .required,
            convert: Parameter.converting(Value.self))
    }
}

/// A positional that may be there.
public struct OptionalPositional<Value: Sendable>: ParameterToken {
    /// The parameter itself.
    public let parameter: Parameter
    /// A positional called `label`.
    public init(_ label: String, kind: ValueKind? = nil, help: String) where Value: ArgumentValue {
        parameter = Parameter(
            names: [], label: label, help: help, kind: kind ?? Value.kind, shape: .optional,
            convert: Parameter.converting(Value.self))
    }
}

/// All positionals that are left.
public struct VariadicPositional<Value: Sendable>: ParameterToken {
    /// The parameter itself.
    public let parameter: Parameter
    /// Positionals called `label`, at least `minimum`.
    public init(_ label: String, kind: ValueKind? = nil, minimum: Int = 0, help: String) where Value: ArgumentValue {
        parameter = Parameter(
            names: [], label: label, help: help, kind: kind ?? Value.kind, shape: .variadic(minimum: minimum),
            convert: Parameter.converting(Value.self))
    }
}

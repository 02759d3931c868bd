/// What was typed after a command, by parameter.
public struct Arguments: Sendable {
    var values: [String: [any Sendable]] = [:]
    /// The words from the first positional on, when the parser was told to stop there.
    public internal(set) var rest: [Word] = []

    /// Whether a flag was given.
    public subscript(_ flag: Flag) -> Bool { values[flag.parameter.key] != nil }

    /// An option's value, if given.
    public subscript<Value>(_ option: Option<Value>) -> Value? { all(option.parameter, as: Value.self).first }

    /// All values of a repeated option, in order.
    public subscript<Value>(_ option: RepeatedOption<Value>) -> [Value] { all(option.parameter, as: Value.self) }

    /// A positional's value.
    ///
    /// The parser gives no arguments without it.
    public subscript<Value>(_ positional: Positional<Value>) -> Value {
        guard let value = all(positional.parameter, as: Value.self).first else {
            preconditionFailure("'\(positional.parameter.label)' is read but not a parameter of the command")
        }
        return value
    }

    /// An optional positional's value, if given.
    public subscript<Value>(_ positional: OptionalPositional<Value>) -> Value? {
        all(positional.parameter, as: Value.self).first
    }

    /// All values of a variadic positional.
    public subscript<Value>(_ positional: VariadicPositional<Value>) -> [Value] {
        all(positional.parameter, as: Value.self)
    }

    private func all<Value>(_ parameter: Parameter, as type: Value.Type) -> [Value] {
        (values[parameter.key] ?? []).compactMap { $0 as? Value }
    }
}

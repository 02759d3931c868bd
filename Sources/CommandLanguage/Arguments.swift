/// What was typed after a command, by parameter.
public struct Arguments: Sendable {
    /// In the order given; there are few, so that a search costs less than an index.
    private var values: [(key: String, value: any Sendable)] = []
    /// The words from the first positional on, when the parser was told to stop there.
    public internal(set) var rest: [Word] = []

    /// Whether a flag was given.
    public subscript(_ flag: Flag) -> Bool { values.contains { $0.key == flag.parameter.key } }

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

    mutating func add(_ value: any Sendable, to parameter: Parameter) { values.append((parameter.key, value)) }

    private func all<Value>(_ parameter: Parameter, as type: Value.Type) -> [Value] {
        var found: [Value] = []
        for (key, value) in values where key == parameter.key {
            if let value = value as? Value { found.append(value) }
        }
        return found
    }
}

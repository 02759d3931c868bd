/// The line that shows how a command is written.
public enum Usage {
    /// `get [-s] [-w] path...`: flags in their order, alternatives together, then positionals.
    public static func line(for spec: CommandSpec) -> String {
        ([spec.name] + flags(of: spec) + spec.positionals.map(positional)).joined(separator: " ")
    }

    static func flags(of spec: CommandSpec) -> [String] {
        var shown: Set<String> = []
        var parts: [String] = []
        for parameter in spec.named where !shown.contains(parameter.key) {
            let alternatives = spec.exclusive.first { $0.count > 2 && $0.contains(parameter.key) } ?? [parameter.key]
            shown.formUnion(alternatives)
            let texts = alternatives.compactMap { name in spec.named.first { $0.names.contains(name) }.map(flag) }
            let suffix = parameter.shape == .repeatedOption ? "..." : ""
            parts.append("[\(texts.joined(separator: "|"))]\(suffix)")
        }
        return parts
    }

    private static func flag(_ parameter: Parameter) -> String {
        parameter.takesValue ? "\(parameter.key) \(parameter.label)" : parameter.key
    }

    static func positional(_ parameter: Parameter) -> String {
        switch parameter.shape {
        case .optional: "[\(parameter.label)]"
        case .variadic(minimum: 0): "[\(parameter.label)...]"
        case .variadic: "\(parameter.label)..."
        case .required, .flag, .option, .repeatedOption: parameter.label
        }
    }
}

/// Help as text for a terminal.
public enum Help {
    /// All commands by group, a line each.
    public static func overview(_ program: ProgramSpec, width: Int) -> String {
        var lines: [String] = []
        for group in program.groups {
            let specs = program.commands(in: group)
            if specs.isEmpty { continue }
            lines.append(group + ":")
            lines += table(specs.map { ($0.name, $0.summary) }, width: width)
            lines.append("")
        }
        lines.append("'help COMMAND' explains one of them.")
        return lines.joined(separator: "\n") + "\n"
    }

    /// One command in full.
    public static func command(_ spec: CommandSpec, width: Int) -> String {
        var lines = wrap("usage: " + Usage.line(for: spec), indent: 0, width: width, hanging: 7)
        lines += ["", spec.summary + "."]
        if !spec.aliases.isEmpty { lines.append("Also called \(spec.aliases.joined(separator: ", ")).") }
        if !spec.parameters.isEmpty {
            lines.append("")
            lines += table(spec.parameters.map { (heading($0), $0.help) }, width: width)
        }
        if !spec.discussion.isEmpty { lines += [""] + wrap(spec.discussion, indent: 0, width: width) }
        if !spec.examples.isEmpty {
            lines += ["", "Examples:"]
            for example in spec.examples { lines += ["  " + example.line, "      " + example.explanation] }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What `--help` prints.
    public static func program(_ program: ProgramSpec, width: Int) -> String {
        var lines = [
            "usage: \(program.name) [options] [command [arguments]]", "", program.summary + ".", "", "Options:",
        ]
        lines += table(program.options.named.map { (heading($0), $0.help) }, width: width)
        lines.append("")
        return lines.joined(separator: "\n") + "\n" + overview(program, width: width)
    }

    static func heading(_ parameter: Parameter) -> String {
        if parameter.isPositional { return parameter.label }
        let names = parameter.names.joined(separator: ", ")
        return parameter.takesValue ? "\(names) \(parameter.label)" : names
    }

    private static func table(_ rows: [(String, String)], width: Int) -> [String] {
        let column = min(24, (rows.map(\.0.count).max() ?? 0) + 2)
        return rows.flatMap { name, text -> [String] in
            let wrapped = wrap(text, indent: column + 2, width: width)
            guard name.count + 2 <= column, let first = wrapped.first else { return ["  " + name] + wrapped }
            let padding = String(repeating: " ", count: column - name.count)
            return ["  " + name + padding + first.drop { $0 == " " }] + wrapped.dropFirst()
        }
    }

    /// Lines of at most `width` columns; a word that is longer stands alone.
    static func wrap(_ text: String, indent: Int, width: Int, hanging: Int = 0) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            let margin = indent + (lines.isEmpty ? 0 : hanging)
            if !line.isEmpty, margin + line.count + 1 + word.count > width {
                lines.append(String(repeating: " ", count: margin) + line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " " + word
        }
        let margin = indent + (lines.isEmpty ? 0 : hanging)
        return line.isEmpty ? lines : lines + [String(repeating: " ", count: margin) + line]
    }
}

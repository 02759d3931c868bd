/// The man page, in roff for man(7).
public enum ManPage {
    /// The whole page.
    public static func page(_ program: ProgramSpec) -> String {
        var lines = [
            ".TH \(program.name.uppercased()) 1 \"\" \"\(program.name) \(program.version)\" \"User Commands\"",
            ".SH NAME", "\(program.name) \\- \(lowercasedFirst(escaped(program.summary)))",
            ".SH SYNOPSIS", ".B \(program.name)", "[options] [command [arguments]]",
            ".SH DESCRIPTION",
        ]
        for (index, paragraph) in program.description.enumerated() {
            if index > 0 { lines.append(".PP") }
            lines.append(escaped(paragraph))
        }
        lines.append(".SH OPTIONS")
        lines += program.options.named.flatMap(definition)
        lines.append(".SH COMMANDS")
        for group in program.groups {
            let specs = program.commands(in: group)
            if specs.isEmpty { continue }
            lines.append(".SS \(group)")
            lines += specs.flatMap(command)
        }
        for section in program.sections { lines += [".SH \(section.title)", escaped(section.body)] }
        lines += [".SH SEE ALSO", "The ZooKeeper documentation: https://zookeeper.apache.org/"]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func command(_ spec: CommandSpec) -> [String] {
        var lines = [".TP", "\\fB\(escaped(Usage.line(for: spec)))\\fR", escaped(spec.summary) + "."]
        if !spec.aliases.isEmpty { lines.append("Also called \(escaped(spec.aliases.joined(separator: ", "))).") }
        if !spec.discussion.isEmpty { lines.append(escaped(spec.discussion)) }
        if !spec.parameters.isEmpty {
            lines.append(".RS")
            lines += spec.parameters.flatMap(definition)
            lines.append(".RE")
        }
        if !spec.examples.isEmpty {
            lines += [".RS", ".PP", "Examples:"]
            for example in spec.examples {
                lines += [".TP", "\\fB\(escaped(example.line))\\fR", escaped(example.explanation)]
            }
            lines.append(".RE")
        }
        return lines
    }

    private static func definition(_ parameter: Parameter) -> [String] {
        let names = parameter.names.map { "\\fB\(escaped($0))\\fR" }.joined(separator: ", ")
        let label = parameter.label.isEmpty ? "" : "\\fI\(escaped(parameter.label))\\fR"
        let heading = [names, label].filter { !$0.isEmpty }.joined(separator: " ")
        return [".TP", heading, escaped(parameter.help) + "."]
    }

    /// Text that roff prints as it is.
    static func escaped(_ text: String) -> String {
        var output = ""
        for character in text {
            switch character {
            case "\\": output += "\\e"
            case "-": output += "\\-"
            case "'": output += "\\(aq"
            case "…": output += "..."
            default: output.append(character)
            }
        }
        // A line that starts with a dot is a request.
        return output.hasPrefix(".") ? "\\&" + output : output
    }

    private static func lowercasedFirst(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }
}

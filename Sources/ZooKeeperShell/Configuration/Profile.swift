import CommandLanguage
import ZooKeeperClient

/// A named ensemble of the configuration file, and how to treat it.
struct Profile: Sendable {
    /// nil for what no profile names.
    var name: String?
    var server: String?
    var timeout: TimeSpan?
    var color: Options.ColorChoice?
    /// Whether every write is refused here, before it is sent.
    var isReadOnly = false
    /// Whether every write is asked about first.
    var confirmsWrites = false
    /// Whether the syntax of what may follow is shown while a line is typed.
    var showsHints = true
    /// The program that results longer than the screen are read with; nil for none.
    var pager: String?

    /// Takes a line `key = value`; throws what is wrong with it.
    mutating func set(_ key: String, _ value: String) throws(ArgumentError) {
        let word = Word(value)
        switch key {
        case "server": server = value
        case "timeout": timeout = try TimeSpan(argument: word)
        case "color": color = try Options.ColorChoice(argument: word)
        case "read-only": isReadOnly = try Self.flag(value)
        case "confirm": confirmsWrites = try Self.flag(value)
        case "hints": showsHints = try Self.flag(value)
        case "pager": pager = try Self.pager(value)
        default:
            throw ArgumentError(
                "unknown key '\(key)'; there are server, timeout, color, read-only, confirm, hints and pager")
        }
    }

    /// `true` stands for `$PAGER`, or `less` where that is not set; -F leaves at once what fits on the screen.
    private static func pager(_ value: String) throws(ArgumentError) -> String? {
        guard let isOn = try? flag(value) else { return value }
        return isOn ? Environment.value("PAGER") ?? "less -FRX" : nil
    }

    private static func flag(_ value: String) throws(ArgumentError) -> Bool {
        switch value.lowercased() {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default: throw ArgumentError("'\(value)' is neither true nor false")
        }
    }
}

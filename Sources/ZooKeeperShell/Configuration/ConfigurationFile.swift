import CommandLanguage
import Glibc

/// `~/.config/zkcli/config`: named ensembles.
///
///     # what stands before the first name holds for all
///     timeout = 10s
///
///     [prod]
///     server = zk1:2181,zk2:2181/app
///     read-only = true
enum ConfigurationFile {
    /// Under the XDG configuration directory; nil without a home.
    static var path: String? {
        if let directory = Environment.value("XDG_CONFIG_HOME") { return directory + "/zkcli/config" }
        return Environment.value("HOME").map { $0 + "/.config/zkcli/config" }
    }

    /// The names of the profiles there are, for completion; none when the file is broken.
    static var names: [String] {
        guard let path, let text = try? read(path), let profiles = try? profiles(in: text, of: path) else { return [] }
        return profiles.compactMap(\.name)
    }

    /// A profile by its name; without one, what holds for all, or the profile called `default`.
    static func profile(named name: String?) throws(ShellError) -> Profile {
        guard let path, let text = try read(path) else {
            guard let name else { return Profile() }
            throw ShellError(
                "there is no profile '\(TerminalText.escaped(name))': \(path ?? "~/.config/zkcli/config") does not exist",
                status: .usage)
        }
        let profiles = try profiles(in: text, of: path)
        if let found = profiles.first(where: { $0.name == name ?? "default" }) { return found }
        guard let name else { return profiles[0] }
        let names = profiles.compactMap(\.name).joined(separator: ", ")
        throw ShellError(
            "there is no profile '\(TerminalText.escaped(name))' in \(path)", status: .usage,
            hints: names.isEmpty ? [] : ["there are \(names)"])
    }

    /// What holds for all profiles, and where none is in use.
    static func common() throws(ShellError) -> Profile {
        guard let path, let text = try read(path) else { return Profile() }
        return try profiles(in: text, of: path)[0]
    }

    /// The profiles, first the one without a name, whose settings hold for all.
    static func profiles(in text: String, of path: String) throws(ShellError) -> [Profile] {
        var profiles = [Profile()]
        for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = trimmed(raw)
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
            do throws(ArgumentError) {
                try take(line, &profiles)
            } catch {
                throw ShellError("\(path):\(index + 1): \(error.reason)", status: .usage)
            }
        }
        return profiles
    }

    private static func take(_ line: String, _ profiles: inout [Profile]) throws(ArgumentError) {
        if line.hasPrefix("[") {
            let name = trimmed(line.dropFirst().dropLast())
            guard line.hasSuffix("]"), !name.isEmpty else { throw ArgumentError("a profile begins with [NAME]") }
            guard !profiles.contains(where: { $0.name == name }) else {
                throw ArgumentError("the profile '\(name)' is there twice")
            }
            var profile = profiles[0]
            profile.name = name
            return profiles.append(profile)
        }
        guard let equals = line.firstIndex(of: "=") else { throw ArgumentError("neither [NAME] nor KEY = VALUE") }
        let last = profiles.count - 1
        try profiles[last].set(trimmed(line[..<equals]), withoutComment(line[line.index(after: equals)...]))
    }

    /// A value may be followed by a blank, a `#` and a comment.
    private static func withoutComment(_ text: Substring) -> String {
        let bytes = Array(text.utf8)
        let mark = bytes.indices.first { place in
            bytes[place] == UInt8(ascii: "#") && place > 0 && (bytes[place - 1] == 0x20 || bytes[place - 1] == 0x09)
        }
        return trimmed(String(decoding: bytes[..<(mark ?? bytes.endIndex)], as: UTF8.self))
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var bytes = Array(text.utf8)[...]
        while let first = bytes.first, first == 0x20 || first == 0x09 { bytes.removeFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x09 || last == 0x0d { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The text; nil when there is no file.
    private static func read(_ path: String) throws(ShellError) -> String? {
        do throws(FileError) {
            return String(decoding: try FileError.contents(of: path), as: UTF8.self)
        } catch {
            if error.code == ENOENT || error.code == ENOTDIR { return nil }
            throw ShellError("cannot read \(path): \(error)", status: .usage)
        }
    }
}

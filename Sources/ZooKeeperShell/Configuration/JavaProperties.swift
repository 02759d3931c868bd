import ZooKeeperClient

/// The properties file of `zkCli.sh -client-configuration`: what of it applies here, and what does not.
struct JavaProperties {
    /// `jute.maxbuffer`, in bytes.
    private(set) var requestLimit: Int?
    /// Names that mean nothing here.
    private(set) var ignored: [String] = []

    init(path: String) throws(ShellError) {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try FileError.contents(of: path)
        } catch {
            throw ShellError(
                "-client-configuration: cannot read \(TerminalText.escaped(path)): \(error)", status: .usage)
        }
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let line = line.drop { $0 == " " || $0 == "\t" }
            guard let first = line.first, first != "#", first != "!" else { continue }
            let end = line.firstIndex { $0 == "=" || $0 == ":" || $0 == " " } ?? line.endIndex
            let value = line[end...].drop { $0 == "=" || $0 == ":" || $0 == " " }
            try take(String(line[..<end]), String(value))
        }
    }

    private mutating func take(_ name: String, _ value: String) throws(ShellError) {
        switch name {
        case "jute.maxbuffer":
            let digits = value.lowercased().hasPrefix("0x") ? String(value.dropFirst(2)) : nil
            guard let limit = digits.flatMap({ Int($0, radix: 16) }) ?? Int(value), limit > 0 else {
                throw ShellError(
                    "-client-configuration: jute.maxbuffer '\(value)' is no number of bytes", status: .usage)
            }
            requestLimit = limit
        case "zookeeper.client.secure" where value.lowercased() == "true":
            // Going on in the clear would be worse than not going on.
            throw ShellError(
                "-client-configuration: zookeeper.client.secure asks for TLS, which zkcli does not speak",
                status: .usage)
        default: ignored.append(name)
        }
    }
}

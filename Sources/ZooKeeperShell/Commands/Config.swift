import CommandLanguage
import ZooKeeperClient

/// `config`: the members of the ensemble.
struct Config: Command {
    static let client = Flag("-c", "--client", help: "Print the version and a connect string only")
    static let stat = Flag("-s", "--stat", help: "Print the stat too")
    static let watch = Flag("-w", "--watch", help: "Set a one-time watch on the configuration")

    static let names = ["config"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.session, "Print the ensemble's configuration",
        discussion: "Empty on a standalone server.",
        parameters: [client, stat, watch],
        exclusive: [["-c", "-s"]],
        examples: [Example("config", "One server a line, then the version")]
    )

    let isSingleRequest = true
    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    /// `version host:port,host:port`, as zkCli.sh prints it: what a client needs to know.
    private static func clientLine(_ data: [UInt8]) -> String {
        var version = ""
        var servers: [String] = []
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            let sides = line.split(separator: "=", maxSplits: 1)
            guard sides.count == 2 else { continue }
            if sides[0] == "version" { version = String(sides[1]) }
            guard sides[0].hasPrefix("server."), let client = sides[1].split(separator: ";").last else { continue }
            // The client's address may be a port alone; the server's own host is meant then.
            let host = sides[1].split(separator: ":").first ?? ""
            servers.append(client.contains(":" as Character) ? String(client) : "\(host):\(client)")
        }
        return servers.isEmpty ? version : "\(version) \(servers.joined(separator: ","))"
    }

    func run(in context: CommandContext) async throws(ShellError) {
        if arguments[Self.watch] { await context.shell.warnOfShortWatch(context) }
        let (data, stat) = try await context.send(GetConfig(watch: arguments[Self.watch]))
        if arguments[Self.client] {
            return try await context.emit(.text(name: "config", Self.clientLine(data ?? [])))
        }
        try await context.emit(.data("/zookeeper/config", data, arguments[Self.stat] ? stat : nil))
    }
}

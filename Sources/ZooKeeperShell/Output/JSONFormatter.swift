import ZooKeeperClient

/// Prints JSON, one object a line, under the protocol's field names.
struct JSONFormatter {
    func format(_ reply: Reply) -> [UInt8] {
        objects(reply).flatMap { JSON.object($0).bytes + [UInt8(ascii: "\n")] }
    }

    private func objects(_ reply: Reply) -> [[(String, JSON)]] {
        switch reply {
        case .data(let path, let bytes, let stat, _):
            [[("path", .path(path))] + JSON.data(bytes) + Self.stat(stat)]
        case .children(let path, let names, let stat, _):
            (stat.map { [[("path", JSON.path(path)), ("stat", .stat($0))]] } ?? [])
                + names.map { name in
                    [("name", .string(LenientUTF8.decode(name))), ("path", .path(path.child(name)))]
                }
        case .line(_, let fields): [fields]
        case .paths(let paths), .zeroTerminated(let paths): paths.map { [("path", .path($0))] }
        case .stat(let path, let stat): [[("path", .path(path))] + Self.stat(stat)]
        case .existence(let path, let stat):
            [[("path", .path(path)), ("exists", .bool(stat != nil))] + Self.stat(stat)]
        case .created(let path, let stat):
            [[("operation", .string("create")), ("path", .path(path))] + Self.stat(stat)]
        case .written(let operation, let path, let stat, _):
            [[("operation", .string(operation)), ("path", .path(path))] + Self.stat(stat)]
        case .done(let operation, let path):
            [[("operation", .string(operation))] + (path.map { [("path", JSON.path($0))] } ?? [])]
        case .deleted(let path, let count):
            [[("operation", .string("deleteall")), ("path", .path(path)), ("deleted", .number(Int64(count)))]]
        case .acl(let path, let acl, let stat):
            [[("path", .path(path)), ("acl", .array(acl.map(Self.entry)))] + Self.stat(stat)]
        case .quota(let path, let limits, let used):
            [[("path", .path(path)), ("quota", limits.json), ("used", used.json)]]
        case .count(let path, let count): [[("path", .path(path)), ("count", .number(Int64(count)))]]
        case .identities(let identities):
            identities.map { [("scheme", .string($0.scheme)), ("user", .string($0.user))] }
        case .facts(let facts): [facts.map { ($0.name, $0.value) }]
        case .change(let change): [change.fields]
        case .text(let name, let text): [[(name, .string(text))]]
        }
    }

    private static func stat(_ stat: Stat?) -> [(String, JSON)] {
        stat.map { [("stat", JSON.stat($0))] } ?? []
    }

    private static func entry(_ acl: ACL) -> JSON {
        .object([
            ("scheme", .string(acl.scheme)), ("id", .string(acl.id)), ("perms", .string("\(acl.permissions)")),
            (
                "permissions",
                .array(Permissions.named.filter { acl.permissions.contains($0.permission) }.map { .string($0.name) })
            ),
        ])
    }
}

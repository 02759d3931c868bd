import CommandLanguage
import ZooKeeperClient

/// Where a tree is: a znode here, a znode of another ensemble, or an export file.
struct Place: ArgumentValue {
    enum Kind {
        case znode(PathArgument)
        case ensemble(ConnectString, ZPath)
        case file(String)
    }

    var kind: Kind
    /// As typed.
    var text: String

    static var kind: ValueKind { .znode }

    /// `/path` is a znode, `zk://host:port,host:port/path` one of another ensemble, and anything else a file; so is
    /// what ends as exports do.
    init(argument: Word) throws(ArgumentError) {
        text = argument.text
        if argument.bytes.first == UInt8(ascii: "/"), !text.hasSuffix(".jsonl"), !text.hasSuffix(".jsonl.gz") {
            kind = .znode(try PathArgument(argument: argument))
        } else if text.hasPrefix("zk://") {
            kind = try Self.ensemble(String(text.dropFirst(5)))
        } else if text.isEmpty {
            throw ArgumentError("the place is empty")
        } else {
            kind = .file(text.hasPrefix("file:") ? String(text.dropFirst(5)) : text)
        }
    }

    private static func ensemble(_ text: String) throws(ArgumentError) -> Kind {
        let hosts = text.prefix { $0 != "/" }
        var path = Array(text.dropFirst(hosts.count).utf8)
        if path.count > 1, path.last == UInt8(ascii: "/") { path.removeLast() }
        let servers: ConnectString
        do throws(ConnectString.Invalid) {
            servers = try ConnectString(String(hosts))
        } catch {
            throw ArgumentError(error.description)
        }
        do throws(ZPathError) {
            return .ensemble(servers, path.isEmpty ? .root : try ZPath(validating: path))
        } catch {
            throw ArgumentError("'\(text)': \(error)")
        }
    }
}

/// A place that is a tree of znodes: its session and its top.
struct TreePlace: Sendable {
    var session: Session
    var top: ZPath
    /// Whether the session is this command's own, to be closed by it.
    var isOwn: Bool
}

extension CommandContext {
    /// The tree at a place; nil for a file.
    func tree(at place: Place) async throws(ShellError) -> TreePlace? {
        switch place.kind {
        case .file: return nil
        case .znode(let argument):
            return TreePlace(session: try await shell.session(), top: try resolve(argument), isOwn: false)
        case .ensemble(let servers, let top):
            return TreePlace(session: await shell.connectElsewhere(servers), top: top, isOwn: true)
        }
    }
}

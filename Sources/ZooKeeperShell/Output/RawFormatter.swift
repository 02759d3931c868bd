import ZooKeeperClient

/// Prints bytes and nothing else: data as it is, names and paths one a line, never escaped.
struct RawFormatter {
    func format(_ reply: Reply) -> [UInt8] {
        switch reply {
        case .data(_, let bytes, nil, .fitting), .data(_, let bytes, nil, .bytes): bytes ?? []
        case .created(let path, nil): path.bytes + [UInt8(ascii: "\n")]
        case .acl(_, let acl, nil): acl.flatMap { Array("\($0)\n".utf8) }
        case .data, .children, .paths, .zeroTerminated, .line, .stat, .existence, .created, .written, .done, .deleted,
            .acl, .quota, .count,
            .identities,
            .facts, .change, .text:
            HumanFormatter(isTerminal: false, width: 80).format(reply)
        }
    }
}

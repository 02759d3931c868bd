import ZooKeeperClient

/// A child that a typed name may be meant to become.
struct ZnodeCandidate: Sendable, Hashable {
    var name: [UInt8]
    var hasChildren: Bool
}

/// Finds the children that start with what was typed.
enum ZnodeCandidates {
    /// Up to this many candidates are asked whether they have children.
    static let lookLimit = 64

    static func children(
        of parent: ZPath, startingWith stem: [UInt8], session: Session
    ) async -> Result<[ZnodeCandidate], ZooKeeperError> {
        do throws(ZooKeeperError) {
            let names = try await session.send(GetChildren(parent)).filter { $0.starts(with: stem) }
                .sorted { $0.lexicographicallyPrecedes($1) }
            return .success(await withHasChildren(names, of: parent, session))
        } catch {
            return .failure(error)
        }
    }

    private static func withHasChildren(
        _ names: [[UInt8]], of parent: ZPath, _ session: Session
    ) async -> [ZnodeCandidate] {
        // Past this nobody reads marks, and asking would take longer than the list.
        guard names.count <= lookLimit else { return names.map { ZnodeCandidate(name: $0, hasChildren: false) } }
        return await withTaskGroup(of: (Int, Bool).self) { group in
            for (index, name) in names.enumerated() {
                group.addTask {
                    let stat = try? await session.send(Exists(parent.child(name)))
                    return (index, (stat?.numChildren ?? 0) > 0)
                }
            }
            var marks = [Bool](repeating: false, count: names.count)
            for await (index, mark) in group { marks[index] = mark }
            return zip(names, marks).map { ZnodeCandidate(name: $0, hasChildren: $1) }
        }
    }
}

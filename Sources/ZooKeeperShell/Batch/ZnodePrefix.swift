import CommandLanguage
import Glibc
import ZooKeeperClient

/// `--complete-znode`: the paths that start with what was typed, for the completion of other shells.
///
/// Silent and quick, whatever is wrong: a completion must not disturb a prompt.
@ShellActor
enum ZnodePrefix {
    static func print(_ prefix: Word, _ shell: Shell) async -> ExitStatus {
        let deadline = Task.ofShell {
            try? await Task.sleep(for: .milliseconds(1500))
            if !Task.isCancelled { _exit(ExitStatus.connection.rawValue) }
        }
        defer { deadline.cancel() }
        let typed = prefix.bytes.isEmpty ? [UInt8(ascii: "/")] : prefix.bytes
        let slash = UInt8(ascii: "/")
        guard typed.first == slash, let last = typed.lastIndex(of: slash) else { return .refused }
        let stem = typed[(last + 1)...]
        do throws(ShellError) {
            let context = CommandContext(shell: shell, command: "", prefix: "")
            let parent = try context.resolve(PathArgument(bytes: last == 0 ? [slash] : Array(typed[..<last])))
            let session = try await shell.session()
            let candidates = await shell.znodeCandidates.children(
                of: parent, startingWith: Array(stem), session: session)
            for candidate in (try? candidates.get()) ?? [] {
                try await shell.streams.out.write(
                    parent.child(candidate.name).bytes + (candidate.hasChildren ? [slash] : []))
                try await shell.streams.out.write("\n")
            }
            try await shell.streams.out.flush()
        } catch {
            return error.status
        }
        await shell.closeSession()
        return .done
    }
}

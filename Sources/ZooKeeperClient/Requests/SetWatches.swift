/// Registers the watches of a session again on a new connection.
///
/// The short form is sent when there is no persistent watch: a server before 3.6 answers the long form by closing the
/// connection. Paths are server paths.
struct SetWatches: Sendable, Hashable {
    var relativeZxid: Int64
    var data: [ZPath] = []
    var exist: [ZPath] = []
    var child: [ZPath] = []
    var persistent: [ZPath] = []
    var persistentRecursive: [ZPath] = []

    var opCode: OpCode { persistent.isEmpty && persistentRecursive.isEmpty ? .setWatches : .setWatches2 }

    func encode(into writer: inout JuteWriter) {
        writer.write(relativeZxid)
        let short = [data, exist, child]
        for paths in opCode == .setWatches ? short : short + [persistent, persistentRecursive] {
            // Never null: a null vector makes the server refuse the whole record.
            writer.write(vector: paths) { $0.write(serverPath: $1) }
        }
    }
}

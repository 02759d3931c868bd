import Glibc

/// What may stand for a value that is no znode: access control lists and local files.
enum ValueCandidates {
    /// A beginning, and whether nothing follows in the same word.
    typealias Candidate = (text: String, isComplete: Bool)

    /// The entry behind the last comma: a scheme with its id first, then permission letters.
    static func acl(_ typed: String) -> [Candidate] {
        let start = typed.lastIndex(of: ",").map { typed.index(after: $0) } ?? typed.startIndex
        let before = String(typed[..<start])
        let entry = typed[start...]
        guard let colon = entry.firstIndex(of: ":"), let last = entry.lastIndex(of: ":"), colon < last else {
            return ["world:anyone:", "auth::", "digest:", "ip:", "sasl:", "x509:"].filter { $0.hasPrefix(entry) }
                .map { (before + $0, false) }
        }
        let letters = entry[entry.index(after: last)...]
        if letters.isEmpty {
            return ["cdrwa", "r", "rw", "cdrw"].map { (typed + $0, true) }
        }
        return "cdrwa".filter { !letters.contains($0) }.map { (typed + String($0), false) }
    }

    /// The entries of the directory that the typed path leads to.
    static func files(_ typed: String) -> [Candidate] {
        let slash = typed.lastIndex(of: "/")
        let directory = slash.map { String(typed[...$0]) } ?? ""
        let stem = slash.map { typed[typed.index(after: $0)...] } ?? typed[...]
        guard let stream = opendir(directory.isEmpty ? "." : directory) else { return [] }
        defer { closedir(stream) }
        var found: [Candidate] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            guard name.hasPrefix(stem), name != ".", name != "..", stem.hasPrefix(".") || !name.hasPrefix(".") else {
                continue
            }
            var status = stat()
            let isDirectory = stat(directory + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
            found.append((directory + name + (isDirectory ? "/" : ""), !isDirectory))
        }
        return found.sorted { $0.text < $1.text }
    }
}

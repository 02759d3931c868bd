import CommandLanguage
import Glibc
import ZooKeeperClient

/// `find`: the znodes of a subtree that meet all conditions.
struct Find: Command {
    static let name = Option<Glob>("-name", label: "GLOB", help: "Whose name, or path if there is a / in it, matches")
    static let regex = Option<RegularExpression>("-regex", label: "REGEX", help: "Whose path matches")
    static let data = Option<RegularExpression>("-data", label: "REGEX", help: "Whose data matches")
    static let ephemeral = Flag("-ephemeral", help: "That are ephemeral")
    static let owner = Option<SessionArgument>("-owner", label: "SESSION", help: "That belong to a session")
    static let empty = Flag("-empty", help: "That have neither data nor children")
    static let size = Option<SizeArgument>(
        "-size", label: "[+-]BYTES", help: "That have more, less, or just so many bytes of data; k and M multiply")
    static let newer = Option<TimeArgument>(
        "-newer", label: "TIME",
        help: "Whose data was set within a span as 10m, or since a time as 2026-11-24T16:00:00Z")
    static let maxDepth = Option<Int>("-maxdepth", label: "DEPTH", help: "Not deeper than so many levels")
    static let print0 = Flag("-print0", help: "End each path with a NUL, for xargs -0")
    static let exec = Option<String>(
        "-exec", label: "LINE", help: "Run a line of the local shell for each, {} in it being the path")
    static let delete = Flag("-delete", help: "Delete what is found, children before parents")
    static let path = OptionalPositional<PathArgument>("path", help: "The top; the working path if not given")

    static let names = ["find"]

    static let spec = CommandSpec(
        names, group: CommandTable.Group.reading, "Find znodes",
        discussion: """
            Prints the paths of the znodes that meet all conditions, as they are found. With -delete they are deleted \
            instead, but for those that have children left, which are told.
            """,
        parameters: [
            name, regex, data, ephemeral, owner, empty, size, newer, maxDepth, print0, exec, delete, path,
        ],
        exclusive: [["-print0", "-exec", "-delete"]],
        examples: [
            Example("find /app -name '*lock*'", "By name"),
            Example("find / -ephemeral -newer 10m", "What came alive in the last ten minutes"),
            Example("find /app -size +100k", "Large ones"),
            Example("find /app/old -empty -delete", "Clean up"),
        ]
    )

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func run(in context: CommandContext) async throws(ShellError) {
        let path = try context.resolve(arguments[Self.path] ?? PathArgument(context.shell.workingPath ?? .root))
        if arguments[Self.delete] { try await context.shell.allowWrite([Word("find"), Word("-delete")]) }
        let conditions = FindConditions(arguments)
        let survey = try await Survey(
            of: path, in: context, reading: conditions.reading, maxDepth: arguments[Self.maxDepth] ?? .max)
        var doomed: [ZPath] = []
        while let visits = try await survey.next() {
            let found = visits.filter(conditions.hold).map(\.path)
            if arguments[Self.delete] {
                doomed += found.filter { !$0.isRoot && !$0.isWithin("/zookeeper") }
            } else if let line = arguments[Self.exec] {
                for path in found { try await run(line, path, context) }
            } else {
                try await context.emit(arguments[Self.print0] ? .zeroTerminated(found) : .paths(found))
            }
        }
        if arguments[Self.delete] { try await delete(doomed, context) }
        try await survey.finish()
    }

    @ShellActor private func run(_ line: String, _ path: ZPath, _ context: CommandContext) async throws(ShellError) {
        try await context.flush()
        let text = Self.withPath(line)
        let status = await LocalProcess.run(text, ["\(path)"]) ?? 127
        if status != 0 {
            await context.report(
                ShellError("find: the command for \(path) ended with status \(status)", status: .partial))
        }
        if Task.isCancelled { throw context.interrupted("at \(path)") }
    }

    /// The line with each `{}` as the shell's first parameter, quoted: a path never is a piece of a program.
    private static func withPath(_ line: String) -> String {
        var text = ""
        for character in line {
            if character == "}", text.last == "{" {
                text.removeLast()
                text += "\"$1\""
            } else {
                text.append(character)
            }
        }
        return text
    }

    @ShellActor private func delete(_ paths: [ZPath], _ context: CommandContext) async throws(ShellError) {
        let writer = BatchWriter(session: try await context.shell.session())
        context.shell.znodeCandidates.forget()
        try await context.describing { () async throws(ZooKeeperError) in
            for path in paths.reversed() { try await writer.add(.delete(path, version: -1)) }
            try await writer.finish()
        }
        let failures = await writer.failures.filter { $0.code != .noNode }
        for failure in failures.prefix(20) {
            await context.report(ShellError("find: \(failure.operation.path): \(failure.code)", status: .partial))
        }
        if let first = paths.first { try await context.emit(.deleted(first, count: await writer.done)) }
        if !failures.isEmpty {
            throw ShellError("find: \(Count.znodes(failures.count)) were not deleted", status: .partial)
        }
    }
}

/// What `find` asks of a znode.
struct FindConditions {
    private let arguments: Arguments
    private let path: RegularExpression.Matcher?
    private let data: RegularExpression.Matcher?

    init(_ arguments: Arguments) {
        self.arguments = arguments
        path = arguments[Find.regex]?.compiled()
        data = arguments[Find.data]?.compiled()
    }

    /// What must be read to tell.
    var reading: TreeWalk.Reading {
        if data != nil { return .data }
        let needsStat =
            arguments[Find.ephemeral] || arguments[Find.empty] || arguments[Find.owner] != nil
            || arguments[Find.size] != nil || arguments[Find.newer] != nil
        return needsStat ? .stats : .names
    }

    func hold(_ visit: TreeWalk.Visit) -> Bool {
        if let glob = arguments[Find.name], !glob.matches(visit.path) { return false }
        if let path, !path.matches(visit.path.bytes) { return false }
        if reading == .names { return true }
        guard let stat = visit.stat else { return false }
        if arguments[Find.ephemeral], !stat.isEphemeral { return false }
        if let owner = arguments[Find.owner], stat.ephemeralOwner != owner.id { return false }
        if arguments[Find.empty], stat.dataLength > 0 || stat.numChildren > 0 { return false }
        if let size = arguments[Find.size], !size.matches(Int(stat.dataLength)) { return false }
        if let newer = arguments[Find.newer], stat.mtime < newer.milliseconds { return false }
        if let data, !data.matches(visit.data ?? []) { return false }
        return true
    }
}

/// `+100k`: more than, less than, or just so many bytes.
struct SizeArgument: ArgumentValue {
    private var order: Character?
    private var bytes: Int

    static var kind: ValueKind { .text }

    init(argument: Word) throws(ArgumentError) {
        var text = argument.text[...]
        if let first = text.first, first == "+" || first == "-" {
            order = first
            text = text.dropFirst()
        }
        let units: [Character: Int] = ["k": 1 << 10, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
        let factor = text.last.flatMap { units[$0] }
        let digits = factor == nil ? text : text.dropLast()
        guard let count = Int(digits), count >= 0, count < 1 << 30 else {
            throw ArgumentError("'\(argument.text)' is no size; write +100, -1k or 1M")
        }
        bytes = count * (factor ?? 1)
    }

    func matches(_ count: Int) -> Bool {
        switch order {
        case "+": count > bytes
        case "-": count < bytes
        default: count == bytes
        }
    }
}

/// A point in time: a span before now, or RFC 3339.
struct TimeArgument: ArgumentValue {
    /// Since 1970.
    var milliseconds: Int64

    static var kind: ValueKind { .duration }

    init(argument: Word) throws(ArgumentError) {
        if let span = try? TimeSpan(argument: argument) {
            milliseconds = Timestamp.now() - span.milliseconds
            return
        }
        if let time = Self.time(argument.text) {
            milliseconds = time
            return
        }
        throw ArgumentError("'\(argument.text)' is neither a span of time as 10m nor a time as 2026-11-24T16:00:00Z")
    }
}

extension TimeArgument {
    /// `2026-11-24`, with a time of day if there is one, and a Z for UTC; without it the zone is the local one.
    private static func time(_ text: String) -> Int64? {
        let isUniversal = text.last == "Z" || text.last == "z"
        let digits = isUniversal ? text.dropLast() : text[...]
        let parts = digits.split { $0 == "-" || $0 == "T" || $0 == " " || $0 == ":" }.map {
            Int32($0.prefix { $0 != "." })
        }
        let numbers = parts.compactMap { $0 }
        guard numbers.count == parts.count, [3, 5, 6].contains(numbers.count), numbers[0] >= 1970,
            (1...12).contains(numbers[1]), (1...31).contains(numbers[2])
        else { return nil }
        var date = tm()
        (date.tm_year, date.tm_mon, date.tm_mday, date.tm_isdst) = (numbers[0] - 1900, numbers[1] - 1, numbers[2], -1)
        if numbers.count > 3 { (date.tm_hour, date.tm_min) = (numbers[3], numbers[4]) }
        if numbers.count > 5 { date.tm_sec = numbers[5] }
        return Int64(isUniversal ? timegm(&date) : mktime(&date)) * 1000
    }
}

/// A session's id, in hexadecimal as `stat` prints it.
struct SessionArgument: ArgumentValue {
    var id: Int64

    static var kind: ValueKind { .session }

    init(argument: Word) throws(ArgumentError) {
        let text = argument.text.lowercased()
        let digits = text.hasPrefix("0x") ? String(text.dropFirst(2)) : text
        guard let value = UInt64(digits, radix: 16) else {
            throw ArgumentError("'\(argument.text)' is no session id; it looks like 0x100001234560000")
        }
        id = Int64(bitPattern: value)
    }
}

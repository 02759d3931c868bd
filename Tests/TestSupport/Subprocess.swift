import Foundation
import Glibc
import Synchronization

/// What became of a program that ran to its end.
public struct CommandResult: Sendable {
    /// The exit status.
    public var status: Int32
    /// Standard output, exact.
    public var stdout: [UInt8]
    /// Standard error, exact.
    public var stderr: [UInt8]

    /// Standard output as text.
    public var out: String { String(decoding: stdout, as: UTF8.self) }
    /// Standard error as text.
    public var err: String { String(decoding: stderr, as: UTF8.self) }
}

/// Why a test cannot go on.
public struct TestSupportError: Error, CustomStringConvertible {
    /// What happened.
    public let description: String
    /// An error with a text.
    public init(_ description: String) { self.description = description }
}

/// A running program whose output is collected as it comes.
///
/// Not Foundation's `Process`: that one inherits descriptors between tests that run at the same time.
public final class Subprocess: Sendable {
    private struct Output {
        var out: [UInt8] = []
        var err: [UInt8] = []
        var openStreams = 2
        var status: Int32?
    }

    private let output = Mutex(Output())
    private let input: Mutex<Int32>
    /// The program's process id.
    public let pid: Int32

    /// Starts a program.
    ///
    /// Standard input stays open until `closeInput`.
    public init(_ path: String, _ arguments: [String], environment: [String: String] = [:]) throws {
        _ = Glibc.signal(SIGPIPE, SIG_IGN)
        let environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        // One at a time, or a pipe would be inherited before it is marked as not to be.
        let (pid, stdin, stdout, stderr) = try Self.starting.withLock { _ in
            let (stdin, stdout, stderr) = (try Self.pipe(), try Self.pipe(), try Self.pipe())
            let inherited = [stdin.read, stdout.write, stderr.write]
            let pid = try Self.spawn(path, arguments, environment, descriptors: inherited)
            for descriptor in inherited { close(descriptor) }
            return (pid, stdin, stdout, stderr)
        }
        self.pid = pid
        input = Mutex(stdin.write)
        collect(stdout.read) { $0.out += $1 }
        collect(stderr.read) { $0.err += $1 }
        awaitEnd()
    }

    private static let starting = Mutex(())

    private static func pipe() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else { throw TestSupportError("pipe: errno \(errno)") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    private static func spawn(
        _ path: String, _ arguments: [String], _ environment: [String: String], descriptors: [Int32]
    ) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (target, descriptor) in descriptors.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(target))
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The program meets the signals as a shell would hand them over.
        var defaults = sigset_t()
        sigemptyset(&defaults)
        sigaddset(&defaults, SIGPIPE)
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        let words = ([path] + arguments).map { strdup($0) } + [nil]
        let settings = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + settings { free(text) } }
        var pid: pid_t = 0
        let status = posix_spawn(&pid, path, &actions, &attributes, words, settings)
        guard status == 0 else { throw TestSupportError("cannot start \(path): \(String(cString: strerror(status)))") }
        return pid
    }

    private func collect(_ descriptor: Int32, _ store: @escaping @Sendable (inout Output, ArraySlice<UInt8>) -> Void) {
        Thread.detachNewThread { [self] in
            var chunk = [UInt8](repeating: 0, count: 64 * 1024)
            while true {
                let count = read(descriptor, &chunk, chunk.count)
                if count < 0, errno == EINTR { continue }
                output.withLock { output in
                    if count <= 0 { output.openStreams -= 1 } else { store(&output, chunk[..<count]) }
                }
                if count <= 0 { break }
            }
            close(descriptor)
        }
    }

    private func awaitEnd() {
        Thread.detachNewThread { [self] in
            var status: Int32 = 0
            while waitpid(pid, &status, 0) < 0, errno == EINTR {}
            let signal = status & 0x7f
            output.withLock { $0.status = signal == 0 ? (status >> 8) & 0xff : 128 + signal }
        }
    }

    /// Standard output so far.
    public var out: String { output.withLock { String(decoding: $0.out, as: UTF8.self) } }
    /// Standard error so far.
    public var err: String { output.withLock { String(decoding: $0.err, as: UTF8.self) } }

    /// Writes to standard input; blocks while the program does not read.
    public func write(_ bytes: [UInt8]) {
        input.withLock { descriptor in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if count < 0 { return }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// Ends standard input.
    public func closeInput() {
        input.withLock { descriptor in
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
    }

    /// Whether it has ended.
    public var hasEnded: Bool { output.withLock { $0.status != nil } }
    /// Sends a signal.
    public func signal(_ number: Int32) { kill(pid, number) }

    /// Waits until the output holds a text.
    public func waitForOutput(containing text: String, deadline: Duration = .seconds(20)) async throws {
        try await eventually("'\(text)' in the output", deadline, { "out: \(self.out)\nerr: \(self.err)" }) {
            self.out.contains(text)
        }
    }

    /// Waits until standard error holds a text.
    public func waitForError(containing text: String, deadline: Duration = .seconds(20)) async throws {
        try await eventually("'\(text)' on standard error", deadline, { "out: \(self.out)\nerr: \(self.err)" }) {
            self.err.contains(text)
        }
    }

    /// Waits for the end; kills the program when it takes too long.
    public func wait(deadline: Duration = .seconds(30)) async throws -> CommandResult {
        do {
            try await eventually("the end of the program", deadline, { "out: \(self.out)\nerr: \(self.err)" }) {
                self.output.withLock { $0.status != nil && $0.openStreams == 0 }
            }
        } catch {
            signal(SIGKILL)
            throw error
        }
        return output.withLock { CommandResult(status: $0.status ?? -1, stdout: $0.out, stderr: $0.err) }
    }
}

/// Looks until a condition holds.
public func eventually(
    _ what: String, _ deadline: Duration = .seconds(20), _ details: @Sendable () -> String = { "" },
    _ condition: @Sendable () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + deadline
    while try await !condition() {
        if ContinuousClock.now > end { throw TestSupportError("waited in vain for \(what)\n\(details())") }
        try await Task.sleep(for: .milliseconds(10))
    }
}

/// Runs a program to its end.
public func run(
    _ path: String, _ arguments: [String], stdin: [UInt8] = [], environment: [String: String] = [:],
    deadline: Duration = .seconds(30)
) async throws -> CommandResult {
    let process = try Subprocess(path, arguments, environment: environment)
    process.write(stdin)
    process.closeInput()
    return try await process.wait(deadline: deadline)
}

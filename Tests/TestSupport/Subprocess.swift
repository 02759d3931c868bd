import Foundation
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
public final class Subprocess: Sendable {
    private struct Output {
        var out: [UInt8] = []
        var err: [UInt8] = []
        var openStreams = 2
        var status: Int32?
    }

    // Foundation's Process is not Sendable; it is touched under the lock only.
    private let process: Mutex<Process>
    private let output = Mutex(Output())
    private let input: FileHandle
    /// The program's process id.
    public let pid: Int32

    /// Starts a program.
    ///
    /// Standard input stays open until `closeInput`.
    public init(_ path: String, _ arguments: [String], environment: [String: String] = [:]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = stderr
        input = stdin.fileHandleForWriting
        try process.run()
        pid = process.processIdentifier
        self.process = Mutex(process)
        collect(stdout.fileHandleForReading) { $0.out += $1 }
        collect(stderr.fileHandleForReading) { $0.err += $1 }
    }

    private func collect(_ handle: FileHandle, _ store: @escaping @Sendable (inout Output, Data) -> Void) {
        Thread.detachNewThread { [self] in
            while true {
                let data = handle.availableData
                output.withLock { output in
                    if data.isEmpty { output.openStreams -= 1 } else { store(&output, data) }
                }
                if data.isEmpty { return }
            }
        }
    }

    /// Standard output so far.
    public var out: String { output.withLock { String(decoding: $0.out, as: UTF8.self) } }
    /// Standard error so far.
    public var err: String { output.withLock { String(decoding: $0.err, as: UTF8.self) } }

    /// Writes to standard input.
    public func write(_ bytes: [UInt8]) { try? input.write(contentsOf: Data(bytes)) }
    /// Ends standard input.
    public func closeInput() { try? input.close() }
    /// Sends a signal.
    public func signal(_ number: Int32) { kill(pid, number) }

    /// Waits until the output holds a text.
    public func waitForOutput(containing text: String, deadline: Duration = .seconds(20)) async throws {
        try await eventually("'\(text)' in the output", deadline, { "out: \(self.out)\nerr: \(self.err)" }) {
            self.out.contains(text)
        }
    }

    /// Waits for the end; kills the program when it takes too long.
    public func wait(deadline: Duration = .seconds(30)) async throws -> CommandResult {
        do {
            try await eventually("the end of the program", deadline, { "out: \(self.out)\nerr: \(self.err)" }) {
                self.process.withLock { !$0.isRunning } && self.output.withLock { $0.openStreams == 0 }
            }
        } catch {
            signal(SIGKILL)
            throw error
        }
        let status = process.withLock { $0.terminationStatus }
        return output.withLock { CommandResult(status: status, stdout: $0.out, stderr: $0.err) }
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

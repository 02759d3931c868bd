/// Commands that run on while others are typed.
@ShellActor
final class Jobs {
    private struct Job {
        var line: String
        var task: Task<Void, Never>
    }

    private var running: [Int: Job] = [:]
    private var count = 0

    /// Starts work under the next number.
    func start(_ line: String, _ work: @escaping @ShellActor () async -> Void) -> Int {
        count += 1
        let number = count
        let task = Task.ofShell { () async -> Void in
            await work()
            self.running[number] = nil
        }
        running[number] = Job(line: line, task: task)
        return number
    }

    /// The numbers and lines of those that still run.
    var list: [(number: Int, line: String)] {
        running.sorted { $0.key < $1.key }.map { ($0.key, $0.value.line) }
    }

    /// Ends one; false when there is none of that number.
    func end(_ number: Int) async -> Bool {
        guard let job = running[number] else { return false }
        job.task.cancel()
        await job.task.value
        return true
    }

    func endAll() async {
        for number in running.keys { _ = await end(number) }
    }
}

import Glibc

/// Asks for something on the terminal.
enum Question {
    /// A line that is not shown while it is typed.
    static func secret(_ prompt: String, for command: String) async throws(ShellError) -> [UInt8] {
        try await line(
            prompt, isShown: false,
            orElse: "\(command): the credentials are missing, and there is no terminal to ask for them")
    }

    /// A question that only a y answers with yes.
    static func confirm(_ question: String) async throws(ShellError) -> Bool {
        let answer = try await line(
            question, isShown: true, orElse: "there is no terminal to ask on; --yes answers every question")
        return answer.first == UInt8(ascii: "y") || answer.first == UInt8(ascii: "Y")
    }

    private static func line(
        _ prompt: String, isShown: Bool, orElse failure: String
    ) async throws(ShellError) -> [UInt8] {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
        guard terminal >= 0 else {
            throw ShellError(failure, status: .usage)
        }
        defer { close(terminal) }
        var before = termios()
        tcgetattr(terminal, &before)
        var asking = before
        if isShown { asking.c_lflag |= tcflag_t(ECHO) } else { asking.c_lflag &= ~tcflag_t(ECHO) }
        tcsetattr(terminal, TCSAFLUSH, &asking)
        defer {
            tcsetattr(terminal, TCSAFLUSH, &before)
            if !isShown { _ = write(terminal, "\n", 1) }
        }
        _ = Array(prompt.utf8).withUnsafeBytes { write(terminal, $0.baseAddress, $0.count) }
        var answer: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            try await Readiness.wait(for: terminal, POLLIN)
            guard read(terminal, &byte, 1) == 1, byte != UInt8(ascii: "\n") else { return answer }
            answer.append(byte)
        }
    }
}

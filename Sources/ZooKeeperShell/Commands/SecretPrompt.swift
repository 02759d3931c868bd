import Glibc

/// Asks for something on the terminal without showing it.
enum SecretPrompt {
    static func ask(_ prompt: String) async throws(ShellError) -> [UInt8] {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
        guard terminal >= 0 else {
            throw ShellError(
                "addauth: the credentials are missing, and there is no terminal to ask for them", status: .usage)
        }
        defer { close(terminal) }
        var shown = termios()
        tcgetattr(terminal, &shown)
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(terminal, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(terminal, TCSAFLUSH, &shown)
            _ = write(terminal, "\n", 1)
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

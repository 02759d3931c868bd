import Glibc
import ZooKeeperShell

// Arguments as bytes: `CommandLine.arguments` would repair what is not UTF-8, and data must arrive as it was typed.
let arguments = (1..<max(1, Int(CommandLine.argc))).compactMap { index in
    CommandLine.unsafeArgv[index].map {
        Array(UnsafeBufferPointer(start: $0, count: strlen($0))).map(UInt8.init(bitPattern:))
    }
}
Main.run(arguments)

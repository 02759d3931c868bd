import Foundation

/// Where things are.
public enum Locations {
    /// The top of the project.
    public static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    /// The program under test: `$ZKCLI_BINARY`, or what a debug build makes.
    public static let zkcli = ProcessInfo.processInfo.environment["ZKCLI_BINARY"] ?? project + "/.build/debug/zkcli"
}

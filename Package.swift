// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
]

let package = Package(
    name: "zkcli",
    products: [
        .executable(name: "zkcli", targets: ["zkcli"]),
        .library(name: "ZooKeeperClient", targets: ["ZooKeeperClient"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    ],
    targets: [
        .executableTarget(name: "zkcli", dependencies: ["ZooKeeperShell"], swiftSettings: settings),
        .target(
            name: "ZooKeeperShell",
            dependencies: [
                "CLibMD", "CZlib", "CommandLanguage", "LineEditor", "ZooKeeperClient",
                .product(name: "DequeModule", package: "swift-collections"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "ZooKeeperClient",
            dependencies: nio + [
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HeapModule", package: "swift-collections"),
            ],
            swiftSettings: settings
        ),
        .target(name: "CommandLanguage", swiftSettings: settings),
        .target(name: "LineEditor", dependencies: ["CLibEdit"], swiftSettings: settings),
        .target(
            name: "CLibEdit",
            // The archives, not the shared objects: the installed binary must run where libedit is not installed.
            linkerSettings: [
                .linkedLibrary(":libedit.a"), .linkedLibrary(":libtinfo.a"),
                .linkedLibrary(":libbsd.a"), .linkedLibrary(":libmd.a"),
            ]
        ),
        .target(name: "CZlib", linkerSettings: [.linkedLibrary(":libz.a")]),
        .target(name: "CLibMD", linkerSettings: [.linkedLibrary(":libmd.a")]),
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
        .testTarget(name: "CommandLanguageTests", dependencies: ["CommandLanguage"], swiftSettings: settings),
        .testTarget(name: "LineEditorTests", dependencies: ["LineEditor", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "ZooKeeperClientTests",
            dependencies: [
                "ZooKeeperClient"
            ] + nio,
            swiftSettings: settings
        ),
        .testTarget(
            name: "ZooKeeperShellTests",
            dependencies: ["ZooKeeperShell", "ZooKeeperClient", "CommandLanguage", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "IntegrationTests",
            dependencies: ["ZooKeeperClient", "ZooKeeperShell", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(name: "TerminalTests", dependencies: ["TestSupport"], swiftSettings: settings),
    ]
)

// swift-tools-version: 6.3
import PackageDescription

// A package of its own: what the measurements depend on never reaches who embeds the engine.
let package = Package(
  name: "daybook-benchmarks",
  platforms: [.macOS(.v26)],
  dependencies: [
    // Without the tool: the engine alone is measured.
    .package(name: "daybook", path: "..", traits: [])
  ],
  targets: [
    // The floor, the raw disk and the count of allocations, in C.
    .target(name: "CBenchmark", linkerSettings: [.linkedLibrary("lz4")]),
    .executableTarget(
      name: "DaybookCompare",
      dependencies: [
        "CBenchmark", .product(name: "Daybook", package: "daybook"),
        .product(name: "DaybookInterchange", package: "daybook"),
      ],
      swiftSettings: [
        .swiftLanguageMode(.v6),
        .treatAllWarnings(as: .error),
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
      ]),
  ]
)

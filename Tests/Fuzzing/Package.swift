// swift-tools-version: 6.3
import PackageDescription

// A package of its own: only the fuzzer builds it, with its coverage counters in every module.
let package = Package(
  name: "daybook-fuzzing",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "daybook", path: "../..", traits: [])],
  targets: [
    .target(name: "CFuzzer"),
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "CFuzzer", .product(name: "Daybook", package: "daybook"),
        .product(name: "DaybookInterchange", package: "daybook"),
        .product(name: "DaybookScenarios", package: "daybook"),
        .product(name: "DaybookTesting", package: "daybook"),
      ],
      swiftSettings: [
        .swiftLanguageMode(.v6), .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
      ]),
  ]
)

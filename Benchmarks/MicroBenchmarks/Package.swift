// swift-tools-version: 6.3
import PackageDescription

// A package of its own beside `compare`, which is so built without the library that measures here.
let package = Package(
  name: "daybook-micro",
  platforms: [.macOS(.v26)],
  dependencies: [
    .package(name: "daybook", path: "../..", traits: []),
    // Without its traits it needs neither jemalloc nor an interposer; allocations are then not counted.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "DaybookMicro",
      dependencies: [
        .product(name: "Benchmark", package: "benchmark"),
        .product(name: "Daybook", package: "daybook"),
        .product(name: "DaybookScenarios", package: "daybook"),
        .product(name: "DaybookTesting", package: "daybook"),
      ],
      path: "Benchmarks/DaybookMicro",
      swiftSettings: [
        .swiftLanguageMode(.v6),
        .treatAllWarnings(as: .error),
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
      ],
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
  ]
)

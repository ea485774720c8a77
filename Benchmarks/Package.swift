// swift-tools-version: 6.3
import PackageDescription

// A package of its own: what the measurements depend on never reaches who embeds the engine.
let package = Package(
  name: "daybook-benchmarks",
  platforms: [.macOS(.v26)],
  // The neighbours. `compare` turns on those whose headers it finds; without one the rest is measured.
  traits: [
    .trait(name: "SQLite", description: "Measure beside SQLite: libsqlite3-dev."),
    .trait(name: "LMDB", description: "Measure beside LMDB: liblmdb-dev."),
    .trait(name: "RocksDB", description: "Measure beside RocksDB: librocksdb-dev."),
  ],
  dependencies: [
    // Without the tool: the engine alone is measured.
    .package(name: "daybook", path: "..", traits: [])
  ],
  targets: [
    // The floor, the raw disk and the count of allocations, in C.
    .target(name: "CBenchmark", linkerSettings: [.linkedLibrary("lz4")]),
    // The other stores, behind one interface in C.
    .target(
      name: "CNeighbours",
      cSettings: [
        .define("NEIGHBOUR_HAS_SQLITE", .when(traits: ["SQLite"])),
        .define("NEIGHBOUR_HAS_LMDB", .when(traits: ["LMDB"])),
        .define("NEIGHBOUR_HAS_ROCKSDB", .when(traits: ["RocksDB"])),
      ],
      linkerSettings: [
        .linkedLibrary("sqlite3", .when(traits: ["SQLite"])),
        .linkedLibrary("lmdb", .when(traits: ["LMDB"])),
        .linkedLibrary("rocksdb", .when(traits: ["RocksDB"])),
      ]),
    .executableTarget(
      name: "DaybookCompare",
      dependencies: [
        "CBenchmark", "CNeighbours", .product(name: "Daybook", package: "daybook"),
        .product(name: "DaybookInterchange", package: "daybook"),
        .product(name: "DaybookScenarios", package: "daybook"),
      ],
      swiftSettings: [
        .swiftLanguageMode(.v6),
        .treatAllWarnings(as: .error),
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
      ]),
    // Writers and followers for .ci/follow-check and .ci/backup-check.
    .executableTarget(
      name: "DaybookWitness",
      dependencies: [
        .product(name: "Daybook", package: "daybook"),
        .product(name: "DaybookTesting", package: "daybook"),
      ],
      swiftSettings: [
        .swiftLanguageMode(.v6),
        .treatAllWarnings(as: .error),
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
      ]),
  ]
)

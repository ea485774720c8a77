// swift-tools-version: 6.3
import PackageDescription

// Every target is built the same way: language mode 6, every warning an error, every unsafe
// expression marked, and imports internal unless a file says that they are part of its interface.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

func library(
  _ name: String, _ dependencies: [Target.Dependency] = [], texts: [String] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, resources: texts.map { .embedInCode($0) },
    swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let package = Package(
  name: "daybook",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "Daybook", targets: ["Daybook"]),
    .library(name: "DaybookInterchange", targets: ["DaybookInterchange"]),
    .library(name: "DaybookScenarios", targets: ["DaybookScenarios"]),
    .library(name: "DaybookTesting", targets: ["DaybookTesting"]),
    .library(name: "DaybookTool", targets: ["DaybookTool"]),
    .executable(name: "daybook", targets: ["daybook-cli"]),
  ],
  traits: [
    .trait(name: "Tool", description: "The command line tool, which brings ArgumentParser."),
    .default(enabledTraits: ["Tool"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // Floor 0: exact values and bytes, and the C beneath them.
    library("DaybookValues"),
    .target(name: "CDaybookCRC32C"),
    .target(name: "CDaybookSystem"),
    .systemLibrary(name: "CDaybookLZ4", providers: [.apt(["liblz4-dev"]), .brew(["lz4"])]),
    .systemLibrary(
      name: "CDaybookCrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
    library("DaybookBytes", ["CDaybookCRC32C", "CDaybookLZ4", "CDaybookCrypto"]),

    // Floor 1: the world outside, what an event is, what a report is.
    library("DaybookWorld", ["CDaybookSystem", "DaybookBytes", "DaybookValues"]),
    library("DaybookEvents", ["DaybookBytes", "DaybookValues"]),
    library("DaybookReporting", ["DaybookValues"]),

    // Floor 2: the log, and the published language of a clinic.
    library("DaybookLog", ["DaybookBytes", "DaybookEvents", "DaybookValues", "DaybookWorld"]),
    library("DaybookClinicEvents", ["DaybookBytes", "DaybookEvents", "DaybookValues"]),

    // Floor 3: log and events joined, and the arithmetic that the Desk and the departments share.
    library(
      "DaybookEngine",
      ["DaybookBytes", "DaybookEvents", "DaybookLog", "DaybookValues", "DaybookWorld"]),
    library(
      "DaybookClinicRules",
      ["DaybookBytes", "DaybookClinicEvents", "DaybookEvents", "DaybookValues"]),

    // Floor 4: the Desk writes, the departments read; none of them knows another.
    library(
      "DaybookDesk",
      [
        "DaybookBytes", "DaybookClinicEvents", "DaybookClinicRules", "DaybookEvents",
        "DaybookValues",
      ]),
    library(
      "DaybookVisits",
      [
        "DaybookBytes", "DaybookClinicEvents", "DaybookEvents", "DaybookReporting", "DaybookValues",
      ]),
    library(
      "DaybookAccounting",
      [
        "DaybookBytes", "DaybookClinicEvents", "DaybookClinicRules", "DaybookEngine",
        "DaybookEvents", "DaybookReporting", "DaybookValues",
      ]),
    library(
      "DaybookHumanResources",
      [
        "DaybookBytes", "DaybookClinicEvents", "DaybookClinicRules", "DaybookEvents",
        "DaybookReporting", "DaybookValues",
      ]),
    library(
      "DaybookLogistics",
      [
        "DaybookBytes", "DaybookClinicEvents", "DaybookEvents", "DaybookReporting", "DaybookValues",
      ]),
    library(
      "DaybookTesting",
      [
        "DaybookBytes", "DaybookEngine", "DaybookEvents", "DaybookLog", "DaybookValues",
        "DaybookWorld",
      ]),

    // Floor 5: the front door; real data in, books out.
    library(
      "Daybook",
      [
        "DaybookAccounting", "DaybookBytes", "DaybookClinicEvents", "DaybookClinicRules",
        "DaybookDesk", "DaybookEngine", "DaybookEvents", "DaybookHumanResources", "DaybookLog",
        "DaybookLogistics", "DaybookReporting", "DaybookValues", "DaybookVisits", "DaybookWorld",
      ]),
    library(
      "DaybookInterchange",
      [
        "DaybookAccounting", "DaybookBytes", "DaybookClinicEvents", "DaybookClinicRules",
        "DaybookDesk", "DaybookEngine", "DaybookEvents", "DaybookHumanResources", "DaybookLog",
        "DaybookLogistics", "DaybookReporting", "DaybookValues", "DaybookVisits", "DaybookWorld",
      ],
      texts: ["de-skr03", "de-skr04", "es", "fr", "us"].map { "Packs/\($0).pack" }),

    library(
      "DaybookScenarios",
      [
        "DaybookAccounting", "DaybookClinicEvents", "DaybookClinicRules", "DaybookDesk",
        "DaybookEngine", "DaybookEvents", "DaybookValues",
      ]),

    // Floors 6 and 7: the command line, as a library and as a few lines.
    library(
      "DaybookTool",
      [
        "Daybook", "DaybookAccounting", "DaybookBytes", "DaybookClinicEvents",
        "DaybookClinicRules", "DaybookDesk", "DaybookEngine", "DaybookEvents",
        "DaybookHumanResources", "DaybookInterchange", "DaybookLog", "DaybookLogistics",
        "DaybookReporting", "DaybookValues", "DaybookVisits", "DaybookWorld",
        .product(
          name: "ArgumentParser", package: "swift-argument-parser",
          condition: .when(traits: ["Tool"])),
      ]),
    .executableTarget(
      name: "daybook-cli", dependencies: ["Daybook", "DaybookTool"], swiftSettings: settings),
    .executableTarget(
      name: "daybook-simulate",
      dependencies: ["Daybook", "DaybookScenarios", "DaybookTesting", "DaybookWorld"],
      swiftSettings: settings),

    // Tests: one target a library, named for it.
    tests("ArchitectureTests", []),
    tests("DaybookValuesTests", ["DaybookValues"]),
    tests("DaybookBytesTests", ["DaybookBytes"]),
    tests("DaybookWorldTests", ["DaybookBytes", "DaybookValues", "DaybookWorld"]),
    tests(
      "DaybookEventsTests", ["DaybookBytes", "DaybookEvents", "DaybookTesting", "DaybookValues"]),
    tests("DaybookReportingTests", ["DaybookReporting", "DaybookValues"]),
    tests(
      "DaybookLogTests",
      [
        "DaybookBytes", "DaybookEvents", "DaybookLog", "DaybookTesting", "DaybookValues",
        "DaybookWorld",
      ]),
    tests("DaybookTestingTests", ["DaybookBytes", "DaybookTesting", "DaybookWorld"]),
    tests(
      "DaybookClinicEventsTests",
      [
        "DaybookBytes", "DaybookClinicEvents", "DaybookEvents", "DaybookTesting", "DaybookValues",
      ]),
    tests(
      "DaybookDeskTests",
      [
        "DaybookAccounting", "DaybookBytes", "DaybookClinicEvents", "DaybookClinicRules",
        "DaybookDesk", "DaybookEvents", "DaybookLogistics", "DaybookTesting", "DaybookValues",
        "DaybookWorld",
      ]),
    tests(
      "DaybookEngineTests",
      [
        "DaybookBytes", "DaybookEngine", "DaybookEvents", "DaybookLog", "DaybookTesting",
        "DaybookValues", "DaybookWorld",
      ]),
    tests(
      "DaybookVisitsTests",
      [
        "DaybookClinicEvents", "DaybookEvents", "DaybookReporting", "DaybookTesting",
        "DaybookValues", "DaybookVisits",
      ]),
    tests(
      "DaybookAccountingTests",
      [
        "DaybookAccounting", "DaybookBytes", "DaybookClinicEvents", "DaybookClinicRules",
        "DaybookDesk", "DaybookEngine", "DaybookEvents", "DaybookReporting", "DaybookTesting",
        "DaybookValues",
      ]),
    tests(
      "DaybookHumanResourcesTests",
      [
        "DaybookClinicEvents", "DaybookEvents", "DaybookHumanResources", "DaybookReporting",
        "DaybookTesting", "DaybookValues",
      ]),
    tests(
      "DaybookLogisticsTests",
      [
        "DaybookClinicEvents", "DaybookEvents", "DaybookLogistics", "DaybookReporting",
        "DaybookTesting", "DaybookValues",
      ]),
    tests(
      "DaybookInterchangeTests",
      [
        "Daybook", "DaybookBytes", "DaybookInterchange", "DaybookReporting", "DaybookScenarios",
        "DaybookTesting", "DaybookValues", "DaybookWorld",
      ]),
    tests(
      "DaybookScenariosTests",
      [
        "Daybook", "DaybookAccounting", "DaybookBytes", "DaybookClinicEvents",
        "DaybookDesk", "DaybookEngine", "DaybookEvents", "DaybookHumanResources",
        "DaybookInterchange", "DaybookLog", "DaybookLogistics", "DaybookReporting",
        "DaybookScenarios", "DaybookTesting", "DaybookValues", "DaybookWorld",
      ]),
    tests(
      "DaybookSimulateTests", ["Daybook", "DaybookScenarios", "DaybookTesting", "daybook-simulate"]),
    tests(
      "DaybookTests",
      [
        "Daybook", "DaybookBytes", "DaybookClinicEvents", "DaybookDesk", "DaybookScenarios",
        "DaybookTesting",
      ]),
    tests("DaybookToolTests", ["Daybook", "DaybookBytes", "DaybookTesting", "DaybookTool"]),
  ]
)

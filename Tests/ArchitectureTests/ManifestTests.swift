import Testing

@Suite struct `Package manifest` {
  private let planted = """
    func library(_ name: String) -> Target { .target(name: name, dependencies: []) }
    let package = Package(
      products: [.library(name: "Daybook", targets: ["Daybook"])],
      targets: [
        library("DaybookValues"),  // library("DaybookComment")
        .target(name: "CDaybookSystem"),
        .systemLibrary(name: "CDaybookLZ4", providers: [.apt(["liblz4-dev"])]),
        library(
          "DaybookTool",
          [
            "DaybookValues",
            .product(name: "ArgumentParser", package: "x", condition: .when(traits: ["Tool"])),
          ]),
        .executableTarget(
          name: "daybook-cli", dependencies: ["DaybookTool"], swiftSettings: settings),
        tests("DaybookToolTests", ["DaybookTool"]),
      ])
    """

  @Test func `targets and what they declare are read from the text`() {
    let targets = Manifest(text: planted).targets
    #expect(
      targets.map(\.name) == [
        "DaybookValues", "CDaybookSystem", "CDaybookLZ4", "DaybookTool", "daybook-cli",
        "DaybookToolTests",
      ])
    #expect(
      targets.map(\.dependencies) == [
        [], [], [], ["DaybookValues", "ArgumentParser"], ["DaybookTool"], ["DaybookTool"],
      ])
    #expect(targets.map(\.isTest) == [false, false, false, false, false, true])
  }

  @Test func `an import that is not declared is found, and a dependency that is not used`() {
    let manifest = Manifest(text: planted)
    let files = [
      SourceFile(path: "Sources/DaybookTool/Tool.swift", text: "import DaybookValues"),
      SourceFile(path: "Sources/daybook-cli/main.swift", text: "\nimport DaybookValues"),
      SourceFile(path: "Tests/DaybookToolTests/T.swift", text: "@testable import DaybookTool"),
    ]
    let found = manifest.violations(against: files).map(\.description)
    #expect(
      found == [
        "Package.swift:8: DaybookTool declares ArgumentParser and imports it nowhere",
        "Package.swift:14: daybook-cli declares DaybookTool and imports it nowhere",
        "Sources/daybook-cli/main.swift:2: daybook-cli imports DaybookValues,"
          + " which Package.swift does not declare",
      ])
  }

  @Test func `a target without the prefix is found, and a declared arrow upward`() {
    #expect(Manifest(text: planted).violations().isEmpty)
    let manifest = Manifest(text: "library(\"Accounting\")\nlibrary(\"DaybookLog\", [\"Daybook\"])")
    #expect(manifest.violations().map(\.line) == [1, 2])
  }

  @Test func `this package declares the prefix and arrows that run downward`() throws {
    let manifest = try Tree.manifest()
    #expect(manifest.targets.count > 30)
    for violation in manifest.violations() { Issue.record("\(violation)") }
  }
}

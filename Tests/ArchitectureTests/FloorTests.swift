import Testing

@Suite struct `The floors` {
  private func violations(_ target: String, _ text: String) -> [Violation] {
    Floors.violations(in: SourceFile(path: "Sources/\(target)/Planted.swift", text: text))
  }

  @Test func `every import of this package runs downward`() throws {
    for file in try Tree.swiftFiles(below: "Sources") {
      for violation in Floors.violations(in: file) { Issue.record("\(violation)") }
    }
  }

  @Test(arguments: [
    ("DaybookValues", "DaybookBytes"), ("DaybookEvents", "DaybookWorld"),
    ("DaybookLog", "DaybookEngine"), ("DaybookDesk", "DaybookEngine"),
    ("DaybookDesk", "DaybookLog"), ("DaybookDesk", "DaybookWorld"),
    ("DaybookDesk", "DaybookAccounting"), ("DaybookAccounting", "DaybookLogistics"),
    ("DaybookAccounting", "DaybookDesk"), ("DaybookHumanResources", "DaybookAccounting"),
    ("DaybookLogistics", "DaybookVisits"), ("DaybookClinicEvents", "DaybookWorld"),
    ("DaybookClinicRules", "DaybookWorld"), ("DaybookInterchange", "Daybook"),
    ("DaybookEngine", "Foundation"), ("DaybookDesk", "FoundationEssentials"),
    ("DaybookEngine", "Dispatch"), ("Daybook", "Dispatch"), ("DaybookLog", "Glibc"),
    ("DaybookTool", "Darwin"), ("DaybookLog", "Musl"), ("DaybookEngine", "Synchronization"),
    ("DaybookLog", "CDaybookLZ4"), ("DaybookBytes", "CDaybookSystem"),
    ("DaybookAccounting", "ArgumentParser"), ("DaybookValues", "Testing"),
    ("DaybookTool", "Numerics"), ("DaybookNowhere", "DaybookValues"),
  ]) func `a forbidden import is found`(_ target: String, _ module: String) {
    let found = violations(target, "import DaybookValues\n\npublic import \(module)\n")
    #expect(found.contains { $0.line == 3 })
  }

  @Test(arguments: [
    ("DaybookBytes", "CDaybookCRC32C"), ("DaybookBytes", "Glibc"), ("DaybookWorld", "Glibc"),
    ("DaybookWorld", "Dispatch"), ("DaybookWorld", "CDaybookSystem"),
    ("DaybookDesk", "DaybookClinicRules"), ("DaybookAccounting", "DaybookEngine"),
    ("DaybookInterchange", "DaybookAccounting"), ("Daybook", "Foundation"),
    ("DaybookTool", "ArgumentParser"), ("daybook-cli", "DaybookTool"),
    ("DaybookTesting", "Testing"),
  ]) func `an allowed import is not`(_ target: String, _ module: String) {
    #expect(violations(target, "import \(module)").isEmpty)
  }

  @Test func `an exported import is found outside Exports`() {
    let text = "@_exported public import DaybookValues"
    #expect(violations("Daybook", text).count == 1)
    let exports = SourceFile(path: "Sources/Daybook/Exports.swift", text: text)
    #expect(Floors.violations(in: exports).isEmpty)
  }
}

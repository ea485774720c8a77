/// The floors of the house, and who may import what. `Architecture.md` tells why.
enum Floors {
  /// Every target of `Sources` and the floor it stands on.
  static let floor: [String: Int] = [
    "CDaybookCRC32C": 0, "CDaybookSystem": 0, "CDaybookLZ4": 0, "CDaybookCrypto": 0,
    "DaybookValues": 0, "DaybookBytes": 0,
    "DaybookWorld": 1, "DaybookEvents": 1, "DaybookReporting": 1,
    "DaybookLog": 2, "DaybookClinicEvents": 2,
    "DaybookEngine": 3, "DaybookClinicRules": 3,
    "DaybookDesk": 4, "DaybookVisits": 4, "DaybookAccounting": 4, "DaybookHumanResources": 4,
    "DaybookLogistics": 4, "DaybookTesting": 4,
    "Daybook": 5, "DaybookInterchange": 5, "DaybookScenarios": 5,
    "DaybookTool": 6, "DaybookService": 6,
    "daybook-cli": 7, "daybook-simulate": 7,
  ]

  /// Arrows that would run downward and are forbidden all the same.
  static let forbidden: [String: Set<String>] = [
    "DaybookDesk": ["DaybookEngine", "DaybookLog", "DaybookWorld"],
    "DaybookClinicEvents": ["DaybookWorld"],
    "DaybookClinicRules": ["DaybookWorld"],
  ]

  /// The C beneath the Swift: each has exactly one target that speaks to it.
  static let ownerOfC = [
    "CDaybookCRC32C": "DaybookBytes", "CDaybookLZ4": "DaybookBytes",
    "CDaybookCrypto": "DaybookBytes", "CDaybookSystem": "DaybookWorld",
  ]

  /// Modules from outside the package, and the targets that may import them; nil is every target.
  static let outside: [String: Set<String>?] = [
    "Swift": nil,
    // Locks are DaybookWorld's; a value that is made once, by whoever comes first, stands lower.
    "Synchronization": ["DaybookWorld", "DaybookBytes"],
    "Dispatch": ["DaybookWorld"],
    "Glibc": ["DaybookWorld", "DaybookBytes"],
    "Musl": ["DaybookWorld", "DaybookBytes"],
    "Darwin": ["DaybookWorld", "DaybookBytes"],
    "CommonCrypto": ["DaybookBytes"],
    "Foundation": atLeast(5),
    "FoundationEssentials": atLeast(5),
    "Testing": ["DaybookTesting"],
    "ArgumentParser": ["DaybookTool"],
  ]

  private static func atLeast(_ lowest: Int) -> Set<String> {
    Set(floor.filter { $0.value >= lowest }.keys)
  }

  /// Says why `target` may not use `module`, or nil when it may.
  static func objection(to module: String, in target: String) -> String? {
    guard let own = floor[target] else {
      return "target \(target) stands on no floor: give it one in Floors.swift"
    }
    if module == target { return nil }
    if let other = floor[module] {
      if other >= own, !(module.hasPrefix("CDaybook") && own == 0) {
        return "\(target) (floor \(own)) may not import \(module) (floor \(other)):"
          + " dependencies run strictly downward"
      }
      if forbidden[target]?.contains(module) == true {
        return "\(target) may not import \(module)"
      }
      if let owner = ownerOfC[module], owner != target {
        return "only \(owner) may import \(module), not \(target)"
      }
      return nil
    }
    guard let allowed = outside[module] else {
      return "\(target) may not import \(module): it is no target of this package,"
        + " and no outside module that Floors.swift knows"
    }
    if let allowed, !allowed.contains(target) {
      return "\(target) may not import \(module):"
        + " only \(allowed.sorted().joined(separator: ", ")) may"
    }
    return nil
  }

  /// Every import of a source file that breaks a floor.
  static func violations(in file: SourceFile) -> [Violation] {
    file.imports.compactMap { found in
      if found.isExported, file.name != "Exports.swift" {
        return Violation(
          path: file.path, line: found.line, message: "only Exports.swift may export an import")
      }
      return objection(to: found.module, in: file.target).map {
        Violation(path: file.path, line: found.line, message: $0)
      }
    }
  }
}

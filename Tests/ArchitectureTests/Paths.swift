/// Rules over the paths of the repository.
enum Paths {
  /// Paths, or folders on the way to them, that differ from another only in case.
  static func caseClashes(_ paths: [String]) -> [Violation] {
    var seen: [String: String] = [:]
    var found: [Violation] = []
    for path in paths.sorted() {
      var prefix = ""
      for part in path.split(separator: "/") {
        prefix += prefix.isEmpty ? String(part) : "/\(part)"
        let other = seen[prefix.lowercased(), default: prefix]
        if other != prefix {
          let message = "differs from \(other) only in case"
          let violation = Violation(path: prefix, line: 1, message: message)
          if !found.contains(violation) { found.append(violation) }
        }
        seen[prefix.lowercased()] = other
      }
    }
    return found
  }

  private static let top: Set<String> = [
    "Package.swift", "Sources", "Tests", "Benchmarks", "Fixtures", "README.md",
  ]

  /// What stands at the top and does not belong there.
  static func strangersAtTheTop(_ paths: [String]) -> [Violation] {
    let names = Set(paths.compactMap { $0.split(separator: "/").first.map(String.init) })
    return names.subtracting(top).filter { !$0.hasPrefix(".") }.sorted().map {
      Violation(path: $0, line: 1, message: "does not belong at the top of the package")
    }
  }

  /// What a newcomer reads in one afternoon: folder, and how the file's name ends.
  private static let wanted: [(folder: String, ending: String, what: String)] = [
    ("", "README.md", "README.md"),
    ("Sources/DaybookEvents/", "/Payload.swift", "Payload.swift"),
    ("Sources/DaybookClinicEvents/", "/PaymentReceived.swift", "PaymentReceived.swift"),
    ("Sources/DaybookDesk/", ".swift", "one decider"),
    ("Sources/DaybookLog/", "/LogWriter.swift", "LogWriter.swift"),
    ("Sources/DaybookLog/DaybookLog.docc/", "/Format.md", "Format.md"),
    ("Sources/Daybook", "Model.swift", "one projector"),
    ("Sources/Daybook", "Report.swift", "one report"),
  ]

  static let architecture = "Sources/Daybook/Daybook.docc/Architecture.md"

  /// The paths in backticks of the section "Reading order", in its order, with the line of each.
  static func readingOrder(in markdown: String) -> [(path: String, line: Int)] {
    var found: [(path: String, line: Int)] = []
    var isInside = false
    let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("#") { isInside = line.hasSuffix("# Reading order") }
      guard isInside else { continue }
      for (part, text) in line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      where part % 2 == 1 && text.contains(".") {
        found.append((String(text), index + 1))
      }
    }
    return found
  }

  /// Files that the reading order names and that do not exist, and kinds of file that it lacks.
  static func readingOrderViolations(markdown: String, paths: [String]) -> [Violation] {
    let order = readingOrder(in: markdown)
    let present = Set(paths)
    let missing = order.filter { !present.contains($0.path) }.map {
      Violation(path: architecture, line: $0.line, message: "\($0.path) does not exist")
    }
    let unnamed = wanted.filter { wanted in
      !order.contains { $0.path.hasPrefix(wanted.folder) && $0.path.hasSuffix(wanted.ending) }
    }.map {
      Violation(path: architecture, line: 1, message: "the reading order lacks \($0.what)")
    }
    return missing + unnamed
  }
}

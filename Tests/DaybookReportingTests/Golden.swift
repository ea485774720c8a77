import Foundation
import Testing

/// Compares with a file of `Fixtures/golden/reporting`, byte for byte, or rewrites it when
/// `DAYBOOK_ACCEPT=1` is set.
func expectGolden(
  _ actual: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let file = root.appending(path: "Fixtures/golden/reporting/\(name)")
  if ProcessInfo.processInfo.environment["DAYBOOK_ACCEPT"] == "1" {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(actual.utf8).write(to: file)
    return
  }
  let expected = try Data(contentsOf: file)
  #expect(
    expected == Data(actual.utf8), "\(name) differs; it would now be:\n\(actual)",
    sourceLocation: sourceLocation)
}

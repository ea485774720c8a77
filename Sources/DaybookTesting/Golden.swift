import DaybookBytes
import DaybookWorld
public import Testing

/// Golden files: what a report printed when a person last looked at it.
///
/// They stand in `Fixtures/golden/<scenario>/<report>.txt` of the package whose test asks. With
/// `DAYBOOK_ACCEPT=1` in the environment they are written anew; review the change like code.
public enum Golden {
  /// Compares `text` with the golden file, and records an issue where they differ.
  ///
  /// - Parameters:
  ///   - text: What was printed.
  ///   - name: The file below `Fixtures/golden`: `first-visit/trial-balance.txt`.
  ///   - file: A source file of the package; leave it as it is.
  public static func expect(
    _ text: String, is name: String, file: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let files = LiveFileSystem()
    let path = path(of: name, file)
    if Environment.variable("DAYBOOK_ACCEPT") == "1" {
      try createFolders(files, FilePath.folder(of: path))
      try files.replaceFile(path, with: Array(text.utf8).span)
      return
    }
    guard files.exists(path) else {
      Issue.record(
        "there is no golden file \(name); run with DAYBOOK_ACCEPT=1 and look at it",
        sourceLocation: sourceLocation)
      return
    }
    let golden = String(decoding: try files.bytes(of: path, atMost: 1 << 24), as: UTF8.self)
    if golden == text { return }
    Issue.record("\(name) \(difference(golden, text))", sourceLocation: sourceLocation)
  }

  /// The text of a file that a person has written: never written anew.
  ///
  /// - Parameters:
  ///   - name: The file below `Fixtures/golden`: `two-months/journal.txt`.
  ///   - file: A source file of the package; leave it as it is.
  public static func text(of name: String, file: String = #filePath) throws -> String {
    let bytes = try LiveFileSystem().bytes(of: path(of: name, file), atMost: 1 << 24)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Where the golden file of that name stands.
  private static func path(of name: String, _ file: String) -> String {
    let files = LiveFileSystem()
    var root = FilePath.folder(of: file)
    while !files.exists(FilePath.join(root, "Package.swift")) {
      let above = FilePath.folder(of: root)
      if above == root { break }
      root = above
    }
    return FilePath.join(root, "Fixtures/golden/\(name)")
  }

  private static func createFolders(_ files: LiveFileSystem, _ folder: String) throws {
    if files.isDirectory(folder) { return }
    try createFolders(files, FilePath.folder(of: folder))
    try files.createDirectory(folder)
  }

  /// The first line in which both differ.
  private static func difference(_ golden: String, _ text: String) -> String {
    let old = golden.split(separator: "\n", omittingEmptySubsequences: false)
    let new = text.split(separator: "\n", omittingEmptySubsequences: false)
    for index in 0..<max(old.count, new.count) {
      let (was, found) = (
        index < old.count ? old[index] : "<end>", index < new.count ? new[index] : "<end>"
      )
      if was != found {
        return "differs in line \(index + 1):\n- \(was)\n+ \(found)"
      }
    }
    return "differs"
  }
}

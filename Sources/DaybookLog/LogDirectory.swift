import DaybookWorld

/// Where the files of a book stand.
struct LogDirectory: Hashable, Sendable {
  let root: String

  init(_ root: String) {
    self.root = root
  }

  var lock: String { FilePath.join(root, "LOCK") }
  var log: String { FilePath.join(root, "log") }
  var tail: String { FilePath.join(log, LogDirectory.tailName) }
  var checkpoints: String { FilePath.join(root, "checkpoints") }
  var quarantine: String { FilePath.join(root, "quarantine") }

  static let tailName = "tail"

  func segment(_ name: SegmentName) -> String { FilePath.join(log, name.description) }

  /// The segments there, in order.
  func segmentNames(in files: any FileSystem) throws(LogError) -> [SegmentName] {
    guard files.isDirectory(log) else { throw LogError(.noLog, detail: root) }
    do throws(FileError) {
      // Sorted by bytes is sorted by position, since the digits are padded.
      return try files.list(log).compactMap { SegmentName(parsing: $0) }
    } catch {
      throw LogError(error)
    }
  }
}

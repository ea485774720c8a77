public import DaybookEngine
import DaybookEvents
public import DaybookLog
import DaybookReporting
public import DaybookValues
public import DaybookWorld

/// The whole log as lines of JSON, one event a line: what `import jsonl` makes a book of again.
///
/// It is the raw export: personal groups stand in it as they stand in the log. For the shape of a
/// line see `EventLines`, form `.exported`.
public struct EventExport: Sendable {
  private let catalogue: Catalogue

  /// Exports events that `catalogue` describes; others are carried as bytes.
  public init(_ catalogue: Catalogue) { self.catalogue = catalogue }

  /// Writes the events as the file `path`, aside and then renamed: it stands there whole or not at all.
  ///
  /// - Parameters:
  ///   - log: The log; what is durable in it.
  ///   - end: The last position, inclusive; nil for all.
  ///   - path: The file.
  ///   - files: Where it is written.
  ///   - progress: Called now and then with the position reached.
  /// - Returns: How many events were written.
  /// - Throws: `LogError`, `ExportError`, `FileError`; the earlier file stands then.
  /// - Complexity: O(events) time, O(1) memory.
  @discardableResult
  public func write(
    _ log: inout LogReader, through end: Position? = nil, to path: String,
    in files: any FileSystem, progress: (Position) -> Void = { _ in }
  ) throws -> Int {
    var file = try ExportFile(path, in: files)
    let count = try forEachChunk(&log, through: end, progress: progress) { try file.write($0) }
    try file.commit()
    return count
  }

  /// Calls `body` with the lines, 64 KiB or a little more at a time.
  ///
  /// - Returns: How many lines there were.
  /// - Throws: `LogError`, `ExportError`, and what `body` throws.
  @discardableResult
  public func forEachChunk(
    _ log: inout LogReader, through end: Position? = nil,
    progress: (Position) -> Void = { _ in }, _ body: (String) throws -> Void
  ) throws -> Int {
    var lines = EventLines(catalogue)
    var json = JSONText()
    var count = 0
    try log.scan(from: Position(1), through: end) { record in
      try lines.append(record, as: .exported, to: &json)
      if json.byteCount >= Chunks.bytes { try body(json.drain()) }
      count += 1
      if record.header.position.number % 65_536 == 0 { progress(record.header.position) }
    }
    if json.byteCount > 0 { try body(json.drain()) }
    return count
  }
}

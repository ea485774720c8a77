import DaybookBytes
import DaybookEngine
import DaybookEvents
import DaybookValues
import DaybookWorld

/// An action, and the lines that tell of it.
struct ExportedAction {
  /// The first line, from 1.
  var line: Int
  /// The events as they stood in the exported log.
  var action: EncodedAction

  /// The position of its last event.
  var last: Position { action.headers.last?.position ?? .start }
}

/// Reads an export action by action.
final class ActionLines {
  /// Of every block that was read, in order.
  private(set) var digests: [SHA256Hash] = []
  /// How many lines were taken.
  private(set) var linesRead = 0
  /// How many actions were.
  private(set) var actionsRead = 0
  let size: UInt64

  private var reader: LineReader
  private var parser: EventLineParser
  private let expected: [SHA256Hash]?
  private var block: LineReader.Block?
  private var index = 0

  /// Begins to read the file at `path`.
  ///
  /// - Parameter expected: What the blocks were when the file was read before.
  /// - Throws: `FileError`; `LineFault` where it is no text in UTF-8.
  init(
    path: String, in files: any FileSystem, _ catalogue: Catalogue,
    expecting expected: [SHA256Hash]? = nil
  ) throws {
    reader = try LineReader(path: path, in: files)
    size = reader.size
    parser = EventLineParser(catalogue)
    self.expected = expected
  }

  var bytesRead: UInt64 { reader.bytesRead }

  /// The next action; nil at the end of the file.
  ///
  /// - Throws: `LineFault`, `FileError`.
  func next() throws -> ExportedAction? {
    var action = EncodedAction(headers: [], payloads: [], payloadEnds: [])
    let first = linesRead + 1
    while let line = try nextLine() {
      let event = try event(line)
      let begun = action.headers.first
      guard event.header.actionIndex == UInt32(action.headers.count),
        event.header.actionCount == begun?.actionCount ?? max(1, event.header.actionCount)
      else {
        throw LineFault(
          line: linesRead, code: "badValue",
          reason: begun == nil
            ? "it begins in the middle of an action: a line before it is missing; export again"
            : "it does not go on with the action of line \(first): a line is missing or too many; "
              + "export again")
      }
      if begun == nil {
        action.source = event.source
      } else if event.source != nil {
        throw LineFault(
          line: linesRead, code: "badValue",
          reason: "sourceRef: only the first event of an action has one")
      }
      action.headers.append(event.header)
      action.payloads += event.payload
      action.payloadEnds.append(action.payloads.count)
      if action.headers.count == Int(event.header.actionCount) {
        actionsRead += 1
        return ExportedAction(line: first, action: action)
      }
    }
    if let begun = action.headers.first {
      throw LineFault(
        line: linesRead, code: "badValue",
        reason: "the file ends within an action, behind \(action.headers.count) of "
          + "\(begun.actionCount) events; it was cut off: export again")
    }
    return nil
  }

  private func event(_ line: [UInt8]) throws -> ExportedEvent {
    do throws(LineFault) {
      return try parser.event(line)
    } catch {
      var fault = error
      fault.line = linesRead
      let isLast = block.map { index == $0.lines.count } ?? true
      if isLast, reader.lacksLastEnd {
        fault.reason = "the file ends within this line; it was cut off: export again"
      }
      throw fault
    }
  }

  private func nextLine() throws -> [UInt8]? {
    if block.map({ index == $0.lines.count }) ?? true {
      block = try reader.nextBlock()
      index = 0
      guard let block else { return nil }
      digests.append(block.digest)
      if let expected {
        guard digests.count <= expected.count, expected[digests.count - 1] == block.digest else {
          throw LineFault(
            line: block.first, code: "changed",
            reason: "the file was changed while it was imported; import it again: what stands in "
              + "the book is not appended twice")
        }
      }
    }
    guard let line = block?.lines[index] else { return nil }
    index += 1
    linesRead += 1
    return line
  }
}

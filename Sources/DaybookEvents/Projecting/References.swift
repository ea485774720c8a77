public import DaybookBytes
public import DaybookValues

/// The source references under which things were registered: what a report prints as `ref`.
///
/// A thing's reference is that of the action which began its stream; what was made without one has
/// none.
public struct References: Sendable {
  private var rows = History<ReferenceRow>()
  private var places: [StreamID: Int] = [:]

  /// Nothing is registered.
  public init() {}

  /// Notes the reference of `event` if it begins its stream and has one.
  public mutating func note(_ event: borrowing Event) {
    guard event.header.version == 1, let text = event.sourceReference else { return }
    places[event.header.stream] = rows.count
    rows.append(
      ReferenceRow(position: event.header.position, stream: event.header.stream, text: text))
  }

  /// The reference of the thing whose stream this is; nil where it has none, or was not registered
  /// at `position`.
  public func text(of stream: StreamID, knownAt position: Position) -> String? {
    guard let place = places[stream], rows[place].position <= position else { return nil }
    return rows[place].text
  }

  /// The digest of all references known at `position`, inclusive.
  public func digest(through position: Position) -> SHA256Hash {
    rows.digest(through: position)
  }
}

private struct ReferenceRow: HistoryRow {
  var position: Position
  var stream: StreamID
  var text: String

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(position.number)
    writer.appendLittleEndian(stream.kind.number)
    writer.appendLittleEndian(stream.number)
    writer.appendVarint(UInt64(text.utf8.count))
    writer.append(utf8: text)
  }
}

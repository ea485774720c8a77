public import DaybookBytes
public import DaybookValues

/// The source references under which things were registered: what a report prints as `ref`.
///
/// A thing's reference is that of the action which began its stream; what was made without one has
/// none.
public struct References: Sendable {
  private var rows = History<ReferenceRow>()
  // By kind, a row for each number.
  private var places: [StreamKind: DenseIndex] = [:]

  /// Nothing is registered.
  public init() {}

  /// Notes the reference of `event` if it begins its stream and has one.
  public mutating func note(_ event: borrowing Event) {
    guard event.header.version == 1, let text = event.sourceReference else { return }
    let stream = event.header.stream
    places[stream.kind, default: DenseIndex()][stream.number] = rows.count
    rows.append(
      ReferenceRow(position: event.header.position, stream: stream, text: text))
  }

  /// The reference of the thing whose stream this is; nil where it has none, or was not registered
  /// at `position`.
  public func text(of stream: StreamID, knownAt position: Position) -> String? {
    guard let place = places[stream.kind]?[stream.number], rows[place].position <= position else {
      return nil
    }
    return rows[place].text
  }

  /// The digest of all references known at `position`, inclusive.
  public func digest(through position: Position) -> SHA256Hash {
    rows.digest(through: position)
  }
}

extension References: Checkpointed {
  public mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("rows", &rows)
    var kinds = places.keys.sorted()
    try parts.visit("kinds", &kinds)
    for kind in kinds {
      var index = places[kind] ?? DenseIndex()
      try parts.visit("kind-\(kind.number)", &index)
      places[kind] = index
    }
  }
}

private struct ReferenceRow: HistoryRow {
  var position: Position
  var stream: StreamID
  var text: String

  static var blank: ReferenceRow { ReferenceRow(position: .blank, stream: .blank, text: "") }

  init(position: Position, stream: StreamID, text: String) {
    self.position = position
    self.stream = stream
    self.text = text
  }

  init(reading reader: inout ByteReader) throws(WireError) {
    position = try Position(reading: &reader)
    stream = try StreamID(reading: &reader)
    text = try String(reading: &reader)
  }

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(position.number)
    writer.appendLittleEndian(stream.kind.number)
    writer.appendLittleEndian(stream.number)
    writer.appendVarint(UInt64(text.utf8.count))
    writer.append(utf8: text)
  }
}

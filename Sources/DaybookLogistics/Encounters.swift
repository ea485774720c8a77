import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// Whose each encounter is, by its number.
///
/// Numbers are dense and given in order, so nearly all encounters are rows of a history, which
/// snapshots share.
struct Encounters: Sendable {
  private struct Row: HistoryRow {
    var position: Position
    var use: Use

    static var blank: Row { Row(position: .blank, use: .blank) }

    init(position: Position, use: Use) {
      self.position = position
      self.use = use
    }

    init(reading reader: inout ByteReader) throws(WireError) {
      position = try Position(reading: &reader)
      use = try Use(reading: &reader)
    }

    func append(to writer: inout ByteWriter) {
      writer.appendLittleEndian(position.number)
      use.store(to: &writer)
    }
  }

  private var rows = History<Row>()
  private var outOfOrder: [EncounterID: Use] = [:]

  mutating func add(_ use: Use, at position: Position) {
    if use.encounter.number == UInt64(rows.count) + 1 {
      rows.append(Row(position: position, use: use))
    } else {
      outOfOrder[use.encounter] = use
    }
  }

  subscript(encounter: EncounterID) -> Use? {
    if encounter.number > 0, encounter.number <= UInt64(rows.count) {
      return rows[Int(encounter.number - 1)].use
    }
    return outOfOrder[encounter]
  }
}

extension Encounters: Checkpointed {
  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("rows", &rows)
    try parts.visit("outOfOrder", &outOfOrder)
  }
}

import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// An event was undone: which, and when.
struct ReversalRow: HistoryRow {
  var occasion: Occasion
  /// The event that was undone.
  var of: Position

  var position: Position { occasion.position }

  static var blank: ReversalRow { ReversalRow(occasion: .blank, of: .blank) }

  init(occasion: Occasion, of: Position) {
    self.occasion = occasion
    self.of = of
  }

  init(reading reader: inout ByteReader) throws(WireError) {
    occasion = try Occasion(reading: &reader)
    of = try Position(reading: &reader)
  }

  func append(to writer: inout ByteWriter) {
    occasion.store(to: &writer)
    writer.appendLittleEndian(of.number)
  }
}

extension LogisticsModel {
  mutating func applyCorrections(_ event: borrowing Event) throws {
    guard let tag = CorrectionsTag(rawValue: event.header.tag) else { return }
    switch tag {
    case .reversed: try reverse(try event.payload(), event.header)
    }
  }

  /// What the event moved moves back, at the values that it fixed.
  private mutating func reverse(_ reversed: Reversed, _ header: RecordHeader) throws {
    let first = movements.count(through: reversed.of.previous)
    let end = movements.count(through: reversed.of)
    for index in first..<end {
      var row = movements[index]
      row.occasion = Occasion(header)
      row.quantity = try Quantity(thousandths: row.quantity).negated().thousandths
      row.short = try Quantity(thousandths: row.short).negated().thousandths
      row.value = try Amount(minorUnits: row.value).negated().minorUnits
      row.transit = try Quantity(thousandths: row.transit).negated().thousandths
      row.transitValue = try Amount(minorUnits: row.transitValue).negated().minorUnits
      movements.append(row)
    }
    reversals.append(ReversalRow(occasion: Occasion(header), of: reversed.of))
  }
}

/// Which events were undone, as a report knows them.
struct Reversals {
  // Only asked for a position, never iterated.
  private var undone: Set<Position> = []
  private var undoing: Set<Position> = []

  /// Those known at the query's position that take effect up to its day.
  init(_ scope: Scope) {
    for row in scope.model.reversals.rows(through: scope.known)
    where scope.reaches(row.occasion.day) {
      undone.insert(row.of)
      undoing.insert(row.position)
    }
  }

  /// Whether the event at `position` was undone, or has itself undone another.
  func concern(_ position: Position) -> Bool {
    undone.contains(position) || undoing.contains(position)
  }

  /// Whether the event at `position` has undone another.
  func isReversal(_ position: Position) -> Bool { undoing.contains(position) }
}

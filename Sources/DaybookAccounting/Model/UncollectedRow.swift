import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// What had been paid of a charge is credit of who paid, since less is asked than was paid: by a credit
/// note, by the cents of an invoice, or because a package was given up.
///
/// Its entry has no line on the receivable, which never falls below nothing, so that it does not say
/// of which charge that is.
struct UncollectedRow: DescribedRow, Hashable {
  var position = Position.start
  /// Minor units that are no longer collected; below zero where the event was undone.
  var amount: Int64 = 0
  /// The effective civil day, since 1970.
  var day: Int32 = 0
  var charge: UInt32 = 0

  static var blank: UncollectedRow { UncollectedRow() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&amount)
    try fields.visit(&day)
    try fields.visit(&charge)
  }
}

extension AccountingModel {
  /// Notes what of charges is collected no more, though no line of the event's entry names them.
  mutating func noteUncollected(_ parts: Few<ReleasedPart>, _ event: borrowing Event) {
    for part in parts {
      noteUncollected(part.allocation.charge, part.allocation.amount.minorUnits, event)
    }
  }

  /// The same of one charge.
  mutating func noteUncollected(_ charge: ChargeID, _ amount: Int64, _ event: borrowing Event) {
    guard amount != 0, let number = UInt32(exactly: charge.number) else { return }
    var row = UncollectedRow()
    row.position = event.header.position
    row.amount = amount
    row.day = event.header.effective.day.daysSince1970
    row.charge = number
    uncollected.append(row)
  }

  /// Takes back what the event at `of` noted.
  mutating func undoUncollected(_ of: Position, at position: Position, on day: Int32) {
    let end = uncollected.count(through: of)
    for index in uncollected.count(through: of.previous)..<end {
      var row = uncollected[index]
      (row.position, row.day, row.amount) = (position, day, 0 &- row.amount)
      uncollected.append(row)
    }
  }
}

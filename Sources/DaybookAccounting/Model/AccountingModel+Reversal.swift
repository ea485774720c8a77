import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// An event was undone: which, by which, and from what day on.
struct ReversalRow: HistoryRow, Hashable {
  var position = Position.start
  /// The event that was undone.
  var of = Position.start
  /// The effective day of the reversal.
  var day: Int32 = 0
  /// The charge, where one was undone; 0 for anything else.
  var charge: UInt32 = 0

  static var blank: ReversalRow { ReversalRow() }

  init() {}

  init(reading reader: inout ByteReader) throws(WireError) {
    position = try Position(reading: &reader)
    of = try Position(reading: &reader)
    day = try Int32(reading: &reader)
    charge = try UInt32(reading: &reader)
  }

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(position.number)
    writer.appendLittleEndian(of.number)
    writer.appendLittleEndian(day)
    writer.appendLittleEndian(charge)
  }
}

// Books, "reversal of any entry": the same amounts on the other sides, by the rule of the original and
// in its journal, under the reversal's own number.
extension AccountingModel {
  mutating func applyCorrections(_ event: borrowing Event) throws {
    guard let tag = CorrectionsTag(rawValue: event.header.tag) else { return }
    switch tag {
    case .reversed: try reverse(try event.payload(), event)
    }
  }

  private mutating func reverse(_ reversed: Reversed, _ event: borrowing Event) throws {
    var row = ReversalRow()
    row.position = event.header.position
    row.of = reversed.of
    row.day = event.header.effective.day.daysSince1970
    if reversed.isOf(ChargePosted.self) {
      let charge = try reversed.original(ChargePosted.self).charge
      guard let number = UInt32(exactly: charge.number) else { throw tooLarge(event.header) }
      row.charge = number
    }
    let lines = postings(of: reversed.of)
    if let first = lines.first {
      try entry(event, rule: Int(first.rule)) { (books) throws(PostingError) in
        try books.negate(lines)
      }
    }
    reversals.append(row)
    if reversed.isOf(YearClosed.self) { try reopenYear(reversed, event) }
    tills.undo(reversed.of, at: row.position, on: row.day)
    packages.undo(reversed.of, at: row.position, on: row.day)
    undoUncollected(reversed.of, at: row.position, on: row.day)
  }

  /// The postings that the event at `position` made.
  private mutating func postings(of position: Position) -> [Posting] {
    var rows: [Posting] = []
    let first = ledger.postings.count(through: position.previous)
    let end = ledger.postings.count(through: position)
    for index in first..<end { rows.append(ledger.postings[index]) }
    return rows
  }

  /// The pairs between clinics are among the lines, and bring each clinic to zero again.
  private mutating func negate(_ lines: [Posting]) throws(PostingError) {
    for line in lines {
      ledger.taxCode = line.taxCode
      try ledger.add(
        line.account, line.amount > 0 ? .credit : .debit, abs(line.amount),
        party: PartyKey(rawValue: line.party), charge: line.charge, clinic: line.clinic)
    }
  }

  /// The event that the one at `position` has undone; nil where it has undone none.
  func reversedEvent(by position: Position) -> Position? {
    let count = reversals.count(through: position)
    guard count > 0, reversals[count - 1].position == position else { return nil }
    return reversals[count - 1].of
  }

  /// The version of the rule that made a posting: of a reversal, the one that made what it undoes.
  func ruleVersion(_ row: Posting) -> UInt16 {
    guard !accountRules.isEmpty else { return PostingRule.builtInVersion }
    var (day, position) = (row.day, row.position)
    if reversals.count > 0, let of = reversedEvent(by: position) {
      let first = ledger.postings.count(through: of.previous)
      if first < ledger.postings.count { (day, position) = (ledger.postings[first].day, of) }
    }
    return accountRules.version(PostingRule.builtIn[Int(row.rule)].first, on: day, at: position)
  }

  /// The name of the event that made a posting.
  func eventName(_ row: Posting) -> String {
    reversals.count > 0 && reversedEvent(by: row.position) != nil
      ? Reversed.typeName : PostingRule.builtIn[Int(row.rule)].event
  }

  /// The entry that the one of a posting reverses; nil for nearly all.
  func reversedEntry(_ row: Posting) -> EntryID? {
    guard reversals.count > 0, let of = reversedEvent(by: row.position) else { return nil }
    var original = row
    original.position = of
    let first = ledger.postings.count(through: of.previous)
    if first < ledger.postings.count { original.day = ledger.postings[first].day }
    return entryID(original)
  }
}

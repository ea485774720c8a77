import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// What rests on what a bank shows and on entries made by hand, and the state without them.
extension LedgerState {
  // MARK: - Questions

  /// What rests on money: that a bank statement has shown it.
  func dependents(ofMoneyAt position: Position) -> String? {
    let sides: [BankSide] = [.booked, .cardClearing, .cashInTransit]
    let isMatched = sides.contains { bankItem(at: position.number, $0)?.isMatched == true }
    return isMatched ? "a line of a bank statement was reconciled with it" : nil
  }

  /// What rests on an entry: that one of its open items was paid.
  func dependents(of event: JournalPosted) -> String? {
    for (index, line) in event.lines.enumerated() {
      let item = OpeningItem(event.entry, line: UInt32(index) + 1)
      guard let open = openItem(item)?.open else { continue }
      if open != line.credit.minorUnits &- line.debit.minorUnits {
        return "line \(index + 1) was paid"
      }
    }
    return nil
  }

  // MARK: - Changes

  /// No bank statement is to show what was undone.
  mutating func undo(moneyAt position: Position) {
    for side in [BankSide.booked, .cardClearing, .cashInTransit] {
      if let index = index(ofItemAt: position.number, side) { items[index].isReversed = true }
    }
  }

  mutating func undo(_ event: BankLineReconciled) throws(WireError) {
    guard let line = statementLine(event.line, of: event.bankAccount) else {
      throw WireError(.outOfRange, at: 0, field: "line")
    }
    statementLines[line].isReversed = true
    for match in event.matches {
      guard let (position, side) = match.with.item else { continue }
      guard let index = index(ofItemAt: position.number, side) else {
        throw WireError(.outOfRange, at: 0, field: "matches")
      }
      items[index].isMatched = false
    }
  }

  mutating func undo(_ event: JournalPosted) throws(WireError) {
    try entries.update(event.entry) { $0.itemCount = 0 }
  }

  mutating func undo(_ event: PaymentMade) throws(WireError) {
    try pay(event, sign: -1)
  }
}

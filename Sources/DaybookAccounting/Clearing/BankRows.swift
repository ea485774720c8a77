import DaybookEvents
import DaybookValues

/// A line of a bank statement is explained.
struct BankLineRow: DescribedRow {
  var position = Position.start
  var clinic: UInt64 = 0
  /// The number of the clinic's bank account.
  var account: UInt64 = 0
  /// As the statement names it.
  var line = ""
  /// The bank's date.
  var date = Day()
  /// What came in; below zero what went out.
  var amount: Int64 = 0
  /// What of it is in the books by the line itself.
  var own: Int64 = 0
}

/// What explains a part of the bank line of that position.
struct BankMatchRow: DescribedRow {
  var position = Position.start
  /// The event; the start of the log where it is an account.
  var of = Position.start
  /// Whether the event stands on the bank account by itself.
  var isBooked = false
  /// The code of the account; empty where it is an event.
  var account = ""
  var amount: Int64 = 0
}

/// Balances with which the books began: no statement shows them as a line.
struct OpeningRow: DescribedRow {
  var position = Position.start
}

/// An event was undone.
struct UndoneRow: DescribedRow {
  var position = Position.start
  /// Which event it was.
  var of = Position.start
  /// The effective day of the reversal.
  var day = Day()
}

extension BankLineRow {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&clinic)
    try fields.visit(&account)
    try fields.visit(&line)
    try fields.visit(&date)
    try fields.visit(&amount)
    try fields.visit(&own)
  }
}

extension BankMatchRow {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&of)
    try fields.visit(&isBooked)
    try fields.visit(&account)
    try fields.visit(&amount)
  }
}

extension OpeningRow {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
  }
}

extension UndoneRow {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&of)
    try fields.visit(&day)
  }
}

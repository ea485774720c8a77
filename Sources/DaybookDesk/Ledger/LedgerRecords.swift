import DaybookBytes
package import DaybookClinicEvents
package import DaybookEvents
import DaybookValues

/// A side of an event that a bank statement will show.
package struct BankItem: Sendable {
  /// The event's position.
  package var position: UInt64 = 0
  /// Where it stands until then.
  package var side: BankSide = .booked
  package var clinic = ClinicID()
  /// What came in; below zero what went out.
  package var amount: Int64 = 0
  /// Whether a line of a statement has shown it.
  package var isMatched = false
  /// Whether the event has been undone.
  package var isReversed = false
}

/// Where money stands that a bank statement will show.
package enum BankSide: UInt32, Hashable, Sendable {
  /// On the bank account.
  case booked = 0
  /// In card clearing.
  case cardClearing = 1
  /// In cash in transit.
  case cashInTransit = 2
}

/// A bank account of a clinic.
package struct BankAccountRecord: Sendable {
  package var clinic = ClinicID()
}

/// A line of a statement that was reconciled.
package struct StatementLine: Sendable {
  package var account = BankAccountID()
  package var line = ""
  /// Whether it has been undone, and may be reconciled anew.
  package var isReversed = false
}

/// An entry made by hand: where its open items stand.
package struct JournalRecord: Sendable {
  package var clinic = ClinicID()
  package var firstItem: Int = 0
  package var itemCount: Int = 0
}

/// What was open when the books began, and is owed by the clinic.
package struct OpenItemRecord: Sendable {
  /// The line of the entry, from 1.
  package var line: UInt32 = 0
  package var account = ""
  package var party = Counterparty()
  package var clinic = ClinicID()
  /// Minor units that are not paid yet; below zero what the other owes.
  package var open: Int64 = 0
}

extension BankSide: StoredValue {
  package static var blank: Self { .booked }
}

extension BankItem: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&position)
    try fields.visit(&side)
    try fields.visit(&clinic)
    try fields.visit(&amount)
    try fields.visit(&isMatched)
    try fields.visit(&isReversed)
  }
}

extension BankAccountRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&clinic)
  }
}

extension StatementLine: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&account)
    try fields.visit(&line)
    try fields.visit(&isReversed)
  }
}

extension JournalRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&clinic)
    try fields.visit(&firstItem)
    try fields.visit(&itemCount)
  }
}

extension OpenItemRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&line)
    try fields.visit(&account)
    try fields.visit(&party)
    try fields.visit(&clinic)
    try fields.visit(&open)
  }
}

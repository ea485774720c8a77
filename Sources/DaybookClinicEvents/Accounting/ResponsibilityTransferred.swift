public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A part of a charge is owed by somebody else from now on.
///
/// Fact, on the charge's stream. Debits the receivable of `to`, credits that of `from`.
public struct ResponsibilityTransferred: EventPayload, Hashable {
  /// The charge.
  public var charge = ChargeID()
  /// Who owed it.
  public var from = Debtor()
  /// Who owes it now, another than `from`.
  public var to = Debtor()
  /// How much: above zero, and at most what `from` still owed.
  public var amount = Amount.zero
  /// Why.
  public var reason = TransferReason.unspecified

  /// No transfer: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .responsibilityTransferred }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .charge }
  public static var areas: Areas { [.accounting] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "charge", &charge)
    try fields.visit(2, "from", &from)
    try fields.visit(3, "to", &to)
    try fields.visit(4, "amount", &amount)
    try fields.visit(5, "reason", &reason)
    try fields.currency()
  }
}

/// Why somebody else owes a part of a charge.
public enum TransferReason: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// A fixed part that the patient pays.
  case copay = 1
  /// A share that the patient pays.
  case coinsurance = 2
  /// What the patient pays before the payer does.
  case deductible = 3
  /// The payer does not cover it.
  case notCovered = 4
  /// The payer decided that the patient owes it.
  case patientDue = 5
  /// The next payer is asked.
  case nextPayer = 6
  /// Back from the patient to a payer.
  case covered = 7
  /// As another program had it.
  case imported = 8

  /// Not said.
  public init() { self = .unspecified }
}

public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// An entry made by hand.
///
/// Fact, on the entry's stream. Debits and credits what its lines say; accounts that are kept item
/// by item are open to it only when the books begin, and then each line is an open item.
public struct JournalPosted: EventPayload, Hashable {
  /// The entry.
  public var entry = JournalID()
  /// Its lines, at least two: debits and credits are equal, at each clinic with the pairs that the
  /// books add.
  public var lines: Few<JournalLine> = []
  /// What it is for.
  public var memo = ""
  /// Whether it is of the balances with which the books begin.
  public var opening = false

  /// No entry: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .journalPosted }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .journal }
  public static var areas: Areas { [.accounting, .tax] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "entry", &entry)
    try fields.visit(2, "lines", &lines)
    try fields.visit(3, "memo", &memo)
    try fields.visit(4, "opening", &opening)
    try fields.currency()
  }
}

/// A line of an entry made by hand: a debit or a credit.
public struct JournalLine: Payload, Hashable {
  /// The code of the account.
  public var account = ""
  /// What is debited; zero in a credit.
  public var debit = Amount.zero
  /// What is credited; zero in a debit.
  public var credit = Amount.zero
  /// The clinic whose books it is in; nil for that of the event.
  public var clinic: ClinicID?
  /// Whom it concerns; nil for nobody.
  public var party: Counterparty?
  /// The document that proves it; empty where there is none.
  public var document = ""
  /// When an open item is due; nil where it is none.
  public var due: Day?
  /// The rule of its tax; nil where there is none.
  public var taxCode: TaxCodeID?
  /// For whom a payer owes a receivable; nil where no payer does.
  public var patient: PatientID?
  /// The charge under which a receivable is open from now on.
  public var charge: ChargeID?
  /// The payment under which a credit or a deposit is open from now on.
  public var payment: PaymentID?

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "account", &account)
    try fields.visit(2, "debit", &debit)
    try fields.visit(3, "credit", &credit)
    try fields.visit(4, "clinic", &clinic)
    try fields.visit(5, "party", &party)
    try fields.visit(6, "document", &document)
    try fields.visit(7, "due", &due)
    try fields.visit(8, "taxCode", &taxCode)
    try fields.visit(9, "patient", &patient)
    try fields.visit(10, "charge", &charge)
    try fields.visit(11, "payment", &payment)
  }
}

/// An item that was open when the books began: a line of an entry made by hand.
public struct OpeningItem: Payload, Hashable {
  /// The entry.
  public var entry = JournalID()
  /// The line, from 1.
  public var line: UInt32 = 0
  /// The code of the account in which it stands; the Desk fills it in.
  public var account = ""

  /// No item: to be filled in.
  public init() {}

  /// Line `line` of `entry`.
  public init(_ entry: JournalID, line: UInt32) {
    self.entry = entry
    self.line = line
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "entry", &entry)
    try fields.visit(2, "line", &line)
    try fields.visit(3, "account", &account)
  }
}

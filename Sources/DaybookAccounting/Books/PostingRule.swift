import DaybookClinicEvents
public import DaybookEvents

/// The shape that the entries of one event have: found by family and tag, named in every entry's id.
///
/// Number and version are never used again for another shape, so that an old entry's id tells for ever
/// how it was made.
public struct PostingRule: Hashable, Sendable {
  /// The number in entry ids.
  public let number: UInt16
  /// The version of the rule set that decides which account a slot means.
  public let version: UInt16
  /// The family of the event.
  public let family: FamilyNumber
  /// The tag of the event.
  public let tag: UInt16
  /// The event's name: `PaymentReceived`.
  public let event: String
  /// The journal that its entries stand in: `receipts`.
  public let journal: String

  private init<E: EventPayload>(_ number: UInt16, _ event: E.Type, _ journal: String) {
    self.number = number
    version = PostingRule.builtInVersion
    family = E.Tag.family
    tag = E.tag.rawValue
    self.event = E.typeName
    self.journal = journal
  }

  /// The version of the built-in rules, frozen: it applies where no other was recorded.
  public static let builtInVersion: UInt16 = 1

  /// The indexes of rules that reports ask for.
  enum Index {
    static let charge: UInt16 = 0
    static let transfer: UInt16 = 1
    static let adjustment: UInt16 = 2
    static let payment: UInt16 = 3
    static let allocated: UInt16 = 4
    static let taxedCharge: UInt16 = 14
    static let mixedSale = 32
    static let mixedReturn = 33
    static let bankLine = 34
    static let roundedPayment = 35

    /// The rules of charges.
    static let charges = [charge, taxedCharge]
  }

  /// The built-in rules; a rule's index is its number less one.
  ///
  /// An event may have several shapes, of which its first rule is the one that it has unless its
  /// entry says otherwise.
  public static let builtIn = [
    PostingRule(1, ChargePosted.self, "sales"),
    PostingRule(2, ResponsibilityTransferred.self, "transfers"),
    PostingRule(3, AdjustmentPosted.self, "adjustments"),
    PostingRule(4, PaymentReceived.self, "receipts"),
    PostingRule(5, PaymentAllocated.self, "receipts"),
    PostingRule(6, GoodsReceived.self, "purchases"),
    PostingRule(7, StockIssued.self, "stock"),
    PostingRule(8, PackageSold.self, "openings"),
    PostingRule(9, PackageCancelled.self, "packages"),
    PostingRule(10, RemittanceReceived.self, "receipts"),
    PostingRule(11, SupplierInvoiceRecorded.self, "purchases"),
    PostingRule(12, PaymentMade.self, "payments"),
    PostingRule(13, BankLineReconciled.self, "bank"),
    PostingRule(14, JournalPosted.self, "journal"),
    PostingRule(15, ChargePosted.self, "sales"),
    PostingRule(16, GoodsReturned.self, "purchases"),
    PostingRule(17, StockTransferDispatched.self, "stock"),
    PostingRule(18, StockTransferReceived.self, "stock"),
    PostingRule(19, StockCounted.self, "stock"),
    PostingRule(20, CommissionAccrued.self, "commission"),
    PostingRule(21, PayrollApproved.self, "payroll"),
    PostingRule(22, AllocationReleased.self, "receipts"),
    PostingRule(23, PaymentReturned.self, "receipts"),
    PostingRule(24, RefundPaid.self, "payments"),
    PostingRule(25, InvoiceRectified.self, "adjustments"),
    PostingRule(26, TillOpened.self, "till"),
    PostingRule(27, TillCashMoved.self, "till"),
    PostingRule(28, TillClosed.self, "till"),
    PostingRule(29, SaleCompleted.self, "sales"),
    PostingRule(30, SaleReturned.self, "sales"),
    PostingRule(31, YearClosed.self, "closing"),
    PostingRule(32, InvoiceIssued.self, "sales"),
    // Tickets with several tax codes: a line of income and one of tax for each.
    PostingRule(33, SaleCompleted.self, "sales"),
    PostingRule(34, SaleReturned.self, "sales"),
    // Bank lines that have one line of the bank.
    PostingRule(35, BankLineReconciled.self, "bank"),
    // Payments made in cash that the coins round: two lines of the difference.
    PostingRule(36, PaymentMade.self, "payments"),
  ]

  /// Whether it is the rule of the event `E`.
  func isOf<E: EventPayload>(_ event: E.Type) -> Bool {
    family == E.Tag.family && tag == E.tag.rawValue
  }

  /// The built-in rule for an event; nil where the event makes no entry.
  public static func find(_ family: FamilyNumber, _ tag: UInt16) -> PostingRule? {
    index(family, tag).map { builtIn[$0] }
  }

  /// The index of the first rule of the same event.
  var first: Int { Self.index(family, tag) ?? Int(number) - 1 }

  static func index(_ family: FamilyNumber, _ tag: UInt16) -> Int? {
    let index = table.index(family, tag)
    return index < 0 ? nil : index
  }

  private static let table = RuleTable(builtIn)
}

/// Rules by family and tag: two array accesses on the way of every event.
private struct RuleTable: Sendable {
  private var indexes: [Int8]
  private static let tagCount = 64

  init(_ rules: [PostingRule]) {
    let families = rules.map { Int($0.family.rawValue) }.max() ?? 0
    indexes = Array(repeating: -1, count: (families + 1) * Self.tagCount)
    for (index, rule) in rules.enumerated() {
      precondition(Int(rule.number) == index + 1 && Int(rule.tag) < Self.tagCount)
      let place = Int(rule.family.rawValue) * Self.tagCount + Int(rule.tag)
      if indexes[place] < 0 { indexes[place] = Int8(index) }
    }
  }

  func index(_ family: FamilyNumber, _ tag: UInt16) -> Int {
    let place = Int(family.rawValue) * Self.tagCount + Int(tag)
    return Int(tag) < Self.tagCount && place < indexes.count ? Int(indexes[place]) : -1
  }
}

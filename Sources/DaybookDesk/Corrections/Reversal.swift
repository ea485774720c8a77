import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// What the Desk asks before an event of some type is reversed.
struct Reversal {
  /// The roles that may.
  var roles: [ClinicRole]
  /// Minor units of money that are undone; nil where it is not about money.
  var money: Int64?

  init(_ roles: [ClinicRole], money: Int64? = nil) {
    self.roles = roles
    self.money = money
  }

  /// Every role that may reverse something.
  static let roles: [ClinicRole] = [
    .accountant, .cashier, .reception, .practitioner, .buyer, .payroll, .admin,
  ]

  /// What the reversal of `event` asks for; nil where events of that type are not reversed.
  ///
  /// The list of the catalogue, "Any stream"; whoever adds an event decides here.
  static func of(_ event: RecalledEvent) throws(WireError) -> Reversal? {
    switch event.header.family {
    case .frontOffice: return FrontOfficeTag(rawValue: event.header.tag).flatMap(of)
    case .accounting:
      return try AccountingTag(rawValue: event.header.tag)
        .flatMap { (tag) throws(WireError) in try of(tag, event) }
    case .humanResources:
      return try HumanResourcesTag(rawValue: event.header.tag)
        .flatMap { (tag) throws(WireError) in try of(tag, event) }
    case .logistics: return LogisticsTag(rawValue: event.header.tag).flatMap(of)
    default: return nil
    }
  }

  private static func of(_ tag: FrontOfficeTag) -> Reversal? {
    switch tag {
    case .treatmentPerformed: Reversal([.practitioner, .reception, .accountant])
    // While it is unused; its charge says what money it is about.
    case .packageSold: Reversal([.reception, .cashier, .accountant])
    default: nil
    }
  }

  private static func of(
    _ tag: AccountingTag, _ event: RecalledEvent
  ) throws(WireError) -> Reversal? {
    switch tag {
    case .chargePosted:
      let charge = try event.decoded(as: ChargePosted.self)
      let total = charge.net.minorUnits &+ charge.tax.minorUnits
      return Reversal([.accountant, .reception], money: total)
    case .responsibilityTransferred: return Reversal([.accountant, .reception])
    case .adjustmentPosted:
      let adjustment = try event.decoded(as: AdjustmentPosted.self)
      return Reversal([.accountant], money: adjustment.amount.minorUnits)
    case .paymentReceived:
      let payment = try event.decoded(as: PaymentReceived.self)
      return Reversal([.accountant, .cashier], money: payment.amount.minorUnits)
    case .paymentAllocated:
      let allocated = try event.decoded(as: PaymentAllocated.self)
      return Reversal([.accountant, .cashier], money: allocated.allocation.amount.minorUnits)
    case .refundPaid:
      let refund = try event.decoded(as: RefundPaid.self)
      return Reversal([.accountant, .cashier], money: refund.amount.minorUnits)
    case .tillCashMoved:
      let moved = try event.decoded(as: TillCashMoved.self)
      return Reversal([.accountant, .cashier, .reception], money: moved.amount.minorUnits)
    case .saleCompleted:
      let sale = try event.decoded(as: SaleCompleted.self)
      return Reversal([.accountant, .cashier, .reception], money: sale.total.minorUnits)
    case .saleReturned:
      let returned = try event.decoded(as: SaleReturned.self)
      return Reversal([.accountant, .cashier, .reception], money: returned.total.minorUnits)
    case .claimSubmitted, .claimAdjudicated: return Reversal([.accountant])
    case .supplierInvoiceRecorded:
      let invoice = try event.decoded(as: SupplierInvoiceRecorded.self)
      return Reversal([.accountant, .buyer], money: abs(max(invoice.total.minorUnits, -.max)))
    case .paymentMade:
      let made = try event.decoded(as: PaymentMade.self)
      return Reversal([.accountant, .cashier], money: made.amount.minorUnits)
    case .bankLineReconciled: return Reversal([.accountant])
    case .journalPosted:
      let posted = try event.decoded(as: JournalPosted.self)
      return Reversal(
        [.accountant], money: posted.lines.map(\.debit.minorUnits).reduce(0) { $0 &+ $1 })
    default: return nil
    }
  }

  private static func of(
    _ tag: HumanResourcesTag, _ event: RecalledEvent
  ) throws(WireError) -> Reversal? {
    switch tag {
    case .shiftScheduled: return Reversal([.reception, .payroll])
    case .absenceRecorded: return Reversal([.payroll])
    case .payrollApproved:
      let lines = try event.decoded(as: PayrollApproved.self).lines
      return Reversal(
        [.payroll, .accountant], money: lines.reduce(0) { $0 &+ $1.net.minorUnits })
    default: return nil
    }
  }

  private static func of(_ tag: LogisticsTag) -> Reversal? {
    switch tag {
    case .goodsReceived, .goodsReturned, .stockCounted: Reversal([.buyer, .accountant])
    case .stockIssued: Reversal([.buyer, .practitioner, .cashier])
    default: nil
    }
  }
}

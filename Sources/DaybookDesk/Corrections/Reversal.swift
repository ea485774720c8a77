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

  /// What the reversal of `event` asks for; nil where it is not for a person to reverse it.
  static func of(_ event: RecalledEvent) throws(WireError) -> Reversal? {
    let (family, tag) = (event.header.family, event.header.tag)
    guard let kind = ReversibleEvent(family, tag: tag) else { return nil }
    switch kind {
    case .treatmentPerformed: return Reversal([.practitioner, .reception, .accountant])
    // While it is unused; its charge says what money it is about.
    case .packageSold: return Reversal([.reception, .cashier, .accountant])
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
    // A year is opened again by opening its last period.
    case .yearClosed: return nil
    case .shiftScheduled: return Reversal([.reception, .payroll])
    case .absenceRecorded: return Reversal([.payroll])
    case .payrollApproved:
      let lines = try event.decoded(as: PayrollApproved.self).lines
      return Reversal(
        [.payroll, .accountant], money: lines.reduce(0) { $0 &+ $1.net.minorUnits })
    case .goodsReceived, .goodsReturned, .stockCounted: return Reversal([.buyer, .accountant])
    case .stockIssued: return Reversal([.buyer, .practitioner, .cashier])
    }
  }
}

import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

/// Nobody owes less than nothing of a charge, no payment settles or gives back more than it is, no
/// payer takes back what it has not paid; and what is owed, paid and adjusted is what was charged.
struct BillingRules: HistoryRule {
  struct Charge {
    var clinic = ClinicID()
    /// Who owed all of it at first.
    var responsible: Debtor?
    /// What it came to when it was posted, and what of that is still asked for.
    var total: Int64 = 0
    var charged: Int64 = 0
    var adjusted: Int64 = 0
    var lost: Int64 = 0
    /// The tax in that which has come back.
    var relieved: Int64 = 0
    var owed: [Debtor: Int64] = [:]
    /// What each party has paid of it and not had back.
    var paid: [Party: Int64] = [:]
    /// What invoices have asked for of it, and what is left of that.
    var asked: Int64 = 0
    var invoiced: Int64 = 0
    var isReversed = false
    var allOwed: Int64 { owed.values.reduce(0, +) }
    var allPaid: Int64 { paid.values.reduce(0, +) }
  }

  struct Payment {
    var from: Party
    var clinic: ClinicID
    var amount: Int64
    var unapplied: Int64
    var isDeposit = false
    var isReversed = false
    /// What invoices ask for of a deposit.
    var invoiced: Int64 = 0
  }

  private(set) var charges: [ChargeID: Charge] = [:]
  private(set) var payments: [PaymentID: Payment] = [:]
  /// What payers carry from one remittance to the next, by clinic.
  private(set) var carried: [ClinicID: Int64] = [:]
  /// What each line of an invoice asks for still.
  private var invoices: [InvoiceID: [Int64]] = [:]

  mutating func take(_ event: borrowing Event, _ faults: inout Faults) throws {
    let clinic = ClinicID(event.header.clinic)
    if event.header.family == .frontOffice,
      event.header.tag == FrontOfficeTag.packageCancelled.rawValue
    {
      cancel(try event.payload(), &faults)
    }
    guard event.header.family == .accounting else { return }
    switch AccountingTag(rawValue: event.header.tag) {
    case .chargePosted:
      let posted = try event.payload(ChargePosted.self)
      let total = posted.net.minorUnits + posted.tax.minorUnits
      charges[posted.charge] = Charge(
        clinic: clinic, responsible: posted.responsible, total: total, charged: total)
      owe(posted.charge, posted.responsible, total, &faults)
    case .responsibilityTransferred: transfer(try event.payload(), 1, &faults)
    case .adjustmentPosted: adjust(try event.payload(), 1, &faults)
    case .paymentReceived: receive(try event.payload(), clinic, &faults)
    case .paymentAllocated: allocate(try event.payload(), 1, &faults)
    case .allocationReleased:
      release(try event.payload(AllocationReleased.self).part, &faults)
    case .paymentReturned: takeBack(try event.payload(), &faults)
    case .remittanceReceived: remit(try event.payload(), clinic, &faults)
    case .refundPaid:
      let paid = try event.payload(RefundPaid.self)
      faults.require(
        paid.parts.reduce(0) { $0 + $1.amount.minorUnits } == paid.amount.minorUnits,
        "a refund of other payments than it gives back")
      refund(paid, -1, &faults)
    case .invoiceIssued: issue(try event.payload(), &faults)
    case .invoiceRectified: rectify(try event.payload(), &faults)
    case .saleReturned: forgive(try event.payload(), 1, &faults)
    case .journalPosted: open(try event.payload(), 1, &faults)
    default: break
    }
  }

  mutating func undo(
    _ reversed: Reversed, _ header: RecordHeader, _ faults: inout Faults
  ) throws {
    if reversed.isOf(ChargePosted.self) {
      undo(try reversed.original(ChargePosted.self), &faults)
    } else if reversed.isOf(ResponsibilityTransferred.self) {
      transfer(try reversed.original(), -1, &faults)
    } else if reversed.isOf(AdjustmentPosted.self) {
      adjust(try reversed.original(), -1, &faults)
    } else if reversed.isOf(PaymentReceived.self) {
      undo(try reversed.original(PaymentReceived.self), &faults)
    } else if reversed.isOf(PaymentAllocated.self) {
      allocate(try reversed.original(), -1, &faults)
    } else if reversed.isOf(RefundPaid.self) {
      refund(try reversed.original(), 1, &faults)
    } else if reversed.isOf(SaleReturned.self) {
      forgive(try reversed.original(), -1, &faults)
    } else if reversed.isOf(JournalPosted.self) {
      open(try reversed.original(), -1, &faults)
    }
  }

  // MARK: - Charges

  private mutating func owe(
    _ charge: ChargeID, _ debtor: Debtor, _ amount: Int64, _ faults: inout Faults
  ) {
    let owed = (charges[charge]?.owed[debtor] ?? 0) + amount
    faults.require(charges[charge] != nil, "no \(charge)")
    faults.require(owed >= 0, "\(debtor) owes \(owed) of \(charge)")
    charges[charge]?.owed[debtor] = owed
  }

  private mutating func transfer(
    _ event: ResponsibilityTransferred, _ sign: Int64, _ faults: inout Faults
  ) {
    let amount = event.amount.minorUnits * sign
    owe(event.charge, event.from, -amount, &faults)
    owe(event.charge, event.to, amount, &faults)
  }

  private mutating func adjust(
    _ event: AdjustmentPosted, _ sign: Int64, _ faults: inout Faults
  ) {
    let isRecovery = event.type == .recovery
    let amount = event.amount.minorUnits * (isRecovery ? -sign : sign)
    owe(event.charge, event.debtor, -amount, &faults)
    charges[event.charge]?.adjusted += amount
    guard isRecovery || event.type == .badDebt else { return }
    charges[event.charge]?.lost += amount
    faults.require(charges[event.charge]?.lost ?? 0 >= 0, "more recovered than was lost")
    charges[event.charge]?.relieved += event.tax.minorUnits * (isRecovery ? -sign : sign)
    let (relieved, lost) = charges[event.charge].map { ($0.relieved, $0.lost) } ?? (0, 0)
    faults.require(
      relieved >= 0 && relieved <= lost, "\(relieved) of tax came back of \(lost) that are lost")
  }

  private mutating func undo(_ event: ChargePosted, _ faults: inout Faults) {
    guard let charge = charges[event.charge] else { return faults.add("no \(event.charge)") }
    faults.require(charge.allPaid == 0, "\(event.charge) is undone, and was paid")
    faults.require(charge.adjusted == 0, "\(event.charge) is undone, and was adjusted")
    faults.require(
      charge.invoiced == 0, "\(event.charge) is undone, and was invoiced")
    faults.require(
      charge.owed[event.responsible] == charge.charged, "\(event.charge) is undone and transferred")
    charges[event.charge]?.owed = [:]
    charges[event.charge]?.charged = 0
    charges[event.charge]?.isReversed = true
  }

  private mutating func forgive(
    _ event: SaleReturned, _ sign: Int64, _ faults: inout Faults
  ) {
    guard let charge = event.charge, let patient = event.patient else { return }
    owe(charge, .patient(patient), -sign * event.forgiven.minorUnits, &faults)
    charges[charge]?.charged -= sign * event.forgiven.minorUnits
  }

  private mutating func cancel(_ event: PackageCancelled, _ faults: inout Faults) {
    var credit = event.refundDue.minorUnits + event.tax.minorUnits
    for part in event.released {
      credit -= part.amount.minorUnits
      owe(part.charge, part.owedBy, -part.amount.minorUnits, &faults)
      charges[part.charge]?.charged -= part.amount.minorUnits
    }
    faults.require(credit >= 0, "more is taken off than is given back")
    if let payment = event.credit {
      fill(payment, credit, &faults)
    } else {
      faults.require(credit == 0, "\(credit) of a package is nobody's")
    }
  }

  // MARK: - Payments

  private mutating func fill(_ payment: PaymentID, _ amount: Int64, _ faults: inout Faults) {
    let unapplied = (payments[payment]?.unapplied ?? 0) + amount
    faults.require(payments[payment] != nil, "no \(payment)")
    faults.require(unapplied >= 0, "\(payment) has \(unapplied) left")
    payments[payment]?.unapplied = unapplied
  }

  private mutating func settle(
    _ part: Allocation, by payment: PaymentID, _ sign: Int64, _ faults: inout Faults
  ) {
    let party = payments[payment]?.from ?? .walkIn
    let amount = sign * part.amount.minorUnits
    owe(part.charge, part.owedBy, -amount, &faults)
    let paid = (charges[part.charge]?.paid[party] ?? 0) + amount
    faults.require(paid >= 0, "\(party) has paid \(paid) of \(part.charge)")
    charges[part.charge]?.paid[party] = paid
    faults.require(
      charges[part.charge]?.isReversed == false, "\(part.charge) is settled, and was undone")
  }

  private mutating func receive(
    _ event: PaymentReceived, _ clinic: ClinicID, _ faults: inout Faults
  ) {
    let amount = event.amount.minorUnits
    payments[event.payment] = Payment(
      from: event.from, clinic: clinic, amount: amount, unapplied: amount,
      isDeposit: event.deposit != nil)
    for part in event.allocations {
      fill(event.payment, -part.amount.minorUnits, &faults)
      settle(part, by: event.payment, 1, &faults)
    }
  }

  private mutating func undo(_ event: PaymentReceived, _ faults: inout Faults) {
    for part in event.allocations {
      fill(event.payment, part.amount.minorUnits, &faults)
      settle(part, by: event.payment, -1, &faults)
    }
    let known = payments[event.payment]
    faults.require(
      known?.unapplied == event.amount.minorUnits, "\(event.payment) is undone, and was used")
    faults.require(known?.invoiced == 0, "\(event.payment) is undone, and was invoiced")
    payments[event.payment]?.unapplied = 0
    payments[event.payment]?.isReversed = true
  }

  private mutating func allocate(
    _ event: PaymentAllocated, _ sign: Int64, _ faults: inout Faults
  ) {
    fill(event.payment, -sign * event.allocation.amount.minorUnits, &faults)
    settle(event.allocation, by: event.payment, sign, &faults)
  }

  private mutating func release(_ part: ReleasedPart, _ faults: inout Faults) {
    let isDeposit = payments[part.payment]?.isDeposit == true
    faults.require(
      !part.ofDeposit || isDeposit, "\(part.payment) is no deposit, and becomes one")
    fill(part.credit ?? part.payment, part.allocation.amount.minorUnits, &faults)
    settle(part.allocation, by: part.payment, -1, &faults)
  }

  private mutating func takeBack(_ event: PaymentReturned, _ faults: inout Faults) {
    for part in event.reopened {
      fill(event.payment, part.amount.minorUnits, &faults)
      settle(part, by: event.payment, -1, &faults)
    }
    fill(event.payment, -event.amount.minorUnits, &faults)
  }

  private mutating func remit(
    _ event: RemittanceReceived, _ clinic: ClinicID, _ faults: inout Faults
  ) {
    let payer = Party.payer(event.payer)
    payments[event.payment] = Payment(
      from: payer, clinic: clinic, amount: event.total.minorUnits, unapplied: 0)
    var sum: Int64 = 0
    for line in event.lines {
      sum += line.paid.minorUnits
      let part = Allocation(
        line.charge, owedBy: .payer(event.payer, line.priority), line.paid)
      settle(part, by: event.payment, 1, &faults)
    }
    for adjustment in event.providerAdjustments {
      sum += adjustment.amount.minorUnits
      if adjustment.type == .balance {
        carried[clinic, default: 0] += adjustment.amount.minorUnits
      }
    }
    faults.require(sum == event.total.minorUnits, "a remittance of \(sum)")
  }

  private mutating func refund(_ event: RefundPaid, _ sign: Int64, _ faults: inout Faults) {
    for part in event.parts { fill(part.payment, sign * part.amount.minorUnits, &faults) }
  }

  private mutating func open(
    _ event: JournalPosted, _ sign: Int64, _ faults: inout Faults
  ) {
    for line in event.lines {
      if let payment = line.payment { fill(payment, sign * line.credit.minorUnits, &faults) }
      guard let charge = line.charge, let debtor = charges[charge]?.responsible else {
        continue
      }
      owe(charge, debtor, sign * line.debit.minorUnits, &faults)
      charges[charge]?.charged += sign * line.debit.minorUnits
      charges[charge]?.total += sign * line.debit.minorUnits
    }
  }

  // MARK: - Invoices

  private mutating func issue(_ event: InvoiceIssued, _ faults: inout Faults) {
    var asked: [Int64] = []
    for part in event.released { release(part, &faults) }
    for line in event.lines {
      let gross = line.net.minorUnits + line.tax.minorUnits
      // What rounding the document as a whole adds is owed with it.
      if let charge = line.charge, let debtor = line.owedBy, line.rounding != .zero {
        owe(charge, debtor, line.rounding.minorUnits, &faults)
        charges[charge]?.charged += line.rounding.minorUnits
        charges[charge]?.total += line.rounding.minorUnits
      }
      asked.append(gross)
      if let charge = line.charge {
        charges[charge]?.asked += gross
        charges[charge]?.invoiced += gross
        let known = charges[charge] ?? Charge()
        faults.require(known.asked <= known.total, "\(charge) is invoiced for more than it is")
        faults.require(!known.isReversed, "\(charge) is invoiced, and was undone")
      }
      if let deposit = line.deposit {
        payments[deposit]?.invoiced += gross
        faults.require(
          payments[deposit]?.isReversed == false, "\(deposit) is invoiced, and was undone")
      }
    }
    invoices[event.invoice] = asked
    let off = event.deductions.reduce(0) { $0 + $1.net.minorUnits + $1.tax.minorUnits }
    faults.require(
      asked.reduce(0, +) - off == event.total.minorUnits, "\(event.invoice) does not add up")
  }

  private mutating func rectify(_ event: InvoiceRectified, _ faults: inout Faults) {
    for part in event.released {
      release(part, &faults)
      // The debt is less for good: a deposit that had settled it is credit from then on.
      faults.require(!part.ofDeposit, "\(event.original) makes a deposit of \(part.payment) again")
    }
    for line in event.lines {
      let gross = line.net.minorUnits + line.tax.minorUnits
      let left = (invoices[event.original]?[Int(line.line) - 1] ?? 0) - gross
      faults.require(left >= 0, "more is taken off \(event.original) than it asks for")
      invoices[event.original]?[Int(line.line) - 1] = left
      if let deposit = line.deposit { payments[deposit]?.invoiced -= gross }
      guard let charge = line.charge, let debtor = line.owedBy else { continue }
      owe(charge, debtor, -gross, &faults)
      charges[charge]?.invoiced -= gross
      charges[charge]?.charged -= gross
    }
  }

  // MARK: - At the end

  func compare(with state: DeskState, _ faults: inout Faults) {
    for (id, charge) in charges.sorted(by: { $0.key < $1.key }) {
      guard let known = state.billing.charges[id] else {
        faults.add("\(id) is unknown")
        continue
      }
      faults.require(
        known.owed + charge.allPaid + charge.adjusted == charge.charged,
        "\(id): \(known.owed) owed, \(charge.allPaid) paid, \(charge.adjusted) adjusted of "
          + "\(charge.charged)")
      for (debtor, owed) in charge.owed {
        faults.require(
          known.owed(by: debtor) == owed,
          "\(debtor) owes \(owed) of \(id), by the Desk "
            + "\(known.owed(by: debtor))")
      }
      let settled = state.billing.allocations(of: known).reduce(0) { $0 + $1.amount }
      faults.require(
        settled == charge.allPaid, "\(settled) settles \(id), \(charge.allPaid) was paid")
    }
    for (id, payment) in payments.sorted(by: { $0.key < $1.key }) {
      let known = state.billing.payments[id]
      faults.require(
        known?.unapplied == payment.unapplied,
        "\(id) has \(payment.unapplied) left, by the Desk "
          + "\(known?.unapplied ?? -1)")
    }
  }
}

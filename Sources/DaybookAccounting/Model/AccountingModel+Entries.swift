import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// The entries of Books, section 2: one function an event, one line of the table each.
extension AccountingModel {
  mutating func applyAccounting(_ event: borrowing Event) throws {
    guard let tag = AccountingTag(rawValue: event.header.tag) else { return }
    switch tag {
    case .chargePosted: try applyCharge(event)
    case .responsibilityTransferred: try applyTransfer(event)
    case .adjustmentPosted:
      let adjustment = try event.payload(AdjustmentPosted.self)
      try entry(event) { (books) throws(PostingError) in try books.post(adjustment) }
    case .paymentReceived: try applyPayment(event)
    case .paymentAllocated:
      let allocated = try event.payload(PaymentAllocated.self)
      try entry(event) { (books) throws(PostingError) in try books.post(allocated) }
    case .invoiceRectified:
      let rectified = try event.payload(InvoiceRectified.self)
      try entry(event) { (books) throws(PostingError) in try books.post(rectified) }
      note(rectified, event)
    case .allocationReleased:
      let released = try event.payload(AllocationReleased.self)
      try entry(event) { (books) throws(PostingError) in try books.post(released) }
    case .paymentReturned:
      let returned = try event.payload(PaymentReturned.self)
      try entry(event) { (books) throws(PostingError) in try books.post(returned) }
    case .refundPaid:
      let refund = try event.payload(RefundPaid.self)
      try entry(event) { (books) throws(PostingError) in try books.post(refund) }
      note(refund, event)
      if refund.tillSession != nil { try note(refund, event.header) }
    case .tillOpened, .tillCashMoved, .tillClosed, .saleCompleted, .saleReturned:
      try applyTill(event, tag)
    case .invoiceIssued:
      let issued = try event.payload(InvoiceIssued.self)
      try entry(event) { (books) throws(PostingError) in try books.post(issued) }
      note(issued, event)
    case .claimSubmitted, .claimAdjudicated: break
    case .remittanceReceived:
      let remitted = try event.payload(RemittanceReceived.self)
      try entry(event) { (books) throws(PostingError) in try books.post(remitted) }
    case .supplierInvoiceRecorded:
      let invoice = try event.payload(SupplierInvoiceRecorded.self)
      try entry(event) { (books) throws(PostingError) in try books.post(invoice) }
      note(invoice, event)
    case .paymentMade:
      let made = try event.payload(PaymentMade.self)
      let isRounded = !(made.method.rounding ?? .zero).isZero
      try entry(event, rule: isRounded ? PostingRule.Index.roundedPayment : nil) {
        (books) throws(PostingError) in try books.post(made)
      }
      note(made, event)
      if made.tillSession != nil { try note(made, event.header) }
    case .bankLineReconciled:
      let reconciled = try event.payload(BankLineReconciled.self)
      let rule = reconciled.unbooked.map { _ in PostingRule.Index.bankLine }
      try entry(event, rule: rule) { (books) throws(PostingError) in
        try books.post(reconciled)
      }
    case .journalPosted:
      let posted = try event.payload(JournalPosted.self)
      try entry(event) { (books) throws(PostingError) in try books.post(posted) }
      note(posted, event)
    case .periodClosed: try close(try event.payload(PeriodClosed.self), event)
    case .periodReopened: try reopen(try event.payload(PeriodReopened.self), event)
    case .yearClosed: try close(try event.payload(YearClosed.self), event)
    }
  }

  // The three that books are full of, each on its own: what a function keeps for all events, it sets up
  // for each.

  private mutating func applyCharge(_ event: borrowing Event) throws {
    var charge = ChargePosted()
    try event.read(into: &charge)
    let rule = charge.listTax.map { _ in Int(PostingRule.Index.taxedCharge) }
    try entry(event, rule: rule) { (books) throws(PostingError) in try books.post(charge) }
    if charge.package != nil
      || serviceTypes[charge.service.number] == Int(ServiceType.package.rawValue)
    {
      try notePackage(of: charge, event.header)
    }
  }

  private mutating func applyTransfer(_ event: borrowing Event) throws {
    var transfer = ResponsibilityTransferred()
    try event.read(into: &transfer)
    try entry(event) { (books) throws(PostingError) in try books.post(transfer) }
  }

  private mutating func applyPayment(_ event: borrowing Event) throws {
    var payment = PaymentReceived()
    try event.read(into: &payment)
    try entry(event) { (books) throws(PostingError) in try books.post(payment) }
    if payment.tillSession != nil { try note(payment, event.header) }
  }

  private mutating func applyTill(
    _ event: borrowing Event, _ tag: AccountingTag
  ) throws {
    switch tag {
    case .tillOpened:
      let opened = try event.payload(TillOpened.self)
      try entry(event) { (books) throws(PostingError) in try books.post(opened) }
      try note(opened, event.header)
    case .tillCashMoved:
      let moved = try event.payload(TillCashMoved.self)
      try entry(event) { (books) throws(PostingError) in try books.post(moved) }
      try note(moved, event.header)
    case .tillClosed:
      let closed = try event.payload(TillClosed.self)
      try entry(event) { (books) throws(PostingError) in try books.post(closed) }
      try note(closed, event.header)
    case .saleCompleted:
      let sale = try event.payload(SaleCompleted.self)
      let first = sale.lines.first?.taxCode
      let isMixed = sale.lines.contains { $0.taxCode != first }
      try entry(event, rule: isMixed ? PostingRule.Index.mixedSale : nil) {
        (books) throws(PostingError) in try books.post(sale)
      }
      if sale.tillSession != nil { try note(sale, event.header) }
    case .saleReturned:
      let returned = try event.payload(SaleReturned.self)
      let first = returned.lines.first?.taxCode
      let isMixed = returned.lines.contains { $0.taxCode != first }
      try entry(event, rule: isMixed ? PostingRule.Index.mixedReturn : nil) {
        (books) throws(PostingError) in try books.post(returned)
      }
      if returned.tillSession != nil { try note(returned, event.header) }
    default: break
    }
  }

  mutating func applyLogistics(_ event: borrowing Event) throws {
    guard let tag = LogisticsTag(rawValue: event.header.tag) else { return }
    switch tag {
    case .goodsReceived:
      let received = try event.payload(GoodsReceived.self)
      try entry(event) { (books) throws(PostingError) in try books.post(received) }
    case .stockIssued:
      let issued = try event.payload(StockIssued.self)
      try entry(event) { (books) throws(PostingError) in try books.post(issued) }
    case .goodsReturned:
      let returned = try event.payload(GoodsReturned.self)
      try entry(event) { (books) throws(PostingError) in try books.post(returned) }
    case .stockTransferDispatched:
      let dispatched = try event.payload(StockTransferDispatched.self)
      try entry(event) { (books) throws(PostingError) in try books.post(dispatched) }
    case .stockTransferReceived:
      let received = try event.payload(StockTransferReceived.self)
      try entry(event) { (books) throws(PostingError) in try books.post(received) }
    case .stockCounted:
      let counted = try event.payload(StockCounted.self)
      try entry(event) { (books) throws(PostingError) in try books.post(counted) }
    case .itemDefined, .purchaseOrderPlaced, .purchaseOrderClosed, .lotStatusSet,
      .sterilisationRecorded, .equipmentServiced:
      break
    }
  }

  /// Makes the entry of `event` by `lines`, whole or not at all.
  ///
  /// By the rule of that index, or else that of the event.
  ///
  /// In line: to call a closure copies what it has taken hold of. Nor is the header handed on, which
  /// would copy it at each step.
  @inline(always)
  mutating func entry(
    _ event: borrowing Event, rule: Int? = nil,
    _ lines: (inout AccountingModel) throws(PostingError) -> Void
  ) throws(PostingError) {
    guard let rule = rule ?? PostingRule.index(event.header.family, event.header.tag) else {
      return
    }
    guard let document = DocumentKey(event.header.stream) else { throw tooLarge(event.header) }
    var template = Posting()
    template.position = event.header.position
    template.document = document
    template.day = event.header.effective.day.daysSince1970
    template.clinic = try slots.index(of: event.header.clinic, at: event.header.position)
    template.rule = UInt16(rule)
    template.actor = try actors.index(of: event.header.actor, at: event.header.position)
    let hasRules = !accountRules.isEmpty
    if hasRules { accounts = accounts(PostingRule.builtIn[rule].first, on: template.day) }
    noteRecorded(event)
    ledger.begin(template)
    entryClinic = template.clinic
    do throws(PostingError) {
      try lines(&self)
      try ledger.commit(betweenClinics: accounts[.betweenClinics])
      charges.commit()
    } catch {
      ledger.abandon()
      charges.takeBack()
      accounts = builtInAccounts
      throw error
    }
    if hasRules { accounts = builtInAccounts }
  }

  /// Debits the receivable by list price and tax, credits income and tax; the discount is not netted.
  ///
  /// Books has the discount of a taxed charge with its tax, as a debit of output tax. An event that
  /// has the tax of its list price is posted so, by a rule of its own: what was taken off has the
  /// difference of both taxes. One without was written before tax codes were events, or has no such
  /// difference: its tax stands once, on the net price, and the discount without. Every balance is
  /// the same by both rules.
  private mutating func post(
    _ charge: ChargePosted
  ) throws(PostingError) {
    let owing = try debtor(charge.responsible)
    let patient = try key(charge.patient)
    let (list, discount, tax) = (
      try minor(charge.list), try minor(charge.discount), try minor(charge.tax)
    )
    let listTax = try minor(charge.listTax ?? charge.tax)
    let taxCode = try taxNumber(charge.taxCode)
    let number = try short(charge.charge.number)
    if let last = charges.lastRow(), last.number >= number {
      throw ledger.error(.chargeOutOfOrder)
    }
    let (gross, tooLarge) = list.addingReportingOverflow(listTax)
    guard !tooLarge else { throw ledger.error(.overflow) }
    guard list >= 0, tax >= 0, discount >= 0, discount <= list, listTax >= tax else {
      throw ledger.error(.negativeAmount)
    }
    let discountTax = listTax - tax
    // What is left of a sale is posted by the sale; its charge is only there to be settled.
    guard charge.sale == nil else {
      return charges.stage(
        ChargeRow(
          position: ledger.position, list: 0, discount: 0, tax: 0, number: number,
          day: ledger.day, clinic: entryClinic,
          patient: try short(charge.patient.number), service: 0, practitioner: 0, units: 0,
          responsible: owing.party.rawValue))
    }
    try add(owing.slot, .debit, gross, owing.party, number)
    let income = income(of: charge, on: ledger.day)
    ledger.taxCode = taxCode
    // What is taken off a package is never deferred.
    try add(income == .packageIncome ? income : .discount, .debit, discount, patient)
    try add(.outputTax, .debit, discountTax, patient)
    try add(income, .credit, list, patient)
    try add(.outputTax, .credit, listTax, patient)
    ledger.taxCode = 0
    try add(owing.slot, .credit, discount + discountTax, owing.party, number)
    ledger.taxCode = taxCode
    try recognise(charge, patient, income)
    charges.stage(
      ChargeRow(
        position: ledger.position, list: list, discount: discount, tax: tax,
        number: number, day: ledger.day, clinic: entryClinic, taxCode: taxCode,
        patient: try short(charge.patient.number), service: try short(charge.service.number),
        practitioner: try short(charge.practitioner?.number ?? 0), units: charge.units,
        responsible: owing.party.rawValue))
  }

  private mutating func income(of charge: ChargePosted, on day: Int32) -> Slot {
    switch serviceTypes.place(of: charge.service.number) {
    case Int(ServiceType.fee.rawValue): .feeIncome
    case Int(ServiceType.package.rawValue): .packageIncome
    // A taxed charge may be so small, or so far discounted, that its tax is nothing: the code tells.
    default:
      if let code = charge.taxCode {
        isTaxable(code, on: day) ? .taxableIncome : .exemptIncome
      } else {
        charge.tax.isZero ? .exemptIncome : .taxableIncome
      }
    }
  }

  private mutating func post(_ transfer: ResponsibilityTransferred) throws(PostingError) {
    let to = try debtor(transfer.to)
    let from = try debtor(transfer.from)
    let charge = try short(transfer.charge.number)
    let clinic = try clinic(ofCharge: charge)
    let amount = try minor(transfer.amount)
    try add(to.slot, .debit, amount, to.party, charge, clinic)
    try add(from.slot, .credit, amount, from.party, charge, clinic)
  }

  /// A bad debt, or what of one is recovered, that says what of it is tax bears the charge's code, so
  /// that returns have it; one that does not is lost as a whole.
  private mutating func post(
    _ adjustment: AdjustmentPosted
  ) throws(PostingError) {
    let owing = try debtor(adjustment.debtor)
    let charge = try short(adjustment.charge.number)
    let clinic = try clinic(ofCharge: charge)
    let amount = try minor(adjustment.amount)
    switch adjustment.type {
    case .unspecified: throw ledger.error(.unspecified)
    case .contractual, .denied:
      try add(.insurerAdjustment, .debit, amount, owing.party, clinic: clinic)
    case .writeOff:
      let limit = slots.writeOffLimits[Int(clinic)]
      let slot: Slot = limit.map { amount <= $0 } ?? false ? .writtenOffSmall : .badDebt
      try add(slot, .debit, amount, owing.party, clinic: clinic)
    case .badDebt:
      let (provided, tax) = (try minor(adjustment.provided), try minor(adjustment.tax))
      guard tax >= 0, tax <= amount, provided <= amount - tax else {
        throw ledger.error(.negativeAmount)
      }
      if tax != 0 { ledger.taxCode = taxNumber(ofCharge: charge) }
      try add(.badDebt, .debit, amount - tax - provided, owing.party, clinic: clinic)
      try add(.allowance, .debit, provided, owing.party, clinic: clinic)
      try add(.outputTax, .debit, tax, owing.party, clinic: clinic)
      ledger.taxCode = 0
    case .rounding: try add(.rounding, .debit, amount, owing.party, clinic: clinic)
    case .courtesy:
      let tax = try taxShare(ofCharge: charge, in: amount)
      ledger.taxCode = taxNumber(ofCharge: charge)
      try add(.goodwill, .debit, amount - tax, owing.party, clinic: clinic)
      try add(.outputTax, .debit, tax, owing.party, clinic: clinic)
      ledger.taxCode = 0
    case .recovery:
      let tax = try minor(adjustment.tax)
      guard tax >= 0, tax <= amount else { throw ledger.error(.negativeAmount) }
      try add(owing.slot, .debit, amount, owing.party, charge, clinic)
      if tax != 0 { ledger.taxCode = taxNumber(ofCharge: charge) }
      try add(.badDebt, .credit, amount - tax, owing.party, clinic: clinic)
      try add(.outputTax, .credit, tax, owing.party, clinic: clinic)
      ledger.taxCode = 0
      return
    }
    try add(owing.slot, .credit, amount, owing.party, charge, clinic)
  }

  /// The part of `amount` that is tax, as the charge's tax is a part of what it asked; half away.
  private mutating func taxShare(
    ofCharge charge: UInt32, in amount: Int64
  ) throws(PostingError) -> Int64 {
    guard let row = charges.row(ofCharge: charge), row.tax != 0 else { return 0 }
    let gross = Int128(row.net) + Int128(row.tax)
    let share = (2 * Int128(amount) * Int128(row.tax) + gross) / (2 * gross)
    guard let tax = Int64(exactly: share) else { throw ledger.error(.overflow) }
    return tax
  }

  private mutating func post(
    _ payment: PaymentReceived
  ) throws(PostingError) {
    let from = try key(payment.from)
    let money = money(payment.method.type, payment.tillSession)
    var rest = try minor(payment.amount)
    guard rest >= 0 else { throw ledger.error(.negativeAmount) }
    try add(money, .debit, rest, from)
    for index in payment.allocations.indices {
      let allocation = payment.allocations[index]
      let owing = try debtor(allocation.owedBy)
      let charge = try short(allocation.charge.number)
      let amount = try minor(allocation.amount)
      try add(owing.slot, .credit, amount, owing.party, charge, try clinic(ofCharge: charge))
      guard amount <= rest else { throw ledger.error(.overAllocated) }
      rest -= amount
    }
    let tax = try minor(payment.deposit?.tax ?? .zero)
    let taxCode = try taxNumber(payment.deposit?.taxCode)
    if taxCode != 0 { depositTaxCodes[payment.payment.number] = Int(taxCode) }
    try addRest(
      .credit, rest, tax: tax, ofDeposit: payment.deposit != nil, from, of: payment.payment)
    let tip = try minor(payment.tip ?? .zero)
    try add(money, .debit, tip, from)
    try add(.tips, .credit, tip, from)
    try round(payment.method, money, .debit, from)
  }

  private mutating func post(_ allocated: PaymentAllocated) throws(PostingError) {
    let from = try key(allocated.from)
    let owing = try debtor(allocated.allocation.owedBy)
    let charge = try short(allocated.allocation.charge.number)
    let amount = try minor(allocated.allocation.amount)
    let tax = try minor(allocated.tax)
    try addRest(
      .debit, amount, tax: tax, ofDeposit: allocated.ofDeposit, from, of: allocated.payment)
    try add(owing.slot, .credit, amount, owing.party, charge, try clinic(ofCharge: charge))
  }

  private mutating func post(_ received: GoodsReceived) throws(PostingError) {
    let supplier = try received.supplier.map { (id) throws(PostingError) in try key(id) } ?? .none
    var sum: Int64 = 0
    for line in received.lines {
      let value = try minor(line.value)
      try add(.inventory, .debit, value, supplier)
      let (next, tooLarge) = sum.addingReportingOverflow(value)
      guard !tooLarge else { throw ledger.error(.overflow) }
      sum = next
    }
    try add(received.opening ? .openingBalance : .goodsNotInvoiced, .credit, sum, supplier)
    if !received.opening { try addPurchase(sum, supplier) }
  }

  private mutating func post(_ issued: StockIssued) throws(PostingError) {
    let cost: Slot
    switch issued.purpose {
    case .unspecified: throw ledger.error(.unspecified)
    case .treatment, .internal: cost = .consumables
    case .sale: cost = .costOfSales
    case .expired, .damaged, .lost: cost = .stockLoss
    }
    let patient = try issued.patient.map { (id) throws(PostingError) in try key(id) } ?? .none
    for line in issued.lines {
      let value = try minor(line.value)
      try add(cost, .debit, value, patient)
      try add(.inventory, .credit, value, patient)
    }
  }
}

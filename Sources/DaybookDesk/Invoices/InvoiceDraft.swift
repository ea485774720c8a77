import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

/// The lines of an invoice, checked and not yet written.
struct InvoiceDraft {
  let customer: Party
  private let state: DeskState
  private(set) var lines: [InvoiceLine] = []
  private(set) var deductions: [DepositDeduction] = []
  /// What is overpaid by a tax that is rounded down.
  private(set) var released: [ReleasedPart] = []
  /// The first charge named.
  private(set) var first: ChargeRecord?
  // What the lines so far leave of each charge; only asked for a key.
  private var charges: [ChargeID: ChargeRecord] = [:]
  private var named: Set<StreamID> = []

  init(for customer: Party, _ state: DeskState) {
    self.customer = customer
    self.state = state
  }

  /// A share of a charge: the customer's, or that of who is named.
  mutating func add(_ share: InvoiceShare, _ review: inout Review) {
    guard let known = charges[share.charge] ?? review.charge(share.charge, state, "charges")
    else { return }
    if first == nil { first = known }
    review.requireHere(known.clinic, "charge \(share.charge)", "charges")
    let own = known.shares.first { $0.debtor.party == customer }?.debtor
    guard let debtor = share.owedBy ?? own else {
      review.refuse(InvoiceRefusal.otherCustomer("\(share.charge)"), "charges.owedBy")
      return
    }
    let left = known.invoiceable(to: debtor)
    let asked = share.amount.map { review.positive($0, "charges.amount") } ?? left
    if asked > left || left == 0 {
      review.refuse(
        InvoiceRefusal.aboveInvoiceable(share.charge, left: review.amount(left)),
        "charges.amount")
      return
    }
    let tax = RunningShare.next(
      asked, after: known.invoiced, of: known.total, sharing: known.tax)
    var line = InvoiceLine()
    line.charge = share.charge
    line.owedBy = debtor
    line.taxCode = known.taxCode
    line.rate = rate(known.taxCode, on: known.effective.day)
    line.net = Amount(minorUnits: asked - tax)
    line.tax = Amount(minorUnits: tax)
    lines.append(line)
    var rest = known
    try? rest.invoice(debtor, asked)
    charges[share.charge] = rest
  }

  /// A deposit, confirmed as a whole.
  mutating func add(_ deposit: PaymentID, _ review: inout Review) {
    guard isNew(deposit.stream, "deposit", "deposits", &review),
      let known = review.known(deposit, in: state.billing.payments, "deposits")
    else { return }
    review.requireHere(known.clinic, "payment \(deposit)", "deposits")
    if !known.isDeposit || known.isReversed {
      review.refuse(InvoiceRefusal.notADeposit(deposit), "deposits")
    }
    if known.from != customer {
      review.refuse(InvoiceRefusal.otherCustomer("\(deposit)"), "deposits")
    }
    if known.invoiced > 0 {
      review.refuse(InvoiceRefusal.alreadyInvoiced("\(deposit)"), "deposits")
    }
    var line = InvoiceLine()
    line.deposit = deposit
    line.taxCode = known.taxCode
    line.rate = rate(known.taxCode, on: known.effective.day)
    line.net = Amount(minorUnits: known.amount - known.tax)
    line.tax = Amount(minorUnits: known.tax)
    lines.append(line)
  }

  /// What is left of a ticket, by rule of tax.
  mutating func add(_ sale: SaleID, _ review: inout Review) {
    guard isNew(sale.stream, "sale", "sales", &review),
      let known = review.known(sale, in: state.sales.sales, "sales")
    else { return }
    review.requireHere(known.clinic, "sale \(sale)", "sales")
    if let patient = known.patient, .patient(patient) != customer {
      review.refuse(InvoiceRefusal.otherCustomer("\(sale)"), "sales")
    }
    if known.isReversed { review.refuse(SaleRefusal.reversed(sale), "sales") }
    if known.isInvoiced { review.refuse(InvoiceRefusal.alreadyInvoiced("\(sale)"), "sales") }
    var found: [InvoiceLine] = []
    for sold in known.lines {
      let amount =
        sold.amount - RunningShare.upTo(sold.returned, of: sold.quantity, sharing: sold.amount)
      let tax = sold.tax - RunningShare.upTo(sold.returned, of: sold.quantity, sharing: sold.tax)
      let index =
        found.firstIndex { $0.taxCode == sold.taxCode && $0.rate == sold.rate } ?? found.count
      if index == found.count {
        found.append(
          InvoiceLine.with {
            $0.sale = sale
            $0.taxCode = sold.taxCode
            $0.rate = sold.rate
          })
      }
      // No more than the ticket's total, which fits.
      found[index].net.minorUnits += amount - tax
      found[index].tax.minorUnits += tax
    }
    lines += found
  }

  private mutating func isNew(
    _ stream: StreamID, _ what: String, _ field: String, _ review: inout Review
  ) -> Bool {
    if named.insert(stream).inserted { return true }
    review.refuse(DeskRefusal.namedTwice(what), field)
    return false
  }

  private func rate(_ code: TaxCodeID?, on day: Day) -> Rate {
    code.flatMap { state.catalogue.taxRule($0, on: day)?.askedRate } ?? .zero
  }

  /// Rounds the tax of the charges as the whole document has it, rate by rate: the difference from
  /// their lines goes to the one with the largest price, and the charge owes it more or less.
  ///
  /// Advances and tickets have had their tax when they were paid.
  ///
  /// Source: BOOKS section 2, "tax rounding": 3 x 10.01 at 21 % are 6.31, line by line 6.30.
  mutating func roundAsDocument(_ review: inout Review) {
    var done: [TaxSum] = []
    for line in lines where line.charge != nil {
      if done.contains(where: { $0.taxCode == line.taxCode && $0.rate == line.rate }) { continue }
      let alike = lines.indices.filter {
        lines[$0].charge != nil && lines[$0].taxCode == line.taxCode && lines[$0].rate == line.rate
      }
      let net = review.sum(alike.map { lines[$0].net.minorUnits }, "charges")
      let tax = review.sum(alike.map { lines[$0].tax.minorUnits }, "charges")
      done.add(line.taxCode, line.rate, net, tax)
      guard let whole = try? Amount(minorUnits: net).applying(line.rate).minorUnits,
        let largest = alike.max(by: { lines[$0].net.minorUnits < lines[$1].net.minorUnits })
      else { continue }
      round(largest, by: whole - tax, at: review.context.clinic)
    }
  }

  private mutating func round(_ index: Int, by cents: Int64, at clinic: UInt64) {
    guard cents != 0, let charge = lines[index].charge, let debtor = lines[index].owedBy,
      let known = state.billing.charges[charge]
    else { return }
    lines[index].tax.minorUnits += cents
    lines[index].rounding = Amount(minorUnits: cents)
    // No receivable falls below zero: what was paid beyond it is credit of who paid.
    let overpaid = -cents - known.owed(by: debtor)
    guard overpaid > 0 else { return }
    let allocations = state.billing.allocations(of: known).filter { $0.owedBy == debtor }
    for part in allocations.cut(to: overpaid) {
      guard var payment = state.billing.payments[part.payment] else { continue }
      released.append(ReleasedPart(part, of: &payment, at: clinic))
    }
  }

  /// Takes off what the customer's advances, invoiced before, have settled of the lines' charges.
  mutating func deductAdvances(_ review: inout Review) {
    // Only asked for a key.
    var payments: [PaymentID: PaymentRecord] = [:]
    for line in lines {
      guard let charge = line.charge, let known = state.billing.charges[charge] else { continue }
      var left = line.net.minorUnits + line.tax.minorUnits
      for part in state.billing.allocations(of: known) where part.owedBy == line.owedBy {
        guard var payment = payments[part.payment] ?? state.billing.payments[part.payment],
          payment.from == customer
        else { continue }
        let cut = min(left, part.amount, payment.invoiced - payment.deducted)
        guard cut > 0 else { continue }
        let tax = RunningShare.next(
          cut, after: payment.deducted, of: payment.invoiced, sharing: payment.tax)
        deductions.append(
          DepositDeduction.with {
            $0.payment = part.payment
            $0.taxCode = payment.taxCode
            $0.rate = rate(payment.taxCode, on: payment.effective.day)
            $0.net = Amount(minorUnits: cut - tax)
            $0.tax = Amount(minorUnits: tax)
          })
        left -= cut
        payment.deducted += cut
        payments[part.payment] = payment
      }
    }
  }

  /// What the invoice comes to, tax included.
  func total(_ review: inout Review) -> Int64 {
    let asked = lines.flatMap { [$0.net.minorUnits, $0.tax.minorUnits] }
    let off = deductions.flatMap { [0 - $0.net.minorUnits, 0 - $0.tax.minorUnits] }
    return review.sum(asked + off, "charges")
  }

  /// The sums of lines and deductions by rule of tax, in the order in which they come.
  var taxes: Few<TaxSum> {
    var sums: [TaxSum] = []
    for line in lines {
      sums.add(line.taxCode, line.rate, line.net.minorUnits, line.tax.minorUnits)
    }
    for part in deductions {
      sums.add(part.taxCode, part.rate, 0 - part.net.minorUnits, 0 - part.tax.minorUnits)
    }
    return Few(sums)
  }
}

extension [TaxSum] {
  /// Adds to the sum of a rule and its rate; the whole of the document fits, and so does each part.
  mutating func add(_ code: TaxCodeID?, _ rate: Rate, _ net: Int64, _ tax: Int64) {
    let index = firstIndex { $0.taxCode == code && $0.rate == rate } ?? count
    if index == count {
      append(
        TaxSum.with {
          $0.taxCode = code
          $0.rate = rate
        })
    }
    self[index].net.minorUnits &+= net
    self[index].tax.minorUnits &+= tax
  }
}

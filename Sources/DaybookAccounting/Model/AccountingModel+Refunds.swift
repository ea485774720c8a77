import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// The entries of money that goes back, and of what no longer settles what it settled.
extension AccountingModel {
  /// Credit or deposit is debited, never income or a receivable.
  mutating func post(_ refund: RefundPaid) throws(PostingError) {
    let party = try key(refund.to)
    let amount = try minor(refund.amount)
    var left = amount
    for part in refund.parts {
      let paid = try minor(part.amount)
      guard paid <= left else { throw ledger.error(.overAllocated) }
      left -= paid
      try addRest(
        .debit, paid, tax: try minor(part.tax), ofDeposit: refund.ofDeposit, party,
        of: part.payment)
    }
    guard left == 0 else { throw ledger.error(.overAllocated) }
    let slot = money(refund.method.type, refund.tillSession)
    try add(slot, .credit, amount, party)
    try round(refund.method, slot, .credit, party)
  }

  /// The debt is open again, and the money settles nothing.
  mutating func post(_ released: AllocationReleased) throws(PostingError) {
    let part = released.part
    try reopen(part.allocation)
    try addRest(
      .credit, try minor(part.allocation.amount), tax: try minor(part.tax),
      ofDeposit: part.ofDeposit, try key(part.from), of: part.payment)
  }

  /// What settled nothing goes first, then the debts are open again; the fee is a cost.
  mutating func post(_ returned: PaymentReturned) throws(PostingError) {
    let party = try key(returned.from)
    let amount = try minor(returned.amount)
    var rest = amount
    for allocation in returned.reopened {
      let cut = try minor(allocation.amount)
      guard cut <= rest else { throw ledger.error(.overAllocated) }
      rest -= cut
      try reopen(allocation)
    }
    try addRest(
      .debit, rest, tax: try minor(returned.tax), ofDeposit: returned.ofDeposit, party,
      of: returned.payment)
    let fee = try minor(returned.fee ?? .zero)
    try add(.cardFees, .debit, fee, party)
    let slot = money(returned.method, nil)
    try add(slot, .credit, amount, party)
    try add(slot, .credit, fee, party)
  }

  /// Nothing but what rounding the tax of the whole document has added or taken off: the receivable of
  /// its line against output tax; what had been paid beyond it is credit of who paid.
  mutating func post(_ issued: InvoiceIssued) throws(PostingError) {
    var released: Int64 = 0
    for part in issued.released { try sum(&released, try minor(part.allocation.amount)) }
    for line in issued.lines {
      let cents = try minor(line.rounding)
      guard cents != 0, let charge = line.charge, let debtor = line.owedBy else { continue }
      let owing = try self.debtor(debtor)
      let number = try short(charge.number)
      let clinic = try clinic(ofCharge: number)
      guard cents < 0 else {
        try add(owing.slot, .debit, cents, owing.party, number, clinic)
        ledger.taxCode = try taxNumber(line.taxCode)
        try add(.outputTax, .credit, cents, owing.party, clinic: clinic)
        ledger.taxCode = 0
        continue
      }
      let less = try minus(cents)
      let open = less - min(less, try self.released(issued.released, charge, debtor))
      released -= less - open
      ledger.taxCode = try taxNumber(line.taxCode)
      try add(.outputTax, .debit, less, owing.party, clinic: clinic)
      ledger.taxCode = 0
      try add(owing.slot, .credit, open, owing.party, number, clinic)
    }
    guard released == 0 else { throw ledger.error(.overAllocated) }
    try post(issued.released)
  }

  /// What of a debtor's share of a charge settles nothing any more.
  private mutating func released(
    _ parts: Few<ReleasedPart>, _ charge: ChargeID, _ debtor: Debtor
  ) throws(PostingError) -> Int64 {
    var sum: Int64 = 0
    for part in parts
    where part.allocation.charge == charge && part.allocation.owedBy == debtor {
      try self.sum(&sum, try minor(part.allocation.amount))
    }
    return sum
  }

  /// Credit notes and their tax are debited; the receivable is credited by what was open, and the
  /// credit of who paid by the rest.
  mutating func post(_ rectified: InvoiceRectified) throws(PostingError) {
    var released: [(charge: ChargeID, owedBy: Debtor, left: Int64)] = []
    for part in rectified.released {
      let amount = try minor(part.allocation.amount)
      released.append((part.allocation.charge, part.allocation.owedBy, amount))
    }
    for line in rectified.lines {
      guard let charge = line.charge, let debtor = line.owedBy else { continue }
      let owing = try self.debtor(debtor)
      let number = try short(charge.number)
      let clinic = try clinic(ofCharge: number)
      let (net, tax) = (try minor(line.net), try minor(line.tax))
      ledger.taxCode = try taxNumber(line.taxCode)
      try add(.goodwill, .debit, net, owing.party, clinic: clinic)
      try add(.outputTax, .debit, tax, owing.party, clinic: clinic)
      ledger.taxCode = 0
      var (open, tooLarge) = net.addingReportingOverflow(tax)
      guard !tooLarge else { throw ledger.error(.overflow) }
      for index in released.indices
      where released[index].charge == charge && released[index].owedBy == debtor {
        let cut = min(open, released[index].left)
        released[index].left -= cut
        open -= cut
      }
      try add(owing.slot, .credit, open, owing.party, number, clinic)
    }
    guard released.allSatisfy({ $0.left == 0 }) else { throw ledger.error(.overAllocated) }
    try post(rectified.released)
  }

  /// The credit stands where the money came in.
  private mutating func post(_ released: Few<ReleasedPart>) throws(PostingError) {
    for part in released {
      var clinic: UInt16?
      if let id = part.clinic { clinic = try slots.index(of: id.number, at: ledger.position) }
      try addRest(
        .credit, try minor(part.allocation.amount), tax: try minor(part.tax),
        ofDeposit: part.ofDeposit, try key(part.from), of: part.credit ?? part.payment,
        clinic: clinic)
    }
  }

  /// What somebody owed is owed again.
  private mutating func reopen(_ allocation: Allocation) throws(PostingError) {
    let owing = try debtor(allocation.owedBy)
    let charge = try short(allocation.charge.number)
    try add(
      owing.slot, .debit, try minor(allocation.amount), owing.party, charge,
      try clinic(ofCharge: charge))
  }

  /// What of a payment settles nothing: credit, or a deposit with its tax.
  mutating func addRest(
    _ side: Ledger.Side, _ amount: Int64, tax: Int64, ofDeposit: Bool, _ party: PartyKey,
    of payment: PaymentID, clinic: UInt16? = nil
  ) throws(PostingError) {
    guard ofDeposit else { return try add(.credit, side, amount, party, 0, clinic) }
    guard tax <= amount else { throw ledger.error(.negativeAmount) }
    ledger.taxCode = UInt16(clamping: depositTaxCodes[payment.number] ?? 0)
    try add(.deposit, side, amount - tax, party, 0, clinic)
    try add(.outputTax, side, tax, party, 0, clinic)
    ledger.taxCode = 0
  }
}

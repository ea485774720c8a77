import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// The entries of the counter: tickets, and goods that come back.
extension AccountingModel {
  /// The receivable is debited by the whole ticket and credited by what is paid at once; what is not
  /// paid stands on the charge that holds it.
  mutating func post(_ sale: SaleCompleted) throws(PostingError) {
    let party = try buyer(sale.patient)
    let total = try minor(sale.total)
    var paid: Int64 = 0
    for tender in sale.tenders { try sum(&paid, try minor(tender.amount)) }
    guard paid <= total else { throw ledger.error(.overAllocated) }
    let charge = try short(sale.charge?.number ?? 0)
    try add(.patientReceivable, .debit, paid, party)
    try add(.patientReceivable, .debit, total - paid, party, charge)
    var taxes = TaxParts()
    for line in sale.lines { try sum(&taxes, line.amount, line.tax, line.taxCode) }
    try add(taxes, of: total, .productSales, .credit, party)
    for tender in sale.tenders {
      try take(tender, .debit, sale.tillSession, party)
      try add(.patientReceivable, .credit, try minor(tender.amount), party)
    }
  }

  /// Returns and their tax are debited; the receivable is credited, and debited by what goes out at
  /// once. Goods that go back to the shelf take their cost with them.
  mutating func post(_ returned: SaleReturned) throws(PostingError) {
    let party = try buyer(returned.patient)
    let total = try minor(returned.total)
    let forgiven = try minor(returned.forgiven)
    guard forgiven >= 0, forgiven <= total else { throw ledger.error(.overAllocated) }
    var taxes = TaxParts()
    for line in returned.lines { try sum(&taxes, line.amount, line.tax, line.taxCode) }
    let charge = try short(returned.charge?.number ?? 0)
    try add(taxes, of: total, .goodwill, .debit, party)
    try add(.patientReceivable, .credit, forgiven, party, charge)
    try add(.patientReceivable, .credit, total - forgiven, party)
    for tender in returned.tenders {
      try add(.patientReceivable, .debit, try minor(tender.amount), party)
      try take(tender, .credit, returned.tillSession, party)
    }
    for line in returned.lines {
      for part in line.restocked {
        let value = try minor(part.value)
        try add(.inventory, .debit, value, party)
        try add(.costOfSales, .credit, value, party)
      }
    }
  }

  private mutating func buyer(_ patient: PatientID?) throws(PostingError) -> PartyKey {
    guard let patient else { return .walkIn }
    return try key(patient)
  }

  private mutating func sum(
    _ parts: inout TaxParts, _ amount: Amount, _ tax: Amount, _ code: TaxCodeID?
  ) throws(PostingError) {
    let index = parts.index(of: try taxNumber(code))
    try sum(&parts[index].amount, try minor(amount))
    try sum(&parts[index].tax, try minor(tax))
  }

  /// The lines' nets and their tax, a line each for every tax code; their amounts are the total.
  private mutating func add(
    _ parts: TaxParts, of total: Int64, _ base: Slot, _ side: Ledger.Side, _ party: PartyKey
  ) throws(PostingError) {
    var rest = total
    for part in parts.list {
      guard part.tax >= 0, part.tax <= part.amount, part.amount <= rest else {
        throw ledger.error(.negativeAmount)
      }
      rest -= part.amount
      ledger.taxCode = part.code
      try add(base, side, part.amount - part.tax, party)
      try add(.outputTax, side, part.tax, party)
    }
    guard rest == 0 else { throw ledger.error(.negativeAmount) }
    ledger.taxCode = 0
  }

  mutating func sum(_ sum: inout Int64, _ amount: Int64) throws(PostingError) {
    let (next, tooLarge) = sum.addingReportingOverflow(amount)
    guard !tooLarge else { throw ledger.error(.overflow) }
    sum = next
  }

  /// Money changes hands: the amount, the tip, and what the coins round.
  private mutating func take(
    _ tender: Tender, _ side: Ledger.Side, _ session: TillSessionID?, _ party: PartyKey
  ) throws(PostingError) {
    let slot = money(tender.method.type, session)
    try add(slot, side, try minor(tender.amount), party)
    let tip = try minor(tender.tip ?? .zero)
    try add(slot, side, tip, party)
    try add(.tips, side == .debit ? .credit : .debit, tip, party)
    try round(tender.method, slot, side, party)
  }

  /// The difference that the coins make, on its own account.
  ///
  /// - Parameter side: The side of the money that changes hands.
  mutating func round(
    _ method: PaymentMethod, _ slot: Slot, _ side: Ledger.Side, _ party: PartyKey
  ) throws(PostingError) {
    let rounding = try minor(method.rounding ?? .zero)
    guard rounding != .min else { throw ledger.error(.overflow) }
    let isSame = (rounding > 0) == (side == .debit)
    try add(slot, isSame ? .debit : .credit, abs(rounding), party)
    try add(.rounding, isSame ? .credit : .debit, abs(rounding), party)
  }

  /// The account that a way of paying moves; cash outside of a till is the safe's.
  mutating func money(_ method: MethodType, _ session: TillSessionID?) -> Slot {
    switch method {
    case .cash, .unspecified: session == nil ? .safe : .till
    case .card, .online: .cardClearing
    case .transfer, .directDebit, .cheque: .bank
    case .voucher: .voucher
    }
  }
}

/// What a ticket comes to by tax code, in the order in which its lines name them.
private struct TaxParts {
  struct Part {
    var code: UInt16
    var amount: Int64 = 0
    var tax: Int64 = 0
  }

  private(set) var list: [Part] = []

  /// The place of a code; tickets have few.
  mutating func index(of code: UInt16) -> Int {
    if let index = list.firstIndex(where: { $0.code == code }) { return index }
    list.append(Part(code: code))
    return list.count - 1
  }

  subscript(index: Int) -> Part {
    get { list[index] }
    set { list[index] = newValue }
  }
}

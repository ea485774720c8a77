import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// The entries of payers' remittances, of suppliers, of the bank, and those made by hand. Source:
// Books, section 2.
extension AccountingModel {
  /// Bank against what the payer owes, line by line; what it takes back is owed again.
  mutating func post(_ remitted: RemittanceReceived) throws(PostingError) {
    let payer = try key(remitted.payer)
    try addSigned(accounts[.bank], try minor(remitted.total), payer)
    for line in remitted.lines {
      let charge = try short(line.charge.number)
      try addSigned(
        accounts[.payerReceivable], try minus(try minor(line.paid)), payer, charge,
        try clinic(ofCharge: charge))
    }
    for adjustment in remitted.providerAdjustments {
      let slot: Slot
      switch adjustment.type {
      case .unspecified: throw ledger.error(.unspecified)
      case .interest: slot = .otherIncome
      case .fee: slot = .bankFees
      case .balance: slot = .credit
      }
      try addSigned(accounts[slot], try minus(try minor(adjustment.amount)), payer)
    }
    try requireBalance()
  }

  /// What was received, or an account, with the tax that can and cannot be deducted, against the
  /// supplier; each amount on the other side in a credit note. Goods that went back after their invoice
  /// are owed by the supplier already, and a credit note clears that.
  mutating func post(_ invoice: SupplierInvoiceRecorded) throws(PostingError) {
    let supplier = try key(invoice.supplier)
    for line in invoice.lines {
      let net = try minor(line.net)
      ledger.taxCode = try taxNumber(line.taxCode)
      if let received = line.received {
        let value = try minor(received.value)
        let slot: Slot = received.returned ? .payables : .goodsNotInvoiced
        try addSigned(accounts[slot], value, supplier)
        try addSigned(accounts[.priceVariance], try less(net, value), supplier)
      } else {
        // Commission is owed to the person, who invoices it as a supplier.
        let owner = try line.staff.map { (staff) throws(PostingError) in try key(.staff(staff)) }
        try addSigned(try account(line.account), net, owner ?? supplier)
      }
      let tax = try minor(line.tax)
      let deductible = try minor(line.deductible)
      try addSigned(accounts[.inputTax], deductible, supplier)
      try addSigned(accounts[.taxNotDeductible], try less(tax, deductible), supplier)
      if line.reverseCharge { try addSigned(accounts[.outputTax], try minus(tax), supplier) }
    }
    ledger.taxCode = 0
    let total = try minor(invoice.total)
    let withheld = try minor(invoice.withheld?.amount ?? .zero)
    try addSigned(accounts[.payables], try minus(try less(total, withheld)), supplier)
    try addSigned(accounts[.withheldTax], try minus(withheld), supplier)
    try requireBalance()
  }

  /// What is settled, against the till, the safe or the bank; what the coins round of cash has a line
  /// of its own.
  mutating func post(_ made: PaymentMade) throws(PostingError) {
    let to = try key(made.to)
    for paid in made.settles {
      let account: UInt16
      switch paid.item {
      case .invoice: account = accounts[.payables]
      case .opening(let item): account = try self.account(item.account)
      case .payrollLine: account = accounts[.wagesPayable]
      case .account(let code): account = try self.account(code)
      }
      try addSigned(account, try minor(paid.amount), to)
    }
    let money: Slot
    switch made.method {
    case .cash: money = made.tillSession == nil ? .safe : .till
    case .card, .online, .transfer, .directDebit, .cheque: money = .bank
    case .voucher: money = .voucher
    }
    try add(money, .credit, try minor(made.amount), to)
    try round(made.method, money, .credit, to)
    try requireBalance()
  }

  /// What the bank has now, against where it was until then; what was on the bank stays there.
  ///
  /// The bank's own line is one, as on its statement: that of cards less their fee. An event without
  /// it was written when each match had one.
  mutating func post(_ reconciled: BankLineReconciled) throws(PostingError) {
    let line = try reconciled.unbooked.map { (amount) throws(PostingError) in try minor(amount) }
    if let line { try addSigned(accounts[.bank], line, .none) }
    for match in reconciled.matches {
      let account: UInt16
      switch match.with {
      case .booked: continue
      case .cardClearing: account = accounts[.cardClearing]
      case .cashInTransit: account = accounts[.cashInTransit]
      case .account(let code): account = try self.account(code)
      }
      let amount = try minor(match.amount)
      if line == nil { try addSigned(accounts[.bank], amount, .none) }
      try addSigned(account, try minus(amount), .none)
    }
    try requireBalance()
  }

  /// The lines as they are.
  mutating func post(_ posted: JournalPosted) throws(PostingError) {
    for line in posted.lines {
      let account = try account(line.account)
      let party = try line.party.map { (party) throws(PostingError) in try key(party) } ?? .none
      let charge = try short(line.charge?.number ?? 0)
      var place = entryClinic
      if let clinic = line.clinic {
        place = try slots.index(of: clinic.number, at: ledger.position)
      }
      guard slots.currencies[Int(place)] == slots.currencies[Int(entryClinic)] else {
        throw ledger.error(.currencyMismatch)
      }
      ledger.taxCode = try taxNumber(line.taxCode)
      try ledger.add(
        account, .debit, try minor(line.debit), party: party, charge: charge, clinic: place)
      try ledger.add(
        account, .credit, try minor(line.credit), party: party, charge: charge, clinic: place)
    }
    try requireBalance()
  }

  // MARK: - Parts

  /// Adds a line of a signed amount: above zero a debit, below zero a credit.
  mutating func addSigned(
    _ account: UInt16, _ amount: Int64, _ party: PartyKey, _ charge: UInt32 = 0,
    _ clinic: UInt16? = nil
  ) throws(PostingError) {
    let size = amount < 0 ? try minus(amount) : amount
    try ledger.add(
      account, amount < 0 ? .credit : .debit, size, party: party, charge: charge,
      clinic: clinic ?? entryClinic)
  }

  mutating func minus(_ amount: Int64) throws(PostingError) -> Int64 {
    guard amount != .min else { throw ledger.error(.overflow) }
    return -amount
  }

  private mutating func less(_ amount: Int64, _ other: Int64) throws(PostingError) -> Int64 {
    let (difference, tooLarge) = amount.subtractingReportingOverflow(other)
    guard !tooLarge else { throw ledger.error(.overflow) }
    return difference
  }

  /// The index of the account with that code.
  private mutating func account(_ code: String) throws(PostingError) -> UInt16 {
    guard let index = chart.index(of: code) else { throw ledger.error(.unknownAccount) }
    return UInt16(index)
  }

  /// Whom a payment of the clinic or a line made by hand concerns.
  private mutating func key(_ party: Counterparty) throws(PostingError) -> PartyKey {
    switch party {
    case .patient(let patient): return try key(patient)
    case .party(let party): return try key(party)
    case .staff(let staff):
      guard let key = PartyKey(staff) else { throw ledger.error(.identifierTooLarge) }
      return key
    }
  }

  /// What people fill in may not add up in a log that no Desk has written.
  mutating func requireBalance() throws(PostingError) {
    var sum: Int128 = 0
    for row in ledger.postings.staged { sum += Int128(row.amount) }
    guard sum == 0 else { throw ledger.error(.unbalanced) }
  }
}

import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// What suppliers ask for, and what is paid.
  static let purchasing: Makers = [
    (.goodsInvoice, { clinic, state, now in clinic.goodsInvoice(state, now) }),
    (.expense, { clinic, state, now in clinic.expense(state, now) }),
    (.supplierPayment, { clinic, state, _ in clinic.supplierPayment(state) }),
    (.wages, { clinic, state, _ in clinic.wages(state) }),
  ]

  /// For goods that no invoice has asked for, at their price or nearly so; or a credit note.
  private mutating func goodsInvoice(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let purchasing = state.purchasing
    let isCredit = dice.chance(15)
    func left(_ line: ReceiptLineRecord) -> (quantity: Int64, value: Int64) {
      isCredit
        ? (line.invoicedQuantity, line.invoicedValue) : (line.openQuantity, line.openValue)
    }
    guard let (id, receipt) = find(in: purchasing.receipts, { $0.supplier != nil && !$0.isOpening })
    else { return nil }
    let lines = (0..<receipt.lineCount).compactMap { index in
      purchasing.line(UInt32(index) + 1, of: id).map { (UInt32(index) + 1, left($0)) }
    }
    guard let (number, rest) = lines.first(where: { $0.1.quantity > 0 && $0.1.value > 0 }) else {
      return nil
    }
    // The price is off by up to a fifth; beyond a twentieth somebody approves.
    let net = max(1, rest.value + rest.value * Int64(dice.from(-20...20)) / 100)
    var line = InvoicedLine()
    line.receipt = id
    line.line = number
    line.net = dollars(isCredit ? 0 - net : net)
    if dice.chance(60) { line.taxCode = TaxCodeID(UInt64(dice.from(1...4))) }
    let today = day(now, state, at: receipt.clinic)
    let record = RecordSupplierInvoice.with {
      $0.supplier = receipt.supplier ?? PartyID()
      $0.number = word("INV-")
      $0.date = today.advanced(by: 0 - dice.below(20))
      $0.lines = [line]
      $0.approver = other
    }
    return LegalCommand(record, .accountant, at: receipt.clinic)
  }

  private mutating func expense(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let record = RecordSupplierInvoice.with {
      $0.supplier = Self.suppliers[dice.below(2)]
      $0.number = word("INV-")
      $0.date = day(now, state).advanced(by: 0 - dice.below(20))
      let net = cents(100...90_000)
      $0.lines = [
        .with {
          $0.account = ["6100", "6120", "6130", "6140"][dice.below(4)]
          $0.net = net
          if dice.chance(60) { $0.taxCode = TaxCodeID(UInt64(dice.from(1...4))) }
        }
      ]
      if dice.chance(20) {
        $0.withheld = Withholding(dollars(net.minorUnits / 5), "professional")
      }
    }
    return LegalCommand(record, .accountant)
  }

  /// An invoice, all of it or in part, with a credit note set off where there is one.
  private mutating func supplierPayment(_ state: DeskState) -> LegalCommand? {
    let invoices = state.purchasing.invoices
    if dice.chance(15) { return accountPayment(state) }
    guard let (id, invoice) = find(in: invoices, { $0.open > 0 }) else { return nil }
    var amount = part(of: invoice.open)
    var settles: Few<PaidItem> = [PaidItem(.invoice(id), dollars(amount))]
    let note = find(in: invoices) {
      $0.open < 0 && $0.supplier == invoice.supplier && $0.clinic == invoice.clinic
    }
    if let (credit, record) = note, amount + record.open > 0 {
      settles.append(PaidItem(.invoice(credit), dollars(record.open)))
      amount += record.open
    } else if amount > 100, dice.chance(15) {
      // A discount for paying early.
      settles.append(PaidItem(.account("5030"), dollars(0 - amount / 50)))
      amount -= amount / 50
    }
    return LegalCommand(
      paying(.party(invoice.supplier), amount, settles, state, at: invoice.clinic), .accountant,
      at: invoice.clinic)
  }

  private mutating func accountPayment(_ state: DeskState) -> LegalCommand? {
    let amount = cents(100...20_000).minorUnits
    let account = ["2310", "2320", "3050", "6110"][dice.below(4)]
    let pay = paying(
      .party(Self.guarantor), amount, [PaidItem(.account(account), dollars(amount))], state,
      at: here)
    return LegalCommand(pay, .accountant)
  }

  private mutating func paying(
    _ party: Counterparty, _ amount: Int64, _ settles: Few<PaidItem>, _ state: DeskState,
    at clinic: ClinicID
  ) -> MakePayment {
    .with {
      $0.to = party
      $0.amount = dollars(amount)
      $0.settles = settles
      $0.approver = other
      if let till = openTill(state, at: clinic), held(in: till, state) >= amount, dice.chance(50) {
        $0.method = .cash(CashTender())
        $0.till = till
      } else if dice.chance(20) {
        $0.method = .card(CardTender())
      }
    }
  }

  /// What a run of the payroll owes somebody.
  private mutating func wages(_ state: DeskState) -> LegalCommand? {
    guard let (run, record) = find(in: state.purchasing.wageRuns, { $0.lineCount > 0 }) else {
      return nil
    }
    let count = state.people.members.count
    for number in 1...UInt64(max(1, count)) {
      let item = PayrollItem(run, StaffID(number))
      guard let open = state.purchasing.wage(item), open > 0 else { continue }
      let amount = part(of: open)
      let pay = paying(
        .staff(item.staff), amount, [PaidItem(.payrollLine(item), dollars(amount))], state,
        at: record.clinic)
      return LegalCommand(pay, .accountant, at: record.clinic)
    }
    return nil
  }
}

import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

/// No more is paid of what a supplier asks for, or a run of the payroll owes, than it is; a supplier's
/// number stands on one invoice; a line of a statement explains an event once, to the cent.
struct PurchasingRules: HistoryRule {
  private struct Invoice {
    var asked: Int64
    var open: Int64
  }

  private struct Item: Hashable {
    var position: Position
    var side: UInt8
  }

  /// What a supplier calls an invoice.
  private struct Name: Hashable {
    var supplier: PartyID
    var number: String
  }

  private var invoices: [SupplierInvoiceID: Invoice] = [:]
  private var names: Set<Name> = []
  private var wages: [PayrollItem: Int64] = [:]
  private var net: [PayrollItem: Int64] = [:]
  private var opening: [OpeningItem: Int64] = [:]
  private var matched: Set<Item> = []
  /// What suppliers owe back for goods that were invoiced before they went back.
  private var givenBack: Int64 = 0

  /// What suppliers are owed by invoices and since the books began, less what went back.
  var owedToSuppliers: Int64 {
    0 - givenBack + invoices.values.reduce(0) { $0 + $1.open }
      + opening.reduce(0) { $1.key.account == "2000" ? $0 + $1.value : $0 }
  }

  mutating func take(_ event: borrowing Event, _ faults: inout Faults) throws {
    let header = event.header
    if header.family == .humanResources, header.tag == HumanResourcesTag.payrollApproved.rawValue {
      let run = try event.payload(PayrollApproved.self)
      for line in run.lines {
        wages[PayrollItem(run.run, line.staff)] = line.net.minorUnits
        net[PayrollItem(run.run, line.staff)] = line.net.minorUnits
      }
    }
    if header.family == .logistics, header.tag == LogisticsTag.goodsReturned.rawValue {
      giveBack(try event.payload(), 1)
    }
    guard header.family == .accounting else { return }
    switch AccountingTag(rawValue: header.tag) {
    case .supplierInvoiceRecorded: record(try event.payload(), header, &faults)
    case .paymentMade: pay(try event.payload(), 1, &faults)
    case .bankLineReconciled: reconcile(try event.payload(), &faults)
    case .journalPosted:
      let posted = try event.payload(JournalPosted.self)
      for (index, line) in posted.lines.enumerated() where posted.opening {
        guard ["2000", "2300", "2330"].contains(line.account) else { continue }
        var item = OpeningItem(posted.entry, line: UInt32(index) + 1)
        item.account = line.account
        opening[item] = line.credit.minorUnits - line.debit.minorUnits
      }
    default: break
    }
  }

  mutating func undo(
    _ reversed: Reversed, _ header: RecordHeader, _ faults: inout Faults
  ) throws {
    if isMoney(reversed) {
      let isShown = (0...2).contains { matched.contains(Item(position: reversed.of, side: $0)) }
      faults.require(!isShown, "\(reversed.of) is undone, and a statement shows it")
    }
    if reversed.isOf(SupplierInvoiceRecorded.self) {
      let original = try reversed.original(SupplierInvoiceRecorded.self)
      credit(original, -1)
      let id = original.invoice
      faults.require(invoices[id]?.open == invoices[id]?.asked, "\(id) is undone, and was paid")
      invoices[id]?.open = 0
      names.remove(Name(supplier: original.supplier, number: original.number))
    } else if reversed.isOf(GoodsReturned.self) {
      giveBack(try reversed.original(), -1)
    } else if reversed.isOf(PaymentMade.self) {
      pay(try reversed.original(), -1, &faults)
    } else if reversed.isOf(BankLineReconciled.self) {
      for match in try reversed.original(BankLineReconciled.self).matches {
        if let item = Self.item(match.with) { matched.remove(item) }
      }
    } else if reversed.isOf(PayrollApproved.self) {
      let run = try reversed.original(PayrollApproved.self)
      for line in run.lines {
        let item = PayrollItem(run.run, line.staff)
        faults.require(wages[item] == net[item], "\(run.run) is undone, and was paid")
        wages[item] = nil
      }
    } else if reversed.isOf(JournalPosted.self) {
      let posted = try reversed.original(JournalPosted.self)
      for (index, line) in posted.lines.enumerated() {
        var item = OpeningItem(posted.entry, line: UInt32(index) + 1)
        item.account = line.account
        guard let open = opening[item] else { continue }
        faults.require(
          open == line.credit.minorUnits - line.debit.minorUnits, "\(item) is undone and paid")
        opening[item] = nil
      }
    }
  }

  private mutating func giveBack(_ event: GoodsReturned, _ sign: Int64) {
    for line in event.lines where line.invoiced { givenBack += sign * line.received.minorUnits }
  }

  /// A credit note clears what the supplier has owed since the goods went back.
  private mutating func credit(_ event: SupplierInvoiceRecorded, _ sign: Int64) {
    for line in event.lines {
      guard let match = line.received, match.returned else { continue }
      givenBack += sign * match.value.minorUnits
    }
  }

  private func isMoney(_ reversed: Reversed) -> Bool {
    reversed.isOf(PaymentReceived.self) || reversed.isOf(PaymentMade.self)
      || reversed.isOf(RefundPaid.self) || reversed.isOf(TillCashMoved.self)
      || reversed.isOf(SaleCompleted.self) || reversed.isOf(SaleReturned.self)
  }

  private mutating func record(
    _ event: SupplierInvoiceRecorded, _ header: RecordHeader, _ faults: inout Faults
  ) {
    let name = Name(supplier: event.supplier, number: event.number)
    faults.require(names.insert(name).inserted, "\(event.number) is recorded twice")
    let asked = event.total.minorUnits - (event.withheld?.amount.minorUnits ?? 0)
    let sum = event.lines.reduce(0) {
      $0 + $1.net.minorUnits + ($1.reverseCharge ? 0 : $1.tax.minorUnits)
    }
    faults.require(sum == event.total.minorUnits, "\(event.invoice) does not add up")
    credit(event, 1)
    invoices[event.invoice] = Invoice(asked: asked, open: asked)
  }

  private mutating func pay(_ event: PaymentMade, _ sign: Int64, _ faults: inout Faults) {
    let sum = event.settles.reduce(0) { $0 + $1.amount.minorUnits }
    faults.require(sum == event.amount.minorUnits, "\(event.payment) settles \(sum)")
    for paid in event.settles {
      let amount = sign * paid.amount.minorUnits
      switch paid.item {
      case .invoice(let id):
        invoices[id]?.open -= amount
        let (open, asked) = (invoices[id]?.open ?? -1, invoices[id]?.asked ?? 0)
        faults.require(
          asked >= 0 ? (0...asked).contains(open) : (asked...0).contains(open),
          "\(id) has \(open) open of \(asked)")
      case .payrollLine(let item):
        wages[item, default: 0] -= amount
        faults.require(wages[item] ?? -1 >= 0, "\(item.staff) is paid too much of \(item.run)")
      case .opening(let item):
        opening[item, default: 0] -= amount
        faults.require(opening[item] ?? -1 >= 0, "too much is paid of \(item)")
      case .account: break
      }
    }
  }

  private mutating func reconcile(_ event: BankLineReconciled, _ faults: inout Faults) {
    let sum = event.matches.reduce(0) { $0 + $1.amount.minorUnits }
    faults.require(sum == event.amount.minorUnits, "a line of \(sum)")
    for match in event.matches {
      guard let item = Self.item(match.with) else { continue }
      faults.require(matched.insert(item).inserted, "\(item.position) is shown twice")
    }
  }

  private static func item(_ with: BankCounterpart) -> Item? {
    switch with {
    case .booked(let position): Item(position: position, side: 0)
    case .cardClearing(let position): Item(position: position, side: 1)
    case .cashInTransit(let position): Item(position: position, side: 2)
    case .account: nil
    }
  }

  func compare(with state: DeskState, _ faults: inout Faults) {
    for (id, invoice) in invoices.sorted(by: { $0.key < $1.key }) {
      faults.require(
        state.purchasing.invoices[id]?.open == invoice.open, "\(id) has \(invoice.open) open")
    }
    for (item, open) in wages {
      faults.require(state.purchasing.wage(item) == open, "\(item.staff) has \(open) open")
    }
  }
}

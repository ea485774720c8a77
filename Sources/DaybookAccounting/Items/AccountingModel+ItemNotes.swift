import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// What events say of open items beside their postings. Each is called behind the event's entry, and
// none is on the way of the events that there are most of.
extension AccountingModel {
  /// Each share of a charge is due when the invoice is that asks for it.
  mutating func note(_ issued: InvoiceIssued, _ event: borrowing Event) {
    let first = issued.due.map(\.date).min() ?? issued.date
    var paper: UInt32?
    for line in issued.lines {
      guard let charge = line.charge, let debtor = line.owedBy, let party = PartyKey(debtor) else {
        continue
      }
      let its =
        paper
        ?? add(
          "\(issued.series)-\(issued.number)", of: issued.date, due: first,
          event.header.position)
      paper = its
      hold(
        ItemKey(ledger: .receivable, document: DocumentKey(charge), party: party.rawValue), its,
        event)
    }
    noteReleased(issued.released, event)
    noteUncollected(issued.released, event)
  }

  /// What had been paid beyond a credit note is credit of its payment.
  mutating func note(_ rectified: InvoiceRectified, _ event: borrowing Event) {
    noteReleased(rectified.released, event)
    noteUncollected(rectified.released, event)
  }

  /// The invoice is due when it says so; what it credits of goods that went back is owed no more.
  mutating func note(_ invoice: SupplierInvoiceRecorded, _ event: borrowing Event) {
    guard let supplier = PartyKey(invoice.supplier) else { return }
    hold(
      ItemKey(
        ledger: .payable, document: DocumentKey(event.header.stream) ?? DocumentKey(),
        party: supplier.rawValue),
      add(invoice.number, of: invoice.date, due: invoice.due, event.header.position), event)
    let returned = invoice.lines.compactMap { line in
      line.received.flatMap { $0.returned && !$0.value.isZero ? $0.receipt : nil }
    }
    settle(returned.map { ItemLine(DocumentKey($0.stream)) }, .payable, event)
  }

  /// A payment settles what it names.
  mutating func note(_ made: PaymentMade, _ event: borrowing Event) {
    let own = DocumentKey(event.header.stream)
    var items: [ItemLine] = []
    for paid in made.settles where !paid.amount.isZero {
      switch paid.item {
      case .invoice(let invoice): items.append(ItemLine(DocumentKey(invoice.stream)))
      case .opening(let item) where isPayables(item.account):
        items.append(
          ItemLine(DocumentKey(item.entry.stream), line: UInt16(clamping: item.line)))
      case .account(let code) where isPayables(code): items.append(ItemLine(own))
      case .opening, .account, .payrollLine: break
      }
    }
    settle(items, .payable, event)
  }

  /// What is paid out is no credit of the payments that it came from.
  mutating func note(_ refund: RefundPaid, _ event: borrowing Event) {
    var items: [ItemLine] = []
    for part in refund.parts {
      let amount = part.amount.minorUnits - (refund.ofDeposit ? part.tax.minorUnits : 0)
      if amount != 0 { items.append(ItemLine(DocumentKey(part.payment.stream))) }
    }
    settle(items, .credit, event)
  }

  /// Each line on an account that is kept item by item is an item, due when it says so.
  mutating func note(_ posted: JournalPosted, _ event: borrowing Event) {
    let ledgers = ItemAccounts(self)
    var line: UInt16 = 0
    for (index, posting) in posted.lines.enumerated() {
      guard !posting.debit.isZero || !posting.credit.isZero else { continue }
      line += (posting.debit.isZero ? 0 : 1) + (posting.credit.isZero ? 0 : 1)
      guard let account = chart.index(of: posting.account), let party = posting.party,
        let ledger = ledgers[UInt16(account)], let key = PartyKey(party)
      else { continue }
      var item = ItemKey(
        ledger: ledger, document: DocumentKey(event.header.stream) ?? DocumentKey(),
        line: UInt16(clamping: index + 1), party: key.rawValue)
      switch ledger {
      case .receivable:
        guard let charge = posting.charge else { continue }
        item = ItemKey(
          ledger: ledger, document: DocumentKey(charge), party: key.rawValue)
      case .credit:
        guard let payment = posting.payment else { continue }
        item = ItemKey(
          ledger: ledger, document: DocumentKey(payment.stream) ?? DocumentKey(),
          party: key.rawValue)
        fallthrough
      case .payable:
        notes.settled.append(
          SettledItem(
            position: event.header.position, line: line, itemLine: item.line,
            document: item.document))
      }
      guard let due = posting.due else { continue }
      let paper = add(
        posting.document, of: event.header.effective.day, due: due, event.header.position)
      hold(item, paper, event)
    }
  }

  // MARK: - Parts

  private mutating func noteReleased(
    _ parts: Few<ReleasedPart>, _ event: borrowing Event
  ) {
    guard !parts.isEmpty else { return }
    var items: [ItemLine] = []
    for part in parts {
      let amount = part.allocation.amount.minorUnits - (part.ofDeposit ? part.tax.minorUnits : 0)
      let holder = part.credit ?? part.payment
      if amount != 0 { items.append(ItemLine(DocumentKey(holder.stream))) }
    }
    settle(items, .credit, event)
  }

  /// Notes a paper.
  ///
  /// - Returns: Its index.
  private mutating func add(
    _ number: String, of date: Day, due: Day, _ position: Position
  ) -> UInt32 {
    notes.papers.append(
      ItemPaper(
        position: position, date: date.daysSince1970, due: due.daysSince1970, number: number))
    return UInt32(truncatingIfNeeded: notes.papers.count - 1)
  }

  /// Notes that a paper holds an item.
  private mutating func hold(_ key: ItemKey, _ paper: UInt32, _ event: borrowing Event) {
    notes.held.append(
      HeldItem(
        position: event.header.position, day: event.header.effective.day.daysSince1970, key: key,
        paper: paper))
  }

  /// Notes which items the lines of the event's entry on the accounts of `kind` change, in order.
  private mutating func settle(
    _ items: [ItemLine], _ kind: ItemLedger,
    _ event: borrowing Event
  ) {
    guard !items.isEmpty else { return }
    let position = event.header.position
    let own = DocumentKey(event.header.stream)
    let ledgers = ItemAccounts(self)
    var lines: [UInt16] = []
    var index = ledger.postings.count
    while index > 0 {
      index -= 1
      let row = ledger.postings[index]
      guard row.position == position else { break }
      if ledgers[row.account] == kind { lines.append(row.line) }
    }
    for (line, item) in zip(lines.reversed(), items) {
      guard let document = item.document, document != own else { continue }
      notes.settled.append(
        SettledItem(position: position, line: line, itemLine: item.line, document: document))
    }
  }

  private func isPayables(_ code: String) -> Bool {
    chart.index(of: code) == Int(accounts[.payables])
  }
}

/// The item that a line of an entry changes.
private struct ItemLine {
  var document: DocumentKey?
  var line: UInt16

  init(_ document: DocumentKey?, line: UInt16 = 0) {
    self.document = document
    self.line = line
  }
}

extension PartyKey {
  /// Who owes a charge; nil beyond what a key can name.
  init?(_ debtor: Debtor) {
    switch debtor {
    case .patient(let patient): self.init(patient)
    case .payer(let payer, _): self.init(payer)
    }
  }

  /// Whom a line made by hand concerns; nil beyond what a key can name.
  init?(_ party: Counterparty) {
    switch party {
    case .patient(let patient): self.init(patient)
    case .party(let party): self.init(party)
    case .staff(let staff): self.init(staff)
    }
  }
}

extension DocumentKey {
  /// The charge.
  init(_ charge: ChargeID) { self.init(kind: .charge, charge.number) }

  /// The charge with this number.
  init(charge: UInt32) { self.init(kind: .charge, UInt64(charge)) }

  private init(kind: StreamKind, _ number: UInt64) {
    self.init(rawValue: UInt64(kind.number) << 48 | number & (1 << 48 - 1))
  }
}

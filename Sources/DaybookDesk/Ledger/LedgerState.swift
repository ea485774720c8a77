package import DaybookBytes
package import DaybookClinicEvents
import DaybookClinicRules
package import DaybookEvents
import DaybookValues

/// The bank, and entries made by hand.
package struct LedgerState: Sendable {
  // Ascending by position.
  var items = PagedArray<BankItem>(pageCount: 1024)
  private var itemOfPayment = DenseIndex()
  package internal(set) var bankAccounts = Dense<BankAccountKind, BankAccountRecord>()
  var statementLines = PagedArray<StatementLine>(pageCount: 512)
  private var lineTexts = TextIndex()
  package internal(set) var entries = Dense<JournalKind, JournalRecord>()
  private var openItems = PagedArray<OpenItemRecord>(pageCount: 256)

  // MARK: - Questions

  /// The side of the event at `position`; of several, the one that is meant, or the first.
  ///
  /// - Complexity: O(log n).
  package func bankItem(at position: UInt64, _ side: BankSide? = nil) -> BankItem? {
    index(ofItemAt: position, side).map { items[$0] }.flatMap { $0.isReversed ? nil : $0 }
  }

  func index(ofItemAt position: UInt64, _ side: BankSide?) -> Int? {
    var low = 0
    var high = items.count
    while low < high {
      let middle = (low + high) / 2
      if items[middle].position < position { low = middle + 1 } else { high = middle }
    }
    while low < items.count, items[low].position == position {
      if side == nil || items[low].side == side { return low }
      low += 1
    }
    return nil
  }

  /// The side of a payment, received or made.
  package func bankItem(of payment: PaymentID) -> BankItem? {
    itemOfPayment[payment.number].map { items[$0] }.flatMap { $0.isReversed ? nil : $0 }
  }

  /// Whether a line of that account's statements was reconciled.
  package func isReconciled(_ line: String, of account: BankAccountID) -> Bool {
    statementLine(line, of: account) != nil
  }

  /// The index of a reconciled line that stands.
  func statementLine(_ line: String, of account: BankAccountID) -> Int? {
    let found = lineTexts.first(Self.key(line, account)) { number in
      let known = statementLines[Int(number)]
      return known.account == account && known.line == line && !known.isReversed
    }
    return found.map { Int($0) }
  }

  private static func key(_ line: String, _ account: BankAccountID) -> String {
    "\(account.number)/\(line)"
  }

  /// An item that was open when the books began; nil where that line is none.
  package func openItem(_ item: OpeningItem) -> OpenItemRecord? {
    index(of: item).map { openItems[$0] }
  }

  private func index(of item: OpeningItem) -> Int? {
    guard let entry = entries[item.entry] else { return nil }
    var low = entry.firstItem
    let end = entry.firstItem + entry.itemCount
    var high = end
    while low < high {
      let middle = (low + high) / 2
      if openItems[middle].line < item.line { low = middle + 1 } else { high = middle }
    }
    return low < end && openItems[low].line == item.line ? low : nil
  }

  /// Calls `body` with every item of every entry that stands.
  func forEachOpenItem(_ body: (OpenItemRecord) -> Void) {
    for number in 0..<UInt64(entries.count) {
      guard let entry = entries[JournalID(number + 1)] else { continue }
      for index in entry.firstItem..<entry.firstItem + entry.itemCount { body(openItems[index]) }
    }
  }

  // MARK: - Events

  /// Notes what a statement will show of an event; nothing for an amount of nothing.
  mutating func note(
    _ amount: Int64, _ side: BankSide?, of payment: PaymentID? = nil, _ header: RecordHeader
  ) {
    guard amount != 0, let side else { return }
    if let payment { itemOfPayment[payment.number] = items.count }
    items.append(
      BankItem(
        position: header.position.number, side: side, clinic: ClinicID(header.clinic),
        amount: amount))
  }

  mutating func reconcile(
    _ event: BankLineReconciled, _ header: RecordHeader
  ) throws(WireError) {
    if !bankAccounts.contains(event.bankAccount) {
      try bankAccounts.append(
        BankAccountRecord(clinic: ClinicID(header.clinic)), as: event.bankAccount)
    }
    try lineTexts.insert(
      Self.key(event.line, event.bankAccount), UInt64(statementLines.count))
    statementLines.append(StatementLine(account: event.bankAccount, line: event.line))
    for match in event.matches {
      guard let (position, side) = match.with.item else { continue }
      guard let index = index(ofItemAt: position.number, side) else {
        throw WireError(.outOfRange, at: 0, field: "matches")
      }
      items[index].isMatched = true
    }
  }

  mutating func post(
    _ event: JournalPosted, _ header: RecordHeader, _ catalogue: CatalogueState
  ) throws(WireError) {
    let first = openItems.count
    for (index, line) in event.lines.enumerated() where event.opening {
      // What has a charge or a payment of its own is open there.
      guard catalogue.use(of: line.account) == .openItems, line.charge == nil,
        line.payment == nil, let party = line.party
      else { continue }
      var open = line.credit.minorUnits
      try open.increase(by: 0 &- line.debit.minorUnits, "lines")
      openItems.append(
        OpenItemRecord(
          line: UInt32(index) + 1, account: line.account, party: party,
          clinic: line.clinic ?? ClinicID(header.clinic), open: open))
    }
    noteBank(event, header, catalogue)
    let record = JournalRecord(
      clinic: ClinicID(header.clinic), firstItem: first, itemCount: openItems.count - first)
    try entries.append(record, as: event.entry)
  }

  /// A bank statement will show what an entry made by hand has on the clinic's bank account; the balance
  /// with which the books begin is the statement's own.
  private mutating func noteBank(
    _ event: JournalPosted, _ header: RecordHeader, _ catalogue: CatalogueState
  ) {
    guard !event.opening else { return }
    let here = ClinicID(header.clinic)
    var sum = MinorSum()
    for line in event.lines
    where line.clinic ?? here == here && catalogue.isBank(line.account) {
      sum.add(line.debit.minorUnits)
      sum.add(0 &- line.credit.minorUnits)
    }
    // The Desk adds debits and credits up before it accepts an entry; no statement shows such a sum.
    if let amount = try? sum.narrowed() { note(amount, .booked, header) }
  }

  /// Takes what a payment settles from what is open, or with -1 gives it back.
  mutating func pay(_ event: PaymentMade, sign: Int64 = 1) throws(WireError) {
    for paid in event.settles {
      guard case .opening(let item) = paid.item else { continue }
      guard let index = index(of: item) else {
        throw WireError(.outOfRange, at: 0, field: "settles")
      }
      try openItems[index].open.increase(by: 0 &- sign &* paid.amount.minorUnits, "settles")
    }
  }
}

extension LedgerState: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("items", &items)
    try parts.visit("itemOfPayment", &itemOfPayment)
    try parts.visit("bankAccounts", &bankAccounts)
    try parts.visit("statementLines", &statementLines)
    try parts.visit("lineTexts", &lineTexts)
    try parts.visit("entries", &entries)
    try parts.visit("openItems", &openItems)
  }
}

extension BankCounterpart {
  /// The event's position and the side that is matched; nil for an account.
  var item: (position: Position, side: BankSide)? {
    switch self {
    case .booked(let position): (position, .booked)
    case .cardClearing(let position): (position, .cardClearing)
    case .cashInTransit(let position): (position, .cashInTransit)
    case .account: nil
    }
  }

  /// Whether it stands on the bank account already.
  var isBooked: Bool { if case .booked = self { true } else { false } }

  /// The event of which a statement shows a side.
  init(_ item: BankItem) {
    let position = Position(item.position)
    switch item.side {
    case .booked: self = .booked(position)
    case .cardClearing: self = .cardClearing(position)
    case .cashInTransit: self = .cashInTransit(position)
    }
  }
}

extension BankCounterpart {
  /// The code of the account; nil for an event.
  var accountCode: String? {
    if case .account(let code) = self { code } else { nil }
  }
}

extension PayableItem {
  /// The code of the account; nil for what is kept item by item.
  var accountCode: String? {
    if case .account(let code) = self { code } else { nil }
  }
}

extension PaymentMethod {
  /// Where money paid in this way stands until a bank statement shows it; nil where none does.
  var bankSide: BankSide? {
    type.bankSide
  }
}

extension MethodType {
  /// Where the bank, or an acquirer before it, shows what was paid so; nil where neither does.
  var bankSide: BankSide? {
    switch self {
    case .cash, .voucher, .unspecified: nil
    case .card, .online: .cardClearing
    case .transfer, .directDebit, .cheque: .booked
    }
  }
}

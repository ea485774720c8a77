public import DaybookClinicEvents
import DaybookEvents
public import DaybookReporting
public import DaybookValues

extension AccountingReports {
  /// What was charged to a patient, who paid, and what the patient still owes, item by item below.
  ///
  /// `balance` is the patient's own debt less credit and deposits, without what payers owe; that is
  /// `payerOpen`. From row to row, balance and payerOpen together grow by charge and fall by payerPaid,
  /// patientPaid and adjusted; a transfer moves from one to the other.
  ///
  /// - Complexity: O(postings of the patient's items), and once what items cost to be made.
  public static func statement(
    of patient: PatientID, _ view: AccountingView, _ query: AccountingQuery
  ) -> Report {
    let scope = Scope(view, query)
    let patient = scope.model.current(patient, at: scope.position)
    var report = scope.report(
      "statement", "Statement of \(patient)",
      [
        Column("date", .day), Column("position", .position), Column("event", .text),
        Column("document", .identifier), Column("charge", .amount), Column("payerPaid", .amount),
        Column("patientPaid", .amount), Column("adjusted", .amount), Column("balance", .amount),
        Column("payerOpen", .amount),
      ])
    guard let key = PartyKey(patient) else { return report }
    let items = OpenItems(scope)
    var lines = StatementLines(scope, key)
    lines.add(
      items,
      items.places(of: key).filter { items.index.items[$0].key.ledger != .payable }
        + items.places(ofPatient: key))
    var debits = CurrencySum()
    for line in lines.sorted() {
      debits.add(line.charge, line.currency)
      let amounts = [
        line.charge, line.payerPaid, line.ownPaid, line.adjusted, line.balance, line.payerOpen,
      ]
      report.append(scope.heading(line) + scope.cells(line, amounts, figures: 4))
    }
    report.total("charge", "payerPaid", "patientPaid", "adjusted")
    if let last = report.rows.last, lines.hasOneCurrency {
      report.setTotal("balance", last[8])
      report.setTotal("payerOpen", last[9])
    }
    report.notes = scope.notes(key, items, [.receivable, .credit])
    report.footer = scope.footer(
      entries: report.rows.filter { $0[1] != .empty }.count, debits: debits)
    return report
  }

  /// What a payer or a supplier was charged or has charged, what was paid, and what is open, item by
  /// item below.
  ///
  /// Of a payer `balance` is what it owes less its credit; of a supplier what it is owed. From row to
  /// row it grows by charge, which holds what transfers move, and falls by paid and adjusted.
  ///
  /// - Complexity: O(postings of the party's items), and once what items cost to be made.
  public static func statement(
    ofParty party: PartyID, _ view: AccountingView, _ query: AccountingQuery
  ) -> Report {
    let scope = Scope(view, query)
    var report = scope.report(
      "statement", "Statement of \(party)",
      [
        Column("date", .day), Column("position", .position), Column("event", .text),
        Column("document", .identifier), Column("charge", .amount), Column("paid", .amount),
        Column("adjusted", .amount), Column("balance", .amount),
      ])
    guard let key = PartyKey(party) else { return report }
    let items = OpenItems(scope)
    let places = items.places(of: key)
    let isSupplier = scope.model.party(key, at: scope.position)?.kind == .supplier
    let ledgers: [ItemLedger] = isSupplier ? [.payable] : [.receivable, .credit]
    var lines = StatementLines(scope, key, isSupplier: isSupplier)
    lines.add(items, places.filter { ledgers.contains(items.index.items[$0].key.ledger) })
    var debits = CurrencySum()
    for line in lines.sorted() {
      debits.add(line.charge, line.currency)
      let amounts = [
        line.charge + line.moved, line.ownPaid + line.payerPaid, line.adjusted, line.balance,
      ]
      report.append(scope.heading(line) + scope.cells(line, amounts, figures: 3))
    }
    report.total("charge", "paid", "adjusted")
    if let last = report.rows.last, lines.hasOneCurrency { report.setTotal("balance", last[7]) }
    report.notes = scope.notes(key, items, ledgers)
    report.footer = scope.footer(
      entries: report.rows.filter { $0[1] != .empty }.count, debits: debits)
    return report
  }
}

extension Scope {
  fileprivate func heading(_ line: StatementLines.Line) -> [Cell] {
    line.isOpening
      ? [.day(query.from), .empty, .text("opening"), .empty]
      : [
        .day(Day(daysSince1970: line.day)), .position(line.position),
        .text(line.event), .identifier(DocumentNames.name(line.document)),
      ]
  }

  /// The amounts of a line; the opening has none of the first ones.
  fileprivate func cells(
    _ line: StatementLines.Line, _ amounts: [Int64], figures: Int
  ) -> [Cell] {
    amounts.enumerated().map { index, minorUnits in
      line.isOpening && index < figures
        ? .empty : .amount(Amount(minorUnits: minorUnits, line.currency))
    }
  }

  /// The party's reference, and what is open, a line each.
  fileprivate func notes(
    _ key: PartyKey, _ items: OpenItems, _ ledgers: [ItemLedger]
  ) -> [String] {
    var notes: [String] = []
    if case .text(let reference) = cells(key)[1], !reference.isEmpty {
      notes.append("ref \(reference)")
    }
    for line in OpenItemLine.lines(items, ledgers, of: key) {
      let open = Amount(minorUnits: line.item.state.open, line.currency)
      let paper = line.invoice.isEmpty ? "" : " (\(line.invoice))"
      let began = Day(daysSince1970: line.began)
      notes.append(
        line.item.key.ledger == .credit
          ? "credit of \(line.document), \(began): \(open)"
          : "open \(line.document)\(paper) of \(began), "
            + "due \(Day(daysSince1970: line.due)): \(open)")
    }
    return notes
  }
}

/// The entries that concern one party, summed up to a line each.
private struct StatementLines {
  struct Line {
    var currency: Currency
    var day: Int32 = 0
    var position = Position.start
    var event = ""
    var document = DocumentKey()
    var charge: Int64 = 0
    var payerPaid: Int64 = 0
    var ownPaid: Int64 = 0
    var adjusted: Int64 = 0
    /// What a transfer moved to the party.
    var moved: Int64 = 0
    /// First what the entry adds, then what there is after it.
    var balance: Int64 = 0
    var payerOpen: Int64 = 0
    var isOpening = false

    /// Whether the entry leaves the party's figures as they are.
    var isNothing: Bool {
      charge == 0 && payerPaid == 0 && ownPaid == 0 && adjusted == 0 && balance == 0
        && payerOpen == 0
    }
  }

  private let scope: Scope
  private let key: PartyKey
  private let isSupplier: Bool
  private var lines: [Line] = []

  init(_ scope: Scope, _ key: PartyKey, isSupplier: Bool = false) {
    self.scope = scope
    self.key = key
    self.isSupplier = isSupplier
  }

  var hasOneCurrency: Bool { Set(lines.map(\.currency)).count <= 1 }

  /// Adds the postings of items, in the order of the log.
  mutating func add(_ items: OpenItems, _ places: [Int]) {
    var indexes: [Int] = []
    for place in Set(places).sorted() { items.forEachPosting(place) { indexes.append($0) } }
    let postings = scope.model.ledger.postings
    for index in indexes.sorted() {
      let row = postings[index]
      guard row.day <= scope.through, scope.includes(clinic: row.clinic) else { continue }
      add(row, index)
    }
  }

  private mutating func add(_ row: Posting, _ index: Int) {
    if lines.last?.position != row.position {
      lines.append(
        Line(
          currency: scope.currency(row.clinic), day: row.day, position: row.position,
          event: scope.model.eventName(row), document: row.document))
    }
    let isOwn = scope.model.current(row.party, at: scope.position) == key.rawValue
    let amount = isSupplier ? -row.amount : row.amount
    let last = lines.count - 1
    if isOwn { lines[last].balance += amount } else { lines[last].payerOpen += amount }
    switch StatementColumn.ofRule[Int(row.rule)] {
    case .charge: lines[last].charge += amount
    case .adjusted: lines[last].adjusted -= amount
    case .moved: lines[last].moved += amount
    case .paid(let isByLast):
      if payer(index, row, isByLast: isByLast) == key.rawValue {
        lines[last].ownPaid -= amount
      } else {
        lines[last].payerPaid -= amount
      }
    }
  }

  /// Who the money of an entry came from, or went back to.
  private func payer(_ index: Int, _ row: Posting, isByLast: Bool) -> UInt32 {
    let postings = scope.model.ledger.postings
    var payer = index - Int(row.line) + 1
    if isByLast {
      var next = index
      while next < postings.count, postings[next].position == row.position {
        if postings[next].party != 0 { payer = next }
        next += 1
      }
    }
    return scope.model.current(postings[payer].party, at: scope.position)
  }

  /// The lines from the first day on, by currency, day and position, with running balances.
  func sorted() -> [Line] {
    let ordered = lines.filter { !$0.isNothing }.sorted {
      ($0.currency, $0.day, $0.position) < ($1.currency, $1.day, $1.position)
    }
    var result: [Line] = []
    var running = Line(currency: ordered.first?.currency ?? .unspecified)
    running.isOpening = true
    var opened = scope.query.from == nil
    for line in ordered {
      if line.currency != running.currency {
        if !opened { result.append(running) }
        running = Line(currency: line.currency)
        running.isOpening = true
        opened = scope.query.from == nil
      }
      if !opened, line.day >= scope.from {
        result.append(running)
        opened = true
      }
      running.balance += line.balance
      running.payerOpen += line.payerOpen
      guard line.day >= scope.from else { continue }
      var printed = line
      printed.balance = running.balance
      printed.payerOpen = running.payerOpen
      result.append(printed)
    }
    if !opened { result.append(running) }
    return result
  }
}

/// Where a statement shows what an entry does.
private enum StatementColumn {
  case charge, adjusted, moved
  /// Who paid is said by the first line of the entry, or by its last.
  case paid(isByLast: Bool)

  /// By the index of its rule.
  static let ofRule: [StatementColumn] = PostingRule.builtIn.map { rule in
    if rule.isOf(ResponsibilityTransferred.self) { return .moved }
    if rule.isOf(AdjustmentPosted.self) || rule.isOf(InvoiceRectified.self)
      || rule.isOf(SaleReturned.self) || rule.isOf(GoodsReturned.self)
    {
      return .adjusted
    }
    if rule.isOf(PaymentReceived.self) || rule.isOf(PaymentAllocated.self)
      || rule.isOf(RemittanceReceived.self) || rule.isOf(RefundPaid.self)
      || rule.isOf(PaymentMade.self)
    {
      return .paid(isByLast: false)
    }
    return rule.isOf(PaymentReturned.self) || rule.isOf(AllocationReleased.self)
      ? .paid(isByLast: true) : .charge
  }
}

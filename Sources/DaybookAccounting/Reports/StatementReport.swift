public import DaybookClinicEvents
public import DaybookEngine
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
    of patient: PatientID, _ view: Snapshot<AccountingModel>, _ query: AccountingQuery
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
    ofParty party: PartyID, _ view: Snapshot<AccountingModel>, _ query: AccountingQuery
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
        .text(event(line)), .identifier(DocumentNames.name(line.document)),
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

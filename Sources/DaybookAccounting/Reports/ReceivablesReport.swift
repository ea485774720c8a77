public import DaybookEngine
public import DaybookReporting
import DaybookValues

extension AccountingReports {
  /// What every patient and payer owes on D as known at S, by age, and what they have to their credit.
  ///
  /// Age counts from the due day: that of the invoice which holds the part, else the day of the charge,
  /// or of the last transfer to the party, and the party's terms; of what was open when the books began,
  /// the day that its line says. The buckets sum to the party's receivables; credit is what is deposited
  /// or unapplied, and never netted. Source: Books, section 2, aging.
  ///
  /// - Parameter form: What items are summed up by in the place of parties, and the only values of
  ///   those: dimensions of `GroupedReport.receivables`.
  /// - Complexity: One pass over the items that are open, or were changed since D or S.
  public static func receivables(
    _ view: Snapshot<AccountingModel>, _ query: AccountingQuery, form: RowForm = RowForm()
  ) -> Report {
    let scope = Scope(view, query)
    let items = OpenItems(scope)
    guard form.by == nil else {
      let plain = scope.report(
        "receivables", "Receivables",
        ageColumns + [Column("total", .amount), Column("credit", .amount)])
      return aged(items, [.receivable, .credit], plain, form)
    }
    var report = scope.report(
      "receivables", "Receivables",
      [Column("party", .identifier), Column("ref", .text), Column("kind", .text)]
        + ageColumns + [Column("total", .amount), Column("credit", .amount)])
    var aging = Aging(scope)
    forEach(items, [.receivable, .credit], form) { aging.add($0) }
    for line in aging.lines {
      report.append(scope.cellsAndKind(line.party) + ageCells(line, line.total, line.credit))
    }
    report.total("current", "d30", "d60", "d90", "over90", "total", "credit")
    report.footer = scope.footer([.receivable, .credit], items)
    return report
  }

  /// What is owed to every supplier on D as known at S, by age: invoices by their due day, and what was
  /// open when the books began; what a supplier owes, for goods that went back, is below zero.
  ///
  /// The buckets sum to the payables of the supplier.
  ///
  /// - Parameter form: What items are summed up by in the place of suppliers, and the only values of
  ///   those: dimensions of `GroupedReport.payables`.
  public static func payables(
    _ view: Snapshot<AccountingModel>, _ query: AccountingQuery, form: RowForm = RowForm()
  ) -> Report {
    let scope = Scope(view, query)
    let items = OpenItems(scope)
    guard form.by == nil else {
      let plain = scope.report(
        "payables", "Payables", ageColumns + [Column("total", .amount)])
      return aged(items, [.payable], plain, form)
    }
    var report = scope.report(
      "payables", "Payables",
      [Column("supplier", .identifier), Column("ref", .text)] + ageColumns
        + [Column("total", .amount)])
    var aging = Aging(scope)
    forEach(items, [.payable], form) { aging.add($0) }
    for line in aging.lines {
      report.append(scope.cells(line.party) + ageCells(line, line.total))
    }
    report.total("current", "d30", "d60", "d90", "over90", "total")
    report.footer = scope.footer([.payable], items)
    return report
  }

  /// Items of any age, summed up as a form asks.
  private static func aged(
    _ items: OpenItems, _ ledgers: [ItemLedger], _ plain: Report, _ form: RowForm
  ) -> Report {
    let (scope, names) = (items.scope, plain.columns.map(\.name))
    let (keys, hasCredit) = (RowKeys(scope), ledgers.contains(.credit))
    var rows = GroupedRows(plain, form, sums: names, figure: "total", scope)
    let aging = Aging(scope)
    items.forEach(ledgers) { item in
      var line = Aging.Line(item.party, scope.currency(item.clinic), termsDays: 0)
      aging.add(item, to: &line)
      rows.append(
        { keys.key($0, item) },
        hasCredit ? ageCells(line, line.total, line.credit) : ageCells(line, line.total))
    }
    var report = rows.finished()
    report.footer = scope.footer(ledgers, items)
    return report
  }

  /// Calls `body` with the items that the terms of a form ask for.
  static func forEach(
    _ items: OpenItems, _ ledgers: [ItemLedger], _ form: RowForm, _ body: (OpenAmount) -> Void
  ) {
    guard !form.terms.isEmpty else { return items.forEach(ledgers, body) }
    let (keys, sieve) = (RowKeys(items.scope), RowSieve(form, items.scope))
    items.forEach(ledgers) { item in
      if sieve.takes({ keys.key($0, item) }) { body(item) }
    }
  }

  private static var ageColumns: [Column] {
    [
      Column("current", .amount), Column("d30", .amount, title: "1-30"),
      Column("d60", .amount, title: "31-60"), Column("d90", .amount, title: "61-90"),
      Column("over90", .amount, title: "over 90"),
    ]
  }

  private static func ageCells(_ line: Aging.Line, _ more: Int64...) -> [Cell] {
    (AgeBucket.allCases.map { line[$0] } + more).map {
      .amount(Amount(minorUnits: $0, line.currency))
    }
  }
}

extension Scope {
  /// The identifier of a party, its reference, and what it is in one word.
  func cellsAndKind(_ key: PartyKey) -> [Cell] {
    let listing = model.party(key, at: position)
    let kind =
      listing?.kind.rawValue
      ?? (key.patient != nil ? "patient" : key == .walkIn ? "walk-in" : "other")
    return [.identifier(key.description), .text(listing?.reference ?? ""), .text(kind)]
  }
}

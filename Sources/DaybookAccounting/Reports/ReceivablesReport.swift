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
  /// - Complexity: One pass over the items that are open, or were changed since D or S.
  public static func receivables(_ view: Snapshot<AccountingModel>, _ query: AccountingQuery)
    -> Report
  {
    let scope = Scope(view, query)
    var report = scope.report(
      "receivables", "Receivables",
      [Column("party", .identifier), Column("ref", .text), Column("kind", .text)]
        + ageColumns + [Column("total", .amount), Column("credit", .amount)])
    let items = OpenItems(scope)
    var aging = Aging(scope)
    items.forEach([.receivable, .credit]) { aging.add($0) }
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
  public static func payables(_ view: Snapshot<AccountingModel>, _ query: AccountingQuery) -> Report
  {
    let scope = Scope(view, query)
    var report = scope.report(
      "payables", "Payables",
      [Column("supplier", .identifier), Column("ref", .text)] + ageColumns
        + [Column("total", .amount)])
    let items = OpenItems(scope)
    var aging = Aging(scope)
    items.forEach([.payable]) { aging.add($0) }
    for line in aging.lines {
      report.append(scope.cells(line.party) + ageCells(line, line.total))
    }
    report.total("current", "d30", "d60", "d90", "over90", "total")
    report.footer = scope.footer([.payable], items)
    return report
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

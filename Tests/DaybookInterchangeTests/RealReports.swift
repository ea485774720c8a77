import Daybook
import DaybookTesting

/// The reports of a book made of a public export, without anything that is the export's own: names and
/// references are left out, and the book has the name of the set.
struct RealReports {
  private let view: Snapshot<AccountingModel>
  private let clearing: Snapshot<ClearingModel>
  private let earnings: Snapshot<EarningsModel>
  private let query: AccountingQuery

  init(_ models: ProjectionHost, of set: String) {
    view = models.snapshot()
    clearing = models.snapshot()
    earnings = models.snapshot()
    query = AccountingQuery(book: set)
  }

  /// Reports that hold sums alone, by the names of their files.
  var sums: [(name: String, report: Report)] {
    get throws {
      let all = StatementForm()
      var yearly = all
      yearly.step = .yearly
      var paid = yearly
      paid.basis = .cash
      // An export goes back for a lifetime: columns are those of its last years.
      var years = query
      years.from = try Day(parsing: "2014-01-01")
      return [
        ("trial-balance", AccountingReports.trialBalance(view, query)),
        ("income", try AccountingReports.incomeStatement(all, view, query)),
        ("income-by-year", try AccountingReports.incomeStatement(yearly, view, years)),
        ("income-in-cash", try AccountingReports.incomeStatement(paid, view, years)),
        ("balance-sheet", try AccountingReports.balanceSheet(all, view, query)),
        ("balance-sheet-by-year", try AccountingReports.balanceSheet(yearly, view, years)),
        ("cash-flow", try AccountingReports.cashFlow(all, view, query)),
        ("cash-flow-by-year", try AccountingReports.cashFlow(yearly, view, years)),
        ("tax", try AccountingReports.tax(view, query)),
        ("deferred", AccountingReports.deferred(view, query)),
        ("revenue-by-payer", AccountingReports.revenue(by: .payer, view, query)),
        ("claims-by-payer", claimsByPayer),
        ("control", AccountingReports.control(view, query).totalsOf("party")),
      ].map { ($0.0, $0.1.without("ref", "code")) }
    }
  }

  /// Reports with a row for everybody or everything.
  var lists: [(name: String, report: Report)] {
    get throws {
      [
        ("journal", AccountingReports.journal(view, query)),
        ("ledger", try AccountingReports.ledger(JournalFilter(), view, query)),
        ("receivables", AccountingReports.receivables(view, query)),
        ("receivables, items", AccountingReports.openReceivables(view, query)),
        ("credits", AccountingReports.credits(view, query)),
        ("control", AccountingReports.control(view, query)),
        ("claims", AccountingReports.claims(clearing, view, query)),
        ("cash", try AccountingReports.moneyBook(.cash, view, query)),
        ("bank", try AccountingReports.moneyBook(.bank, view, query)),
        (
          "bank-reconciliation",
          try AccountingReports.bankReconciliation(clearing, view, query, isDetailed: true)
        ), ("settlement", AccountingReports.settlement(earnings, view, query)),
        ("margin", try AccountingReports.margin(earnings, view, query)),
      ]
        + RevenueDimension.allCases.map {
          ("revenue by \($0.rawValue)", AccountingReports.revenue(by: $0, view, query))
        }
    }
  }

  /// What payers were asked for and paid, a row for each.
  private var claimsByPayer: Report {
    let claims = AccountingReports.claims(clearing, view, query)
    let figures = ["total", "paid", "contractual", "patientDue", "other", "open", "owed"]
    var sums: [String: [Int64]] = [:]
    for row in claims.named {
      let amounts = [1] + figures.map { row[$0]?.number ?? 0 }
      let old = sums[row["payer"]?.words ?? ""] ?? Array(repeating: 0, count: amounts.count)
      sums[row["payer"]?.words ?? ""] = zip(old, amounts).map(+)
    }
    let currency =
      claims.totals.lazy.compactMap { cell in
        if case .amount(let amount) = cell { amount.currency } else { nil }
      }.first ?? .unspecified
    var report = Report(
      name: "claims", title: "Claims by payer", book: claims.book, on: claims.on,
      knownAt: claims.knownAt,
      columns: [Column("payer", .identifier), Column("claims", .count)]
        + figures.map { Column($0, .amount) }, footer: claims.footer, notes: claims.notes)
    for (payer, line) in sums.sorted(by: { ($0.key.count, $0.key) < ($1.key.count, $1.key) }) {
      report.append(
        [.identifier(payer), .count(line[0])]
          + line.dropFirst().map { .amount(Amount(minorUnits: $0, currency)) })
    }
    for name in ["claims"] + figures { try? report.sumTotals(name) }
    return report
  }
}

extension Report {
  /// The report as its golden file has it: digests of models change with whatever else they learn.
  var page: String {
    var report = self
    report.footer.digest = ""
    return render(report, as: .text)
  }

  /// The report with some of its columns, and rows, left out.
  private func parted(
    _ keep: (Column) -> Bool, rows keepRow: ([Cell]) -> Bool = { _ in true }
  ) -> Report {
    let places = columns.indices.filter { keep(columns[$0]) }
    func part(_ cells: [Cell]) -> [Cell] { cells.isEmpty ? [] : places.map { cells[$0] } }
    var report = Report(
      name: name, title: title, book: book, on: on, from: from, to: to, knownAt: knownAt,
      columns: places.map { columns[$0] }, footer: footer, notes: notes)
    (report.headingColumns, report.repeatedColumns) = (headingColumns, repeatedColumns)
    var next = sections[...]
    for (index, row) in rows.enumerated() {
      if keepRow(row) { report.append(part(row)) }
      while let section = next.first, section.end == index + 1 {
        report.endSection(section.title, label: section.label, totals: part(section.totals))
        next.removeFirst()
      }
    }
    for (column, cell) in zip(columns, totals) where keep(column) && cell != .empty {
      report.setTotal(column.name, cell)
    }
    return report
  }

  fileprivate func without(_ names: String...) -> Report {
    parted({ !names.contains($0.name) })
  }

  /// The rows that are of nobody in particular.
  fileprivate func totalsOf(_ name: String) -> Report {
    let place = columns.firstIndex { $0.name == name } ?? 0
    return parted({ $0.name != name }, rows: { $0[place] == .empty })
  }
}

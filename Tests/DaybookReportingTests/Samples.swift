import DaybookReporting
import DaybookValues

/// The reports of the golden files.
enum Sample: String, CaseIterable, Sendable {
  case trialBalance = "trial-balance"
  case everyKind = "every-kind"
  case hostile
  case empty
  case severalCurrencies = "several-currencies"
  case sections

  func report() throws -> Report {
    switch self {
    case .trialBalance: try trialBalanceReport()
    case .everyKind: try everyKindReport()
    case .hostile: hostileReport()
    case .empty: try emptyReport()
    case .severalCurrencies: try severalCurrenciesReport()
    case .sections: try sectionsReport()
    }
  }
}

private let digest = "9f3a11c07be2001d9f3a11c07be2001d9f3a11c07be2001d9f3a11c07be2001d"
private let balanceColumns = [
  Column("account", .identifier), Column("name", .text), Column("opening", .amount),
  Column("debit", .amount), Column("credit", .amount), Column("balance", .amount),
]

private func trialBalanceReport() throws -> Report {
  let usd = try Currency("USD")
  let position = Position(81_377)
  var report = Report(
    name: "trial-balance", title: "Trial balance", book: "Garcia Dental",
    on: try Day(year: 2026, month: 3, day: 31), knownAt: position, columns: balanceColumns,
    footer: Footer(
      position: position, entries: 1_204, debits: Amount(minorUnits: 222_222_345, usd),
      ruleVersion: 1, skipped: 2, digest: { digest }),
    notes: ["Balance is opening plus debit less credit; a debit is positive."])
  let accounts: [(String, String, Int64, Int64, Int64)] = [
    ("1010", "Cash in the till", 15_000, 1_082_005, 997_005),
    ("1200", "Receivables from patients and payers", 0, 109_240_273, 110_350_395),
    ("4000", "Treatments", -15_000, 111_900_067, 110_874_945),
  ]
  for (code, name, opening, debit, credit) in accounts {
    let figures = [opening, debit, credit, opening + debit - credit]
    report.append(
      [.identifier(code), .text(name)]
        + figures.map { .amount(Amount(minorUnits: $0, usd)) })
  }
  try report.sumTotals("opening", "debit", "credit", "balance")
  return report
}

private func everyKindReport() throws -> Report {
  let day = try Day(year: 2026, month: 3, day: 2)
  let instant = Instant(milliseconds: 1_772_443_800_000)
  var report = Report(
    name: "every-kind", title: "Every kind of cell", book: "Garcia Dental",
    from: try Day(year: 2026, month: 1, day: 1), to: try Day(year: 2026, month: 3, day: 31),
    periodHeader: "2026Q1", knownAt: Position(7),
    columns: Column.Kind.allCases.map { Column("a" + $0.rawValue.capitalizedFirst, $0) },
    footer: Footer(position: Position(7), entries: 1))
  report.append([
    .text("words"), .identifier("P17"), .amount(Amount(minorUnits: -5, .eur)),
    .quantity(Quantity(thousandths: 1_250)), .unitPrice(UnitPrice(tenThousandths: 12_345)),
    .rate(Rate(basisPoints: 520)), .day(day), .month(try Month(year: 2026, month: 3)),
    .instant(instant),
    .moment(Moment(instant, UTCOffset(seconds: 7_200))), .seconds(5_430),
    .count(42), .position(Position(9_007_199_254_740_993)),
  ])
  report.append(Array(repeating: .empty, count: report.columns.count))
  report.append(
    report.columns.map { $0.kind == .seconds ? .seconds(-3_600) : .empty })
  try report.sumTotals("aAmount", "aQuantity", "aSeconds", "aCount")
  return report
}

private func hostileReport() -> Report {
  var report = Report(
    name: "hostile", title: "Names <b>that</b> attack", book: "O'Brien & \"Sons\"\u{1B}[2J",
    knownAt: .start,
    columns: [Column("party", .identifier), Column("name", .text), Column("visits", .count)],
    notes: ["<script>alert(1)</script>"])
  let names = [
    "<script>alert('x')</script> & \"more\"", "line one\r\nline two\tand three", "\u{1B}[2Jclear",
    "right\u{202E}to left", "comma, quote \" and back\\slash", "山田太郎", "한국어 이름",
    "Zoe\u{301} with a mark", "null\u{0}byte", "=HYPERLINK(\"x\")", "  ", "",
  ]
  for (index, name) in names.enumerated() {
    report.append([.identifier("P\(index + 1)"), .text(name), .count(Int64(index))])
  }
  return report
}

private func emptyReport() throws -> Report {
  Report(
    name: "trial-balance", title: "Trial balance", book: "Garcia Dental",
    on: try Day(year: 2026, month: 3, day: 31), knownAt: .start, columns: balanceColumns)
}

private func severalCurrenciesReport() throws -> Report {
  var report = Report(
    name: "cash", title: "Cash", book: "Two borders",
    on: try Day(year: 2026, month: 3, day: 31), knownAt: Position(12),
    columns: [Column("till", .identifier), Column("cash", .amount)])
  report.append([.identifier("T1"), .amount(Amount(minorUnits: 12_345, .eur))])
  report.append([.identifier("T2"), .amount(Amount(minorUnits: 12_345, try Currency("JPY")))])
  report.append([.identifier("T3"), .amount(Amount(minorUnits: 12_345, try Currency("KWD")))])
  return report
}

/// Headings with their sums; too wide for a narrow terminal.
private func sectionsReport() throws -> Report {
  let months = ["2026-01", "2026-02", "2026-03", "2026-04"]
  var report = Report(
    name: "income-statement", title: "Income statement", book: "Garcia & Dental",
    from: try Day(year: 2026, month: 1, day: 1), to: try Day(year: 2026, month: 4, day: 30),
    knownAt: Position(12),
    columns: [Column("group", .text), Column("account", .identifier), Column("name", .text)]
      + months.map { Column($0, .amount) })
  report.headingColumns = 1
  report.repeatedColumns = 3
  func figures(_ first: Int64) -> [Cell] {
    months.indices.map { .amount(Amount(minorUnits: first * Int64($0 + 1), .eur)) }
  }
  func end(_ title: String, _ label: String, _ first: Int64) {
    report.endSection(title, label: label, totals: [.empty, .empty, .empty] + figures(first))
  }
  report.append([.text("income"), .identifier("4000"), .text("Treatment")] + figures(250_000))
  report.append([.text("income"), .identifier("4090"), .text("Discounts")] + figures(-5_000))
  end("income <all>", "total income", 245_000)
  report.append(
    [.text("expenses"), .identifier("6100"), .text("Rent of the rooms")] + figures(90_000))
  end("expenses", "total expenses", 90_000)
  end("", "result so far", 155_000)
  report.append([.text("cash"), .empty, .text("after")] + figures(1))
  report.endSection("cash")
  report.setTotal("group", .text("result"))
  for (month, cell) in zip(months, figures(155_000)) { report.setTotal(month, cell) }
  return report
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

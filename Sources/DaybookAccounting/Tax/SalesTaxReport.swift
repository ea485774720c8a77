import DaybookClinicEvents
public import DaybookReporting
import DaybookValues

extension AccountingReports {
  /// What was sold on each day from `from` to D as known at S, by tax code and rate: net, tax and gross,
  /// credit notes and returns taken off.
  ///
  /// - Parameter documents: As of `tax`.
  /// - Throws: `UnknownAccount` for an account that the chart does not have.
  /// - Complexity: O(postings of the chunks that touch the days).
  public static func salesTax(
    _ view: AccountingView, _ query: AccountingQuery, filter: JournalFilter = JournalFilter(),
    documents: DocumentsView? = nil
  ) throws(UnknownAccount) -> Report {
    let scope = Scope(view, query)
    var report = scope.report(
      "sales-tax", "Sales by tax rate and day",
      [
        Column("date", .day), Column("taxCode", .identifier), Column("ref", .text),
        Column("rate", .rate), Column("net", .amount), Column("tax", .amount),
        Column("gross", .amount),
      ])
    let sums = TaxSums(
      scope, try PostingSieve(filter, scope), documents: documents, sides: [.output], byDay: true)
    var rows: [(key: TaxSums.Key, net: Int64, tax: Int64)] = []
    for line in sums.lines where line.key.side == .output && line.key.kind != .reverseCharge {
      var key = line.key
      key.kind = .supply
      if let last = rows.last, last.key == key {
        rows[rows.count - 1].net += line.base
        rows[rows.count - 1].tax += line.tax
      } else {
        rows.append((key, line.base, line.tax))
      }
    }
    // A deposit that settles a supply on its day leaves nothing.
    for row in rows where row.net != 0 || row.tax != 0 {
      let code = TaxCodeID(UInt64(row.key.code))
      report.append(
        [
          .day(Day(daysSince1970: row.key.day)), .identifier(code),
          .text(scope.model.reference(code.stream, at: scope.position)),
          .rate(Rate(basisPoints: Int64(row.key.rate))),
        ]
          + [row.net, row.tax, row.net + row.tax].map {
            .amount(Amount(minorUnits: $0, row.key.currency))
          })
    }
    report.total("net", "tax", "gross")
    report.footer = scope.footer(entries: sums.entries, debits: sums.debits)
    return report
  }
}

import DaybookClinicEvents
public import DaybookEngine
public import DaybookReporting
import DaybookValues

extension AccountingReports {
  /// What was sold on each day from `from` to D as known at S, by tax code and rate: net, tax and gross,
  /// credit notes and returns taken off.
  ///
  /// - Parameters:
  ///   - documents: As of `tax`.
  ///   - form: What days are summed up by: a dimension of `GroupedReport.salesTax`.
  /// - Throws: `UnknownAccount` for an account that the chart does not have.
  /// - Complexity: O(postings of the chunks that touch the days).
  public static func salesTax(
    _ view: Snapshot<AccountingModel>, _ query: AccountingQuery,
    filter: JournalFilter = JournalFilter(),
    form: RowForm = RowForm(), documents: Snapshot<DocumentsModel>? = nil
  ) throws(UnknownAccount) -> Report {
    let scope = Scope(view, query)
    let plain = scope.report(
      "sales-tax", form.by == nil ? "Sales by tax rate and day" : "Sales",
      [
        Column("date", .day), Column("taxCode", .identifier), Column("ref", .text),
        Column("rate", .rate), Column("net", .amount), Column("tax", .amount),
        Column("gross", .amount),
      ])
    let sums = try TaxSums(
      scope, filter, documents: documents, sides: [.output], byDay: true,
      byClinic: form.mentions(.clinic))
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
    var listed = GroupedRows(plain, form, sums: ["net", "tax", "gross"], figure: "net", scope)
    // A deposit that settles a supply on its day leaves nothing.
    for row in rows where row.net != 0 || row.tax != 0 {
      let code = TaxCodeID(UInt64(row.key.code))
      listed.append(
        { scope.key($0, row.key) },
        [
          .day(Day(daysSince1970: row.key.day)), .identifier(code),
          .text(scope.model.reference(code.stream, at: scope.position)),
          .rate(Rate(basisPoints: Int64(row.key.rate))),
        ]
          + [row.net, row.tax, row.net + row.tax].map {
            .amount(Amount(minorUnits: $0, row.key.currency))
          })
    }
    var report = listed.finished()
    report.footer = scope.footer(entries: sums.entries, debits: sums.debits)
    return report
  }
}

extension Scope {
  func key(_ dimension: ReportDimension, _ key: TaxSums.Key) -> GroupKey {
    switch dimension {
    case .kind: GroupKey(key.kind, key.kind.words)
    case .taxCode: GroupKey(key.code)
    case .clinic: GroupKey(model.slots.number(key.clinic))
    case .month: GroupKey(monthOf: key.day)
    default: .none
    }
  }
}

import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
import DaybookValues

extension AccountingReports {
  /// What is owed of taxes on sales from `from` to D as known at S, and what is deducted: for each tax
  /// code the bases and the tax, by what was taxed.
  ///
  /// Deposits stand apart: taxed when they are received, and deducted where they settle a supply that is
  /// taxed then. What is not deducted stands beside what is, and its share, the pro-rata, in a note. The
  /// total is what is to be paid. What moved the accounts of taxes without a code, such as the return
  /// itself, stands in a note, so that all of it is what they moved.
  ///
  /// Source: Directive 2006/112/EC, articles 63 to 65 (when tax is due), 90 (credit notes), 173 to 175
  /// (pro-rata), 194 to 199 (reverse charge).
  ///
  /// A rate is that of the day on which a thing was taxed first: a credit note and a return are at the
  /// rates of what they take back, which `documents` say, and a deposit that is deducted at its own.
  ///
  /// A filter asks for a part of it, such as what concerns one party: bases and tax that bear it.
  ///
  /// - Parameters:
  ///   - form: What it is summed up by: a dimension of `GroupedReport.tax`, with output beside input.
  ///   - documents: The documents of sales, where a tax code has had several rates; see
  ///     `hasChangedRates`.
  /// - Throws: `UnknownAccount` for an account that the chart does not have.
  /// - Complexity: O(postings of the chunks that touch the days).
  public static func tax(
    _ view: Snapshot<AccountingModel>, _ query: AccountingQuery,
    filter: JournalFilter = JournalFilter(), form: RowForm = RowForm(),
    documents: Snapshot<DocumentsModel>? = nil
  ) throws(UnknownAccount) -> Report {
    let scope = Scope(view, query)
    if form.by != nil { return try taxSums(scope, filter, form, documents) }
    var report = scope.report(
      "tax", "Tax return",
      [
        Column("side", .text), Column("taxCode", .identifier), Column("ref", .text),
        Column("rate", .rate), Column("kind", .text), Column("base", .amount),
        Column("tax", .amount), Column("notDeductible", .amount),
      ])
    report.headingColumns = 1
    let sums = try TaxSums(scope, filter, documents: documents)
    var payable: [Currency: Int64] = [:]
    for side in TaxSide.allCases {
      var totals: [Currency: (base: Int64, tax: Int64, lost: Int64)] = [:]
      let title = side == .output ? "output" : "input"
      for line in sums.lines where line.key.side == side {
        report.append([.text(title)] + scope.cells(line))
        let sum = totals[line.key.currency] ?? (0, 0, 0)
        totals[line.key.currency] = (
          sum.base + line.base, sum.tax + line.tax, sum.lost + line.notDeductible
        )
        payable[line.key.currency, default: 0] += side == .output ? line.tax : -line.tax
      }
      guard !totals.isEmpty else { continue }
      report.endSection(
        title, label: "total \(title)",
        totals: totals.count == 1
          ? totals.flatMap { currency, sum in
            [.empty, .empty, .empty, .empty, .empty]
              + side.cells(sum.base, sum.tax, sum.lost, currency)
          } : [])
      if side == .input {
        for (currency, sum) in totals.sorted(by: { $0.key < $1.key }) {
          if let note = scope.proRata(sum.tax, sum.lost, currency) { report.notes.append(note) }
        }
      }
    }
    if payable.count == 1, let (currency, amount) = payable.first {
      report.setTotal("side", .text(amount < 0 ? "to be refunded" : "to be paid"))
      report.setTotal("tax", .amount(Amount(minorUnits: amount, currency)))
    }
    for settled in sums.settled {
      report.notes.append(
        "Posted without a tax code to the account of \(settled.side == .output ? "output" : "input") "
          + "tax, as a return is: \(Amount(minorUnits: settled.amount, settled.currency).decimal) "
          + settled.currency.code)
    }
    report.footer = scope.footer(entries: sums.entries, debits: sums.debits)
    return report
  }
}

extension AccountingReports {
  /// The tax return in sums: a column each for what output and input come to.
  private static func taxSums(
    _ scope: Scope, _ filter: JournalFilter, _ form: RowForm, _ documents: Snapshot<DocumentsModel>?
  ) throws(UnknownAccount) -> Report {
    let names = [
      "outputBase", "outputTax", "inputBase", "inputTax", "notDeductible", "payable",
    ]
    var rows = GroupedRows(
      scope.report("tax", "Tax return", names.map { Column($0, .amount) }), form, sums: names,
      figure: "payable", scope, countsRows: false)
    let sums = try TaxSums(
      scope, filter, documents: documents, byDay: form.mentions(.month),
      byClinic: form.mentions(.clinic))
    for line in sums.lines {
      let key = { scope.key($0, line.key) }
      rows.add(key, line.key.currency) { figures in
        let first = line.key.side == .output ? 0 : 2
        figures[first].add(line.base)
        figures[first + 1].add(line.tax)
        figures[4].add(line.notDeductible)
        figures[5].total += Int128(line.tax) * (line.key.side == .output ? 1 : -1)
      }
    }
    var report = rows.finished()
    report.footer = scope.footer(entries: sums.entries, debits: sums.debits)
    return report
  }
}

extension TaxSide {
  /// The figures of a line or of its side; of tax that is owed nothing could be deducted.
  fileprivate func cells(
    _ base: Int64, _ tax: Int64, _ notDeductible: Int64, _ currency: Currency
  ) -> [Cell] {
    let figures = [base, tax] + (self == .input ? [notDeductible] : [])
    let cells: [Cell] = figures.map { .amount(Amount(minorUnits: $0, currency)) }
    return self == .input ? cells : cells + [.empty]
  }
}

extension Scope {
  fileprivate func cells(_ line: TaxSums.Line) -> [Cell] {
    let code = TaxCodeID(UInt64(line.key.code))
    return [
      .identifier(code), .text(model.reference(code.stream, at: position)),
      .rate(Rate(basisPoints: Int64(line.key.rate))), .text(line.key.kind.words),
    ] + line.key.side.cells(line.base, line.tax, line.notDeductible, line.key.currency)
  }

  /// What of the tax that others charged is deducted, in words; nil where there is none.
  fileprivate func proRata(_ deducted: Int64, _ lost: Int64, _ currency: Currency) -> String? {
    let all = Int128(deducted) + Int128(lost)
    guard all != 0, lost != 0,
      let points = try? Rounding.halfAwayFromZero(Int128(deducted) * 10_000, dividedBy: all),
      let narrow = Int64(exactly: points), let whole = Int64(exactly: all)
    else { return nil }
    return "Deducted of input tax: \(Amount(minorUnits: deducted, currency).decimal) of "
      + "\(Amount(minorUnits: whole, currency).decimal) \(currency.code), "
      + Rate(basisPoints: narrow).description
  }
}

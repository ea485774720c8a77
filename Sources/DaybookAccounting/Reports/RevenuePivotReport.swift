public import DaybookEngine
import DaybookEvents
public import DaybookReporting
public import DaybookValues

extension AccountingReports {
  /// What was charged from `from` to D as known at S, net, with a row for each value of one dimension and
  /// a column for each of another: practitioners by month.
  ///
  /// - Parameter form: The only practitioner, service, payer or patient.
  /// - Throws: `.overflow` where a total does not fit.
  /// - Complexity: O(charges, and postings up to D).
  public static func revenue(
    by dimension: RevenueDimension, pivot other: RevenueDimension,
    _ view: Snapshot<AccountingModel>,
    _ query: AccountingQuery, form: RowForm = RowForm()
  ) throws(ValueError) -> Report {
    let scope = Scope(view, query)
    var sums: [Place: MinorSum] = [:]
    var (entries, debits) = (0, CurrencySum())
    RevenueParts(scope, dimension, columns: other, form: form).walk { part in
      if part.isCharge {
        if part.debit != 0 { entries += 1 }
        debits.add(part.debit, part.currency)
      }
      guard part.gross != 0 || part.discount != 0 else { return }
      let place = Place(key: part.key, currency: part.currency, column: part.column)
      sums[place, default: MinorSum()].add(part.gross - part.discount)
    }
    let columns = Set(sums.keys.map(\.column)).sorted()
    var report = scope.report(
      "revenue", "Net revenue by \(dimension.rawValue) and \(other.rawValue)",
      dimension.columns
        + columns.map {
          let name = scope.name(other, $0)
          return Column(name, .amount, title: name, each: other.rawValue)
        }
        + [Column("total", .amount)])
    let rows = Set(sums.keys.map { Row(key: $0.key, currency: $0.currency) })
    for row in rows.sorted() {
      var (cells, total) = (scope.cells(dimension, row.key), MinorSum())
      for column in columns {
        guard let sum = sums[Place(key: row.key, currency: row.currency, column: column)] else {
          cells.append(.empty)
          continue
        }
        cells.append(.amount(Amount(minorUnits: try sum.narrowed(), row.currency)))
        total.total += sum.total
      }
      report.append(
        cells + [.amount(Amount(minorUnits: try total.narrowed(), row.currency))])
    }
    for column in columns { report.total(scope.name(other, column)) }
    report.total("total")
    report.footer = scope.footer(entries: entries, debits: debits)
    return report
  }

  private struct Place: Hashable {
    let key: Int64
    let currency: Currency
    let column: Int64
  }

  private struct Row: Hashable, Comparable {
    let key: Int64
    let currency: Currency

    static func < (left: Row, right: Row) -> Bool {
      (left.key, left.currency) < (right.key, right.currency)
    }
  }
}

extension Scope {
  /// What the column of that key of revenue is called.
  fileprivate func name(_ dimension: RevenueDimension, _ key: Int64) -> String {
    switch cells(dimension, key).first {
    case .identifier(let name), .text(let name): name
    case .month(let month): month.description
    default: "none"
    }
  }
}

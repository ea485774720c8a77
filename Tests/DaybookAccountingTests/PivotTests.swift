import DaybookReporting
import DaybookValues
import Testing

@testable import DaybookAccounting

@Suite struct `A report with a column for each value of a dimension` {
  /// The cell of a row under a column; nil where it is empty.
  private func amount(_ report: Report, _ row: [Cell], _ name: String) -> Int64? {
    guard let index = report.columns.firstIndex(where: { $0.name == name }),
      case .amount(let amount) = row[index]
    else { return nil }
    return amount.minorUnits
  }

  @Test(arguments: [31, 32] as [UInt64])
  func `has the balances of the trial balance, each in its column`(_ seed: UInt64) throws {
    var random = try RandomBooks(seed: seed, chunkRows: 16)
    try random.steps(150)
    for dimension in LedgerDimension.allCases {
      let query = AccountingQuery(on: random.someDay(), knownAt: random.somePosition())
      let pivot = try AccountingReports.trialBalance(
        pivot: dimension, random.books.view, query)
      let grouped = try AccountingReports.trialBalance(
        by: dimension, random.books.view, query)
      // Each row of the one is a cell of the other.
      let cells = pivot.rows.flatMap { row in
        pivot.columns[2...].dropLast().compactMap { amount(pivot, row, $0.name) }
      }
      #expect(cells.count == grouped.rows.count, "seed \(seed), \(dimension)")
      #expect(cells.sorted() == grouped.rows.compactMap { amount(grouped, $0, "balance") }.sorted())
      for row in pivot.rows {
        let parts = pivot.columns[2...].dropLast().compactMap { amount(pivot, row, $0.name) }
        #expect(parts.reduce(0, +) == amount(pivot, row, "total"))
      }
    }
  }

  @Test(arguments: [33, 34] as [UInt64])
  func `has the net revenue of the report by each of its dimensions`(_ seed: UInt64) throws {
    var random = try RandomBooks(seed: seed, chunkRows: 16)
    try random.steps(150)
    let query = AccountingQuery(on: random.someDay(), knownAt: random.somePosition(), clinic: 1)
    for dimension in RevenueDimension.allCases {
      for other in RevenueDimension.allCases where other != dimension {
        let pivot = try AccountingReports.revenue(
          by: dimension, pivot: other, random.books.view, query)
        for (shape, column) in [(dimension, true), (other, false)] {
          let plain = AccountingReports.revenue(by: shape, random.books.view, query)
          let wanted = plain.rows.compactMap { amount(plain, $0, "net") }.filter { $0 != 0 }
          let first = dimension.columns.count
          let found =
            column
            ? pivot.rows.compactMap { amount(pivot, $0, "total") }
            : (first..<pivot.columns.count - 1).compactMap { index in
              amount(pivot, pivot.totals.isEmpty ? [] : pivot.totals, pivot.columns[index].name)
            }
          #expect(found.filter { $0 != 0 } == wanted, "seed \(seed), \(dimension), \(other)")
        }
      }
    }
  }
}

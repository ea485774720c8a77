import DaybookReporting
import DaybookValues

/// A statement as it is put together: accounts under headings, with their sums.
struct StatementDraft {
  /// What stands under one heading.
  struct Block {
    let section: StatementSection
    fileprivate(set) var rows: [Row] = []
    /// What all rows come to; nil where they are of several currencies.
    fileprivate(set) var sum: StatementLine?

    struct Row {
      let code: Cell
      let name: String
      let currency: Int
      let line: StatementLine
    }
  }

  let sheet: StatementSheet
  private var report: Report
  private var debits = CurrencySum()
  private var total: StatementLine?
  private var whole: StatementLine?
  // How many rows there were behind the last line of sums.
  private var lastNote = 0

  init(_ sheet: StatementSheet, _ name: String, _ title: String) {
    self.sheet = sheet
    var title = title
    if let by = sheet.form.by { title += " by \(by.rawValue)" }
    if let pivot = sheet.form.pivot { title += " by \(pivot.rawValue)" }
    report = sheet.scope.report(name, title, sheet.columns)
    if sheet.isStanding, sheet.form.step == nil {
      (report.on, report.from, report.to) = (sheet.scope.day, nil, nil)
    }
    report.headingColumns = sheet.headingColumns
    report.repeatedColumns = sheet.leadingColumns.count
    (total, whole) = sheet.currencies.count == 1 ? (sheet.blank, sheet.blank) : (nil, nil)
  }

  /// The accounts of a section that come to anything, in the order of the chart.
  mutating func accounts(
    _ section: StatementSection, _ group: Int
  ) throws(ValueError) -> Block {
    let chart = sheet.scope.model.chart
    return try accounts(section, group) { chart.accounts[$0].kind == section.kind }
  }

  /// The same of the accounts that `takes` wants.
  mutating func accounts(
    _ section: StatementSection, _ group: Int, _ takes: (Int) -> Bool
  ) throws(ValueError) -> Block {
    let chart = sheet.scope.model.chart
    var block = Block(section: section)
    block.sum = sheet.currencies.count == 1 ? sheet.blank : nil
    for index in chart.listing where takes(index) {
      let account = chart.accounts[index]
      for currency in sheet.currencies.indices {
        let line = sheet.line(group, index, currency, isCredit: section.isCredit)
        debits.add(sheet.debit(group, index, currency), sheet.currencies[currency])
        try add(
          Block.Row(
            code: .identifier(account.code), name: account.name, currency: currency, line: line),
          to: &block)
      }
    }
    return block
  }

  /// Adds a row, unless nothing is in it.
  func add(_ row: Block.Row, to block: inout Block) throws(ValueError) {
    guard row.line.contains(where: { $0 != 0 }) else { return }
    block.rows.append(row)
    if let sum = block.sum { block.sum = try Self.sum(sum, row.line) }
  }

  /// Puts a block into the report, under its heading and with its sum.
  mutating func end(_ block: Block, _ group: Int, whole: StatementLine?) {
    let leading = sheet.cells(ofGroup: group) + [.text(block.section.title)]
    for row in block.rows {
      report.append(
        leading + [row.code, .text(row.name)]
          + sheet.cells(row.line, sheet.currencies[row.currency], whole: whole))
    }
    guard !block.rows.isEmpty else { return }
    report.endSection(
      sheet.heading(block.section.title, group), label: "total " + block.section.title,
      totals: totals(block.sum, whole))
  }

  /// A row that is no part of what the statement comes to.
  mutating func apart(_ title: String, _ name: String, _ line: StatementLine, _ currency: Int) {
    report.append(
      [.text(title), .empty, .text(name)]
        + sheet.cells(apart: line, sheet.currencies[currency]))
  }

  /// Ends a block of such rows.
  mutating func endApart(_ title: String) {
    if report.rows.count > report.sections.last?.end ?? 0 { report.endSection(title) }
  }

  /// A line of sums under what stands above.
  mutating func note(_ label: String, _ line: StatementLine?, _ group: Int, whole: StatementLine?) {
    guard report.rows.count > lastNote else { return }
    lastNote = report.rows.count
    report.endSection("", label: sheet.heading(label, group), totals: totals(line, whole))
  }

  /// What the statement comes to at its end, which several of them add up to.
  mutating func addToTotal(
    _ line: StatementLine?, whole: StatementLine?
  ) throws(ValueError) {
    if let total, let line { self.total = try Self.sum(total, line) }
    if let all = self.whole, let whole { self.whole = try Self.sum(all, whole) }
  }

  /// The statement, with what it comes to.
  mutating func finish(total label: String, notes: [String] = []) -> Report {
    if let total, let currency = sheet.currencies.first, !report.rows.isEmpty {
      let cells = sheet.cells(total, currency, whole: whole)
      for (column, cell) in zip(report.columns.suffix(cells.count), cells) where cell != .empty {
        report.setTotal(column.name, cell)
      }
      report.setTotal("group", .text(label))
    }
    report.notes = notes
    report.footer = sheet.scope.footer(entries: sheet.entries, debits: debits)
    return report
  }

  private func totals(_ line: StatementLine?, _ whole: StatementLine?) -> [Cell] {
    let leading = [Cell](repeating: .empty, count: sheet.leadingColumns.count)
    guard let line, let currency = sheet.currencies.first else {
      return leading + [Cell](repeating: .empty, count: sheet.columns.count - leading.count)
    }
    return leading + sheet.cells(line, currency, whole: whole)
  }

  /// The sum, figure by figure.
  ///
  /// - Throws: `.overflow` where one does not fit.
  static func sum(
    _ one: StatementLine, _ other: StatementLine
  ) throws(ValueError) -> StatementLine {
    var sum = one
    for index in sum.indices {
      sum[index] = try MinorSum(Int128(one[index])).adding(other[index]).narrowed()
    }
    return sum
  }

  /// What the first has more than the second, figure by figure; nil where either is not known.
  ///
  /// - Throws: `.overflow` where one does not fit.
  static func difference(
    _ one: StatementLine?, _ other: StatementLine?
  ) throws(ValueError) -> StatementLine? {
    guard let one, let other else { return nil }
    var difference = one
    for index in one.indices {
      difference[index] = try Rounding.narrowed(Int128(one[index]) - Int128(other[index]))
    }
    return difference
  }
}

import DaybookReporting
import DaybookValues

/// A statement as it is put together: accounts under headings, with their sums.
struct StatementDraft {
  /// What stands under one heading.
  struct Block {
    let section: StatementSection
    fileprivate(set) var rows: [Row] = []
    /// What all rows come to, currency by currency.
    fileprivate(set) var sums: StatementSums = []

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
  private var total: StatementSums
  private var whole: StatementSums
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
    (total, whole) = (sheet.nothing, sheet.nothing)
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
    block.sums = sheet.nothing
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
    block.sums[row.currency] = try Self.sum(block.sums[row.currency], row.line)
  }

  /// Puts a block into the report, under its heading and with its sum, of each currency where there are
  /// several.
  mutating func end(_ block: Block, _ group: Int, whole: StatementSums?) {
    let leading = sheet.cells(ofGroup: group) + [.text(block.section.title)]
    for row in block.rows {
      report.append(
        leading + [row.code, .text(row.name)]
          + sheet.cells(row.line, sheet.currencies[row.currency], whole: whole?[row.currency]))
    }
    guard !block.rows.isEmpty else { return }
    let known = Set(block.rows.map(\.currency))
    var title = sheet.heading(block.section.title, group)
    for currency in sheet.currencies.indices where known.contains(currency) {
      report.endSection(
        title, label: label("total " + block.section.title, currency),
        totals: totals(block.sums, whole, currency))
      title = ""
    }
  }

  /// What sums are called: with their currency where there are several.
  private func label(_ words: String, _ currency: Int) -> String {
    sheet.currencies.count == 1 ? words : "\(words), \(sheet.currencies[currency].code)"
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

  /// A line of sums under what stands above, of each currency that comes to anything.
  mutating func note(_ words: String, _ lines: StatementSums, _ group: Int, whole: StatementSums?) {
    guard report.rows.count > lastNote else { return }
    lastNote = report.rows.count
    for currency in sheet.currencies.indices where isSaid(lines, currency) {
      report.endSection(
        "", label: sheet.heading(label(words, currency), group),
        totals: totals(lines, whole, currency))
    }
  }

  private func isSaid(_ lines: StatementSums, _ currency: Int) -> Bool {
    sheet.currencies.count == 1 || lines[currency].contains { $0 != 0 }
  }

  /// What the statement comes to at its end, which several of them add up to.
  mutating func addToTotal(
    _ lines: StatementSums, whole: StatementSums?
  ) throws(ValueError) {
    total = try Self.sum(total, lines)
    if let whole { self.whole = try Self.sum(self.whole, whole) }
  }

  /// The statement, with what it comes to: of several currencies a line for each, and no total of all.
  mutating func finish(total label: String, notes: [String] = []) -> Report {
    if sheet.currencies.count == 1, !report.rows.isEmpty {
      let cells = sheet.cells(total[0], sheet.currencies[0], whole: whole[0])
      for (column, cell) in zip(report.columns.suffix(cells.count), cells) where cell != .empty {
        report.setTotal(column.name, cell)
      }
      report.setTotal("group", .text(label))
    } else if sheet.form.by == nil {
      for currency in sheet.currencies.indices
      where !report.rows.isEmpty && isSaid(total, currency) {
        report.endSection(
          "", label: self.label(label, currency), totals: totals(total, whole, currency))
      }
    }
    if sheet.currencies.count > 1 { addTotalsByCurrency() }
    report.notes = notes
    report.footer = sheet.scope.footer(entries: sheet.entries, debits: debits)
    return report
  }

  /// What a program reads of the sums of each currency, which people see below the rows.
  private mutating func addTotalsByCurrency() {
    for currency in sheet.currencies.indices where isSaid(total, currency) {
      for (column, cell) in zip(report.columns, totals(total, whole, currency)) {
        if case .amount(let amount) = cell {
          report.setTotal(column.name, inOneOfSeveral: amount)
        }
      }
    }
  }

  private func totals(_ lines: StatementSums, _ whole: StatementSums?, _ currency: Int) -> [Cell] {
    [Cell](repeating: .empty, count: sheet.leadingColumns.count)
      + sheet.cells(lines[currency], sheet.currencies[currency], whole: whole?[currency])
  }

  /// The sum, figure by figure.
  ///
  /// - Throws: `.overflow` where one does not fit.
  static func sum(
    _ one: StatementLine, _ other: StatementLine
  ) throws(ValueError) -> StatementLine {
    try added(one, other, times: 1)
  }

  /// What the first has more than the second, figure by figure.
  ///
  /// - Throws: as `sum`.
  static func difference(
    _ one: StatementLine, _ other: StatementLine
  ) throws(ValueError) -> StatementLine {
    try added(one, other, times: -1)
  }

  /// The sums, currency by currency.
  ///
  /// - Throws: as of lines.
  static func sum(
    _ one: StatementSums, _ other: StatementSums
  ) throws(ValueError) -> StatementSums {
    try added(one, other, times: 1)
  }

  /// The differences, currency by currency.
  ///
  /// - Throws: as of lines.
  static func difference(
    _ one: StatementSums, _ other: StatementSums
  ) throws(ValueError) -> StatementSums {
    try added(one, other, times: -1)
  }

  private static func added(
    _ one: StatementLine, _ other: StatementLine, times sign: Int128
  ) throws(ValueError) -> StatementLine {
    var line = one
    for index in one.indices {
      line[index] = try Rounding.narrowed(Int128(one[index]) + sign * Int128(other[index]))
    }
    return line
  }

  private static func added(
    _ one: StatementSums, _ other: StatementSums, times sign: Int128
  ) throws(ValueError) -> StatementSums {
    var sums = one
    for index in one.indices { sums[index] = try added(one[index], other[index], times: sign) }
    return sums
  }
}

/// The sums of a statement, a line for each of its currencies.
typealias StatementSums = [StatementLine]

extension StatementSheet {
  /// No sums.
  var nothing: StatementSums { currencies.map { _ in blank } }
}

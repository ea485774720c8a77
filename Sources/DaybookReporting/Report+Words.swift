import DaybookValues

/// The sentences around the table, the same in text and HTML.
extension Report {
  /// Which days the report covers: `on 2026-03-31`, `2026-01-01 to 2026-03-31`; nothing when neither.
  var days: String? {
    switch (from, to) {
    case (let from?, let to?): "\(from) to \(to)"
    case (let from?, nil): "from \(from)"
    case (nil, let to?): "to \(to)"
    case (nil, nil): on.map { "on \($0)" }
    }
  }

  /// The line under the title: book, period, days, position, and the currency if there is but one.
  ///
  /// A document has its writer above, and the position at its foot.
  var subtitle: String {
    var parts = letterhead == nil ? [book.printable] : []
    if let periodHeader { parts.append(periodHeader.printable) }
    if let days { parts.append(days) }
    if letterhead == nil { parts.append("known at position \(knownAt)") }
    if currencies.count == 1 { parts.append(currencies[0].code) }
    return parts.filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// The lines at the end: D, S and what stands behind the figures; then the digest on its own.
  var footerLines: [String] {
    var place = "position \(footer.position)"
    if let days { place = days + ", " + place }
    var parts = ["\(footer.entries) \(footer.entries == 1 ? "entry" : "entries")"]
    if let debits = footer.debits {
      parts.append("debits " + Cell.amount(debits).printed(withCurrency: true))
    }
    if let last = footer.ruleVersion {
      parts.append(last > 1 ? "rule versions 1 to \(last)" : "rule version \(last)")
    }
    if footer.skipped > 0 { parts.append("\(footer.skipped) skipped") }
    var lines = [place + ": " + parts.joined(separator: ", ")]
    let digest = footer.digest
    if !digest.isEmpty { lines.append("digest " + digest.printable) }
    return lines
  }

  /// The totals row as printed, labelled in its first column where that holds no figure; of a report
  /// with sections, where its rows have their names.
  func printedTotals(withCurrency: Bool) -> [String] {
    var printed = totals.map { $0.printed(withCurrency: withCurrency) }
    guard !printed.isEmpty else { return printed }
    if headingColumns > 0 {
      printed[labelColumn] = printed.prefix(headingColumns).first { !$0.isEmpty } ?? "total"
    } else if totals.first == .empty, !columns[0].kind.isNumeric {
      printed[0] = "total"
    }
    return printed
  }

  /// The sums of a section as printed, under its label.
  func printedTotals(of section: ReportSection, withCurrency: Bool) -> [String] {
    var printed = section.totals.map { $0.printed(withCurrency: withCurrency) }
    if !printed.isEmpty { printed[labelColumn] = section.label.printable }
    return printed
  }

  /// The last column before the figures.
  private var labelColumn: Int {
    max(headingColumns, (columns.firstIndex { $0.kind.isNumeric } ?? columns.count) - 1)
  }

  /// What stands in the place of a table that has no rows.
  static let emptyText = "Nothing to report."
}

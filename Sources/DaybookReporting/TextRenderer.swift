/// Lays a report out as an aligned table for a terminal.
struct TextRenderer {
  private static let gap = 2
  // Below this a truncated text says nothing any more.
  private static let narrowestText = 8

  private let report: Report
  private let width: Int?
  private let headings: [String]
  private let rows: [[String]]
  private let totals: [String]
  private let widths: [Int]

  init(_ report: Report, width: Int?) {
    let withCurrency = report.currencies.count > 1
    self.report = report
    self.width = width
    headings = report.columns.map(\.title.printable)
    rows = report.rows.map { $0.map { $0.printed(withCurrency: withCurrency) } }
    totals = report.printedTotals(withCurrency: withCurrency)
    var widths = headings.map(\.displayWidth)
    for row in rows + [totals] {
      for (index, text) in row.enumerated() {
        widths[index] = max(widths[index], text.displayWidth)
      }
    }
    if let width { Self.fit(&widths, report.columns, to: width) }
    self.widths = widths
  }

  func render() -> String {
    var lines = wrapped(report.title.printable) + wrapped(report.subtitle)
    lines.append("")
    if rows.isEmpty {
      lines.append(Report.emptyText)
    } else {
      let rule = line(widths.map { String(repeating: "-", count: $0) })
      lines.append(line(headings))
      lines.append(rule)
      for row in rows { lines.append(line(row)) }
      if !totals.isEmpty {
        lines.append(rule)
        lines.append(line(totals))
      }
    }
    lines.append("")
    if !report.notes.isEmpty {
      for note in report.notes { lines += wrapped(note.printable) }
      lines.append("")
    }
    for text in report.footerLines { lines += wrapped(text) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The headings and the rows alone.
  func table() -> [String] { [line(headings)] + rows.map { line($0) } }

  private func line(_ cells: [String]) -> String {
    var line = ""
    // Spaces are owed until something follows them, so that no line ends in any.
    var owed = 0
    for (index, cell) in cells.enumerated() {
      let isNumeric = report.columns[index].kind.isNumeric
      let text = isNumeric ? cell : cell.truncated(to: widths[index])
      let padding = max(0, widths[index] - text.displayWidth)
      if isNumeric { owed += padding }
      if !text.isEmpty {
        line.append(String(repeating: " ", count: owed))
        line.append(text)
        owed = 0
      }
      if !isNumeric { owed += padding }
      owed += Self.gap
    }
    return line
  }

  /// Narrows the widest text columns, one column at a time, until the table fits or no text can give.
  /// Figures, days and identifiers are never cut: a table that still does not fit runs over.
  private static func fit(_ widths: inout [Int], _ columns: [Column], to width: Int) {
    var excess = widths.reduce(0, +) + gap * max(0, widths.count - 1) - width
    while excess > 0 {
      let texts = columns.indices.filter {
        columns[$0].kind == .text && widths[$0] > narrowestText
      }
      guard let widest = texts.max(by: { widths[$0] < widths[$1] }) else { return }
      let others = texts.filter { $0 != widest }.map { widths[$0] }
      let next = others.max() ?? narrowestText
      // Down to the next widest at once, and by one column where several are equally wide.
      let cut = min(excess, max(1, widths[widest] - max(next, narrowestText)))
      widths[widest] -= cut
      excess -= cut
    }
  }

  /// The text in lines of at most `width`, broken between words; a longer word stands alone, whole.
  private func wrapped(_ text: String) -> [String] {
    guard let width, text.displayWidth > width else { return [text] }
    var lines: [String] = []
    for word in text.split(separator: " ").map(String.init) {
      if let last = lines.last, last.displayWidth + 1 + word.displayWidth <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(word)
      }
    }
    return lines
  }
}

import DaybookValues

/// Writes the report as one page: no scripts, nothing fetched, headings repeated on each printed sheet; a
/// document with its letterhead above.
func renderHTML(_ report: Report) -> String {
  var page = HTMLPage()
  let title = report.title.printable
  page.line("<!DOCTYPE html>")
  page.line("<html lang=\"en\">")
  page.line("<head>")
  page.line("<meta charset=\"utf-8\">")
  page.line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
  page.element(
    "title", [title, report.book.printable].filter { !$0.isEmpty }.joined(separator: ", "))
  page.line("<style>\n" + style + "\n</style>")
  page.line("</head>")
  page.line("<body>")
  if let letterhead = report.letterhead { page.blocks(letterhead) }
  page.element("h1", title)
  if !report.subtitle.isEmpty { page.element("p", report.subtitle) }
  if let letterhead = report.letterhead { page.facts(letterhead) }
  if report.rows.isEmpty {
    page.element("p", Report.emptyText)
  } else {
    page.table(report)
  }
  for note in report.notes { page.element("p", note.printable) }
  page.line("<footer>")
  for line in report.footerLines { page.element("p", line) }
  page.line("</footer>")
  page.line("</body>")
  page.line("</html>")
  return page.text
}

private let style = """
  body { font: 14px/1.4 system-ui, sans-serif; color: #222; margin: 2rem; }
  h1 { font-size: 1.3rem; margin: 0; }
  p { margin: 0.3rem 0; }
  table { border-collapse: collapse; margin: 1rem 0; }
  th, td { padding: 0.15rem 0.6rem; text-align: left; vertical-align: top; }
  thead th { border-bottom: 1px solid #222; }
  tbody tr:nth-child(even) { background: #f5f5f5; }
  tfoot { display: table-row-group; font-weight: bold; }
  tfoot td { border-top: 1px solid #222; }
  .section { padding-top: 0.8rem; }
  .sum { font-weight: bold; }
  .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
  header { display: flex; justify-content: space-between; gap: 2rem; margin-bottom: 2rem; }
  header p { margin: 0; }
  header p:first-child { font-weight: bold; }
  dl { display: grid; grid-template-columns: max-content auto; gap: 0.1rem 1.5rem; }
  dt { color: #666; }
  dd { margin: 0; }
  footer { color: #666; font-size: 0.85rem; overflow-wrap: anywhere; }
  @media print { body { margin: 0; font-size: 9pt; } tr { break-inside: avoid; } }
  @page { margin: 15mm; }
  """

private struct HTMLPage {
  var text = ""

  mutating func line(_ markup: String) {
    text.append(markup)
    text.append("\n")
  }

  mutating func element(_ tag: String, _ content: String) {
    line("<\(tag)>\(escaped(content))</\(tag)>")
  }

  /// Who writes the document, and to whom, side by side.
  mutating func blocks(_ letterhead: Letterhead) {
    line("<header>")
    for block in [letterhead.issuer, letterhead.recipient] where !block.isEmpty {
      line("<div>")
      for text in block { element("p", text.printable) }
      line("</div>")
    }
    line("</header>")
  }

  mutating func facts(_ letterhead: Letterhead) {
    guard !letterhead.facts.isEmpty else { return }
    line("<dl>")
    for fact in letterhead.facts {
      line("<dt>\(escaped(fact.name.printable))</dt><dd>\(escaped(fact.text.printable))</dd>")
    }
    line("</dl>")
  }

  mutating func table(_ report: Report) {
    let withCurrency = report.currencies.count > 1
    let hidden = report.headingColumns
    let numeric = report.columns.dropFirst(hidden).map(\.kind.isNumeric)
    line("<table>")
    line("<thead>")
    row("th", report.columns.dropFirst(hidden).map(\.title.printable), numeric)
    line("</thead>")
    var start = 0
    for section in report.sections {
      line("<tbody>")
      if !section.title.isEmpty {
        line(
          "<tr><th class=\"section\" colspan=\"\(numeric.count)\">"
            + escaped(section.title.printable) + "</th></tr>")
      }
      body(report.rows[start..<section.end], hidden, withCurrency, numeric)
      start = section.end
      if !section.totals.isEmpty {
        let sums = report.printedTotals(of: section, withCurrency: withCurrency)
        row("td", sums.dropFirst(hidden), numeric, "sum")
      }
      line("</tbody>")
    }
    if start < report.rows.count {
      line("<tbody>")
      body(report.rows[start...], hidden, withCurrency, numeric)
      line("</tbody>")
    }
    if !report.totals.isEmpty {
      line("<tfoot>")
      let totals = report.printedTotals(withCurrency: withCurrency)
      row("td", totals.dropFirst(hidden), numeric)
      line("</tfoot>")
    }
    line("</table>")
  }

  private mutating func body(
    _ rows: ArraySlice<[Cell]>, _ hidden: Int, _ withCurrency: Bool, _ numeric: [Bool]
  ) {
    for cells in rows {
      row(
        "td", cells.dropFirst(hidden).map { $0.printed(withCurrency: withCurrency) }, numeric)
    }
  }

  private mutating func row(
    _ tag: String, _ cells: some Sequence<String>, _ numeric: [Bool], _ kind: String? = nil
  ) {
    text.append(kind.map { "<tr class=\"\($0)\">" } ?? "<tr>")
    for (cell, isNumeric) in zip(cells, numeric) {
      text.append(isNumeric ? "<\(tag) class=\"n\">" : "<\(tag)>")
      text.append(escaped(cell))
      text.append("</\(tag)>")
    }
    line("</tr>")
  }

  private func escaped(_ content: String) -> String {
    var escaped = ""
    for scalar in content.unicodeScalars {
      switch scalar {
      case "&": escaped.append("&amp;")
      case "<": escaped.append("&lt;")
      case ">": escaped.append("&gt;")
      case "\"": escaped.append("&quot;")
      case "'": escaped.append("&#39;")
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

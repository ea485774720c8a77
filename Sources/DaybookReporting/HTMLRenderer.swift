import DaybookValues

/// Writes the report as one page: no scripts, nothing fetched, headings repeated on each printed sheet.
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
  page.element("h1", title)
  page.element("p", report.subtitle)
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

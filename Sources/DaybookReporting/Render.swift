import DaybookValues

/// The forms in which a report can be written; the raw value is what `--format` takes.
public enum ReportFormat: String, CaseIterable, Hashable, Sendable {
  /// An aligned table for a person at a terminal.
  case text
  /// RFC 4180: a header with the column names, then rows; no totals, no decoration.
  case csv
  /// One object, every field of the report in a stable order.
  case json
  /// One self-contained page that prints well; no scripts, nothing fetched.
  case html
}

/// Writes `report` in `format`, ending in a line end.
///
/// Pure: it depends on nothing but its arguments.
///
/// - Parameter width: Columns of the terminal that text is fitted to; without it nothing is truncated
///   or wrapped. Other formats take no notice of it.
/// - Complexity: O(cells).
public func render(_ report: Report, as format: ReportFormat, width: Int? = nil) -> String {
  switch format {
  case .text: TextRenderer(report, width: width).render()
  case .csv: renderCSV(report)
  case .json: renderJSON(report)
  case .html: renderHTML(report)
  }
}

/// The headings and rows of `report` as aligned lines of text, to stand inside another text.
///
/// - Parameter width: Columns that the lines are fitted to; without it nothing is truncated.
public func renderTable(_ report: Report, width: Int? = nil) -> [String] {
  TextRenderer(report, width: width).table()
}

/// A header with the column names, then the rows; each with its currency where there are several.
func renderCSV(_ report: Report) -> String {
  var csv = CSVText()
  let currency = report.currencyColumn
  for column in report.columns { csv.field(column.name) }
  if let currency { csv.field(currency.name) }
  csv.endRow()
  for row in report.rows {
    for cell in row { csv.field(cell.plain) }
    if currency != nil { csv.field(report.currency(of: row).plain) }
    csv.endRow()
  }
  return csv.text
}

/// The object that programs depend on, its keys in the order of their contract, one row a line.
func renderJSON(_ report: Report) -> String {
  var json = JSONText()
  let currency = report.currencyColumn
  let columns = report.columns + (currency.map { [$0] } ?? [])
  json.object { json in
    json.member("report", report.name)
    json.member("book", report.book)
    json.member("on", report.on?.description)
    json.member("from", report.from?.description)
    json.member("to", report.to?.description)
    json.member("knownAt", report.knownAt.number)
    json.lineBreak()
    json.array("columns") { json in
      for column in columns {
        json.object {
          $0.member("name", column.name)
          $0.member("kind", column.kind.rawValue)
        }
      }
    }
    json.lineBreak()
    json.array("rows") { json in
      for row in report.rows {
        json.lineBreak()
        let cells = currency == nil ? row : row + [report.currency(of: row)]
        json.object { writeMembers(columns, cells, to: &$0) }
      }
    }
    json.lineBreak()
    json.object("totals") { json in
      for (column, cell) in zip(report.columns, report.totals) where cell != .empty {
        json.key(column.name)
        cell.write(to: &json)
      }
    }
    if !report.currencyTotals.isEmpty {
      json.lineBreak()
      json.object("totalsByCurrency") { json in
        for totals in report.currencyTotals {
          json.object(totals.currency.code) { json in
            for figure in totals.figures { json.member(figure.column, figure.amount.decimal) }
          }
        }
      }
    }
    json.lineBreak()
    json.object("footer") { write(report.footer, to: &$0) }
  }
  json.endLine()
  return json.text
}

private func writeMembers(_ columns: [Column], _ row: [Cell], to json: inout JSONText) {
  for (column, cell) in zip(columns, row) {
    json.key(column.name)
    cell.write(to: &json)
  }
}

private func write(_ footer: Footer, to json: inout JSONText) {
  json.member("position", footer.position.number)
  json.member("entries", footer.entries)
  json.member("debits", footer.debits?.decimal)
  json.member("ruleVersion", footer.ruleVersion)
  json.member("skipped", footer.skipped)
  let digest = footer.digest
  json.member("digest", digest.isEmpty ? nil : digest)
}

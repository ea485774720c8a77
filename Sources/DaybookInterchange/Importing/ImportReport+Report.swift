import DaybookClinicEvents
import DaybookEvents
public import DaybookReporting
public import DaybookValues

extension ImportReport {
  /// The report as one table, for any of its forms.
  ///
  /// `kind` tells what a row is: `read` (one a file, and one of all), `appended` and `alreadyThere`
  /// (each with `events`, `actions` or `rows` as `code`), `withoutEvent`, `figure` (what the importer
  /// counts of its own), `finding` (one a kind, with its first example),
  /// `refused` (one a row, in the end one that counts those not listed).
  ///
  /// - Parameters:
  ///   - book: The book's name, for the heading.
  ///   - position: The position of the last event that is synced.
  public func report(book: String, knownAt position: Position) -> Report {
    var report = Report(
      name: "import", title: "Import \(kind.name)", book: book, knownAt: position,
      columns: [
        Column("kind", .text), Column("code", .text), Column("count", .count),
        Column("file", .text), Column("row", .count), Column("column", .text),
        Column("text", .text),
      ], footer: Footer(position: position, entries: eventsAppended))
    for file in files { report.append("read", "rows", file.rowsRead, file: file.name) }
    report.append("read", "rows", rowsRead)
    report.append("appended", "events", eventsAppended)
    report.append("appended", "actions", actionsAppended)
    report.append("appended", "rows", rowsAppended)
    report.append("alreadyThere", "actions", actionsAlreadyThere)
    report.append("alreadyThere", "rows", rowsAlreadyThere)
    report.append("withoutEvent", "rows", rowsWithoutEvent)
    for figure in figures { report.append("figure", figure.name, figure.count) }
    for finding in findings {
      let example = finding.examples.first
      report.append(
        "finding", "\(finding.code.rawValue) \(finding.field)", finding.count,
        at: example?.place, text: example?.message)
    }
    report.append("refused", "rows", rowsRefused)
    for row in refused {
      report.append("refused", row.code, 1, at: row.place, text: row.reason)
    }
    if rowsRefused > refused.count {
      report.append("refused", "notListed", rowsRefused - refused.count)
    }
    if isStopped { report.notes.append("Stopped at the first refused row.") }
    return report
  }
}

extension Report {
  fileprivate mutating func append(
    _ kind: String, _ code: String, _ count: Int, file: String? = nil, at place: RowPlace? = nil,
    text: String? = nil
  ) {
    append([
      .text(kind), .text(code), .count(Int64(count)), .text(file ?? place?.file),
      place.map { .count(Int64($0.row)) } ?? .empty, .text(place?.column), .text(text),
    ])
  }
}

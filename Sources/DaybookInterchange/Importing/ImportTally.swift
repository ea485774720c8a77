import DaybookEvents

/// A strict import met a refused row.
struct ImportStopped: Error {}

/// Counts what an import does, while it does it.
final class ImportTally {
  private struct FindingKey: Hashable {
    var code: RefusalCode
    var field: String
  }

  private static let examplesMax = 3

  private(set) var report: ImportReport
  private let isStrict: Bool
  private let progress: (ImportProgress) -> Void
  private let bytesTotal: UInt64
  private var bytesDone: UInt64 = 0
  private var places: [FindingKey: Int] = [:]
  private var findings: [ImportFinding] = []

  /// - Parameter bytes: What is gone through, a file as often as it is.
  init(
    _ kind: ImportReport, bytes: UInt64, strict: Bool,
    progress: @escaping (ImportProgress) -> Void
  ) {
    report = kind
    isStrict = strict
    self.progress = progress
    bytesTotal = bytes
  }

  // MARK: - Counting

  func read(_ file: String, rows: Int) {
    report.files.append(ImportReport.FileRows(name: file, rowsRead: rows))
  }

  /// Notes how far the import is; never goes back.
  func advance(_ stage: String, to bytes: UInt64) {
    bytesDone = min(max(bytesDone, bytes), bytesTotal)
    progress(ImportProgress(stage: stage, bytesRead: bytesDone, bytesTotal: bytesTotal))
  }

  func appended(events: Int, rows: Int) {
    report.actionsAppended += 1
    report.eventsAppended += events
    report.rowsAppended += rows
  }

  func foundThere(rows: Int) {
    report.actionsAlreadyThere += 1
    report.rowsAlreadyThere += rows
  }

  func foundThere(rowsOfRefusedAction rows: Int) { report.rowsAlreadyThere += rows }

  func figure(_ name: String, _ count: Int) {
    report.figures.append(ImportReport.Figure(name: name, count: count))
  }

  // MARK: - Findings

  func found(_ finding: Finding, at place: RowPlace) {
    found(finding.code, finding.field, finding.message, at: place)
  }

  func found(_ code: RefusalCode, _ field: String, _ message: String, at place: RowPlace) {
    let key = FindingKey(code: code, field: field)
    let index = places[key] ?? findings.count
    if index == findings.count {
      places[key] = index
      findings.append(ImportFinding(code: code, field: field, count: 0, examples: []))
    }
    findings[index].count += 1
    if findings[index].examples.count < Self.examplesMax {
      findings[index].examples.append(ImportFinding.Example(place: place, message: message))
    }
  }

  // MARK: - Refusals

  /// Lists a refused row.
  ///
  /// - Throws: `ImportStopped` in a strict import.
  func refuse(_ place: RowPlace, _ code: String, _ reason: String) throws(ImportStopped) {
    report.rowsRefused += 1
    if report.refused.count < ImportReport.refusedListMax {
      report.refused.append(RefusedRow(place: place, code: code, reason: reason))
    }
    if isStrict { throw ImportStopped() }
  }

  /// Lists a row that names something that is not there.
  func refuse(_ place: RowPlace, unknown reason: String) throws(ImportStopped) {
    try refuse(place, RefusalCode.unknownReference.rawValue, reason)
  }

  /// Lists a row that could not be read.
  func refuse(_ error: CSVError) throws(ImportStopped) {
    try refuse(
      RowPlace(error.file, row: error.row, column: error.column), error.code, error.reason)
  }

  /// The report as it stands, findings in order.
  func finished(stopped: Bool) -> ImportReport {
    report.isStopped = stopped
    report.findings = findings.sorted {
      ($0.code.rawValue, $0.field) < ($1.code.rawValue, $1.field)
    }
    return report
  }
}

extension CSVError {
  /// The code under which a report lists the row.
  var code: String {
    switch kind {
    case .ragged: "ragged"
    case .invalidUTF8, .nulByte: "invalidText"
    default: "badValue"
    }
  }
}

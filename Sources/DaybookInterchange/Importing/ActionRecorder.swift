import DaybookClinicEvents
import DaybookEngine
import DaybookEvents
import DaybookValues

/// Submits an importer's actions, each under its row's reference, and counts what comes of them.
///
/// Nothing waits for the disk but every few thousand actions.
final class ActionRecorder<Submitter: ActionSubmitter> {
  /// The row that an action stands for.
  struct Source {
    /// The reference, unique at the clinic.
    var reference: String
    /// The row that names the action.
    var place: RowPlace
    /// How many rows the action tells of.
    var rows = 1
  }

  /// What other content under the same reference is, beside a reason to keep what stands.
  enum OtherContent {
    /// A refused row.
    case refused
    /// A refused row of another action, which will tell.
    case toldElsewhere
    /// A finding: no figure hangs on it.
    case found
  }

  private static var batch: Int { 4_096 }

  let tally: ImportTally
  private let submitter: Submitter
  private let importer: Importer
  private var unsettled = 0

  init(_ submitter: Submitter, as importer: Importer, _ tally: ImportTally) {
    self.submitter = submitter
    self.importer = importer
    self.tally = tally
  }

  /// Submits one action.
  ///
  /// - Parameters:
  ///   - place: Where a field of the command came from, for findings and refusals; nil for the row
  ///     that names the action.
  ///   - other: What it is where something else stands under the reference.
  /// - Returns: What the action made, or what stands under its reference with other content; nil
  ///   where it was refused.
  /// - Throws: `LogError` once the log can no longer be written; `ImportStopped`.
  func submit<C: Command>(
    _ command: C, _ source: Source, clinic: ClinicID? = nil, effective: Instant,
    other: OtherContent = .refused, place: (String) -> RowPlace? = { _ in nil }
  ) async throws -> ActionReceipt? {
    var envelope = Envelope()
    envelope.clinic = clinic?.number ?? 0
    envelope.actor = importer.actor
    envelope.role = .import
    envelope.effective = Moment(effective, .utc)
    envelope.reference = source.reference
    let submission = try await submitter.submit(command, envelope)
    unsettled += 1
    if unsettled == Self.batch { try await settle() }
    switch submission.result {
    case .success(let receipt):
      for finding in receipt.findings {
        tally.found(
          finding.code, Self.plain(finding.field), finding.message,
          at: place(finding.field) ?? source.place)
      }
      if receipt.isRepeat {
        tally.foundThere(rows: source.rows)
      } else if !receipt.events.isEmpty {
        tally.appended(events: receipt.events.count, rows: source.rows)
      }
      return receipt
    case .failure(let refusal):
      if let standing = submission.standing, other != .refused {
        if other == .found {
          tally.found(
            .duplicateSource, "reference",
            "\(source.reference) stands in the book with another name or type, which is kept",
            at: source.place)
        }
        return standing
      }
      try refuse(refusal, source, place)
      guard let standing = submission.standing else { return nil }
      // The other rows of the action are as they were, as far as its own can tell.
      tally.foundThere(rowsOfRefusedAction: source.rows - 1)
      return standing
    }
  }

  /// Waits for the disk.
  func settle() async throws {
    unsettled = 0
    try await submitter.settle()
  }

  /// Lists the row that names the action; the reason names the row at fault where that is another.
  private func refuse(
    _ refusal: Refusal, _ source: Source, _ place: (String) -> RowPlace?
  ) throws(ImportStopped) {
    let reasons = refusal.violations.map { violation in
      let cited = place(violation.field).map { "\($0): " } ?? ""
      return "\(cited)\(violation.reason.message)"
    }
    let code = refusal.violations.first?.code.rawValue ?? RefusalCode.invalidState.rawValue
    try tally.refuse(source.place, code, reasons.joined(separator: "; "))
  }

  /// The field without the number of its line: `lines[3].at` is `lines.at`.
  private static func plain(_ field: String) -> String {
    guard let open = field.firstIndex(of: "["), let close = field.firstIndex(of: "]") else {
      return field
    }
    return String(field[..<open] + field[field.index(after: close)...])
  }
}

extension Importer {
  /// The reference of a row that has no identifier: its file and its key columns, hashed where they
  /// are longer than a reference may be.
  static func reference(_ parts: String...) -> String {
    let text = parts.joined(separator: "/")
    guard text.utf8.count > ActionSource.referenceBytesMax else { return text }
    return "\(parts[0])/\(hash(of: text))"
  }
}

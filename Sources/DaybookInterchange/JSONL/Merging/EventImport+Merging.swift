import DaybookBytes
import DaybookClinicEvents
import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld

/// A book and a file that do not go on as one.
struct Apart: Error {
  /// Where, and what to do about it.
  var fault: LineFault
  /// Whether nothing but definitions stands before: two books may be set up alike, but what happened in
  /// both happened once.
  var isMergeable: Bool

  /// The book holds another event than the line tells of.
  init(line: Int, _ header: RecordHeader, _ name: String, isMergeable: Bool) {
    self.isMergeable = isMergeable
    fault = LineFault(
      line: line, code: "versionConflict",
      reason: "the book holds something else at position \(header.position): \(name); only a book "
        + "that begins as the file does is appended to: name a new directory with --book"
        + (isMergeable
          ? ", or merge the two with --merge"
          : "; the two were one book once and went on apart, so they are not merged either"))
  }

  /// Whether the event may stand in two books that were never one.
  static func mayBeginAlike(_ header: RecordHeader) -> Bool {
    switch header.family {
    case .administration: true
    case .humanResources:
      [StaffHired.tag, CredentialRecorded.tag, CommissionRuleSet.tag].map(\.rawValue)
        .contains(header.tag)
    case .logistics: header.tag == ItemDefined.tag.rawValue
    default: false
    }
  }
}

extension EventImport {
  /// What an export is by itself.
  private struct Survey {
    var name = ""
    var references: Set<CommandDigest> = []
    var definitions = BookDefinitions()
    var balances = TrialBalances()
    var digests: [SHA256Hash] = []
  }

  /// Proves the export by itself, and then the book that it makes together with what the book holds.
  ///
  /// - Parameter lines: Set to those that are being read.
  func proveMerge(
    for book: String, _ tally: ImportTally, _ proof: inout Proof, _ lines: inout ActionLines
  ) throws {
    lines = try ActionLines(path: path, in: world.files, catalogue)
    let survey = try survey(lines, tally)
    proof.digests = survey.digests
    let merge = BookMerge(
      catalogue, export: survey.name, wanted: survey.references, survey.definitions)
    var log = try LogReader(book, in: world)
    try merge.take(book: &log)
    if let conflict = merge.conflicts.first {
      let more = merge.conflicts.count - 1
      throw LineFault(
        line: 0, code: RefusalCode.duplicateSource.rawValue,
        reason: conflict + (more > 0 ? "; \(more) more such differences" : ""))
    }
    lines = try ActionLines(
      path: path, in: world.files, catalogue, expecting: survey.digests)
    var left = 0
    while let exported = try lines.next() {
      let (fate, appended) = try merge.take(exported)
      let events = exported.action.headers.count
      if fate == .there { tally.foundThere(rows: events) } else { left += events - appended }
      if lines.actionsRead % 256 == 0 { tally.advance("merging \(name)", to: lines.bytesRead) }
    }
    try checkBooks(merge, survey.balances)
    tally.figure("definitions that both books have", left)
    proof.plan = merge.plan
  }

  private func survey(_ lines: ActionLines, _ tally: ImportTally) throws -> Survey {
    var survey = Survey()
    let trial = ActionTrial(catalogue)
    while let exported = try lines.next() {
      try Self.take(exported, trial)
      let action = exported.action
      if survey.name.isEmpty { survey.name = MergePlan.name(ofFirst: action) }
      let source = action.source ?? MergePlan.source(of: action, survey.name)
      survey.references.insert(StandingActions.key(source.reference))
      try action.forEachEvent { try survey.definitions.note($0) }
      if lines.actionsRead % 256 == 0 { tally.advance("proving \(name)", to: lines.bytesRead) }
    }
    if BookChecks.failure(trial.models) != nil { throw try firstFailure(of: lines.actionsRead) }
    survey.balances = TrialBalances(trial.models)
    survey.digests = lines.digests
    return survey
  }

  /// The merged book passes `verify`, and every account comes to what it did in either.
  private func checkBooks(_ merge: BookMerge, _ export: TrialBalances) throws(LineFault) {
    if let (area, check) = BookChecks.failure(merge.trial.models) {
      throw LineFault(
        line: 0, code: "unbalanced",
        reason: "the \(area) of the merged book would not pass `verify`: \(check.name): "
          + "\(check.detail)")
    }
    let merged = TrialBalances(merge.trial.models)
    let changed =
      merge.balances.clinics.first {
        !merge.goesOn($0) && !merged.isSame($0, as: $0, in: merge.balances)
      }
      ?? export.clinics.first { clinic in
        guard let number = merge.plan.number(.clinic, clinic), merge.isExports(number) else {
          return false
        }
        return !merged.isSame(number, as: clinic, in: export)
      }
    if let changed {
      throw LineFault(
        line: 0, code: "unbalanced",
        reason:
          "in the merged book the accounts of \(ClinicID(changed)) would not come to what they "
          + "come to now; keep the two books apart")
    }
  }
}

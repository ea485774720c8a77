import DaybookBytes
import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
import DaybookLog
public import DaybookValues
public import DaybookWorld

/// Imports our own export (`export jsonl`): a book is moved, replayed into a new one, brought up to date
/// with the one that it was made from, or merged into another.
///
/// ```swift
/// let importer = EventImport(path: "events.jsonl", catalogue: .clinic, world: .live)
/// let proof = try importer.prove(for: "clinic.daybook")
/// if proof.report.isComplete { try await importer.append(proof, into: office) }
/// ```
///
/// ## What a line becomes
///
/// The event that it tells of: the same bytes in the same stream at the same position, with the same
/// actor, role, effective time, correlation, cause, reference and digest, in the same action. Only the
/// recorded time is new. For the members of a line see `EventLines`; all of them are needed.
///
/// Nothing is decided again: the commands are not in an export, and a decision of today would not be
/// the decision of then. The events are facts, and are proved instead.
///
/// ## What is proved before the first of them is appended
///
/// | of | that |
/// |---|---|
/// | a line | printing the event that it was read as gives this line again, byte for byte, and its checksum is that of the stored event |
/// | an action | it is whole; positions, streams, versions, numbers and causes go on from those before; its reference was not used |
/// | an event | the Desk's decision state and every read model take it in; it is dated on no day that was closed before |
/// | the book | every check of `verify` on books, staff, stock and visits holds with all of it |
///
/// An export that fails is refused as a whole, with line and reason, and nothing is appended: each
/// event rests on those before it. Where a check of the whole book fails, the line is the one behind
/// which it first does.
///
/// ## Order and references
///
/// The order is the file's, and an event keeps its position. So what the book holds already is known
/// without references: its first events are the file's first, or the import is refused. A second import
/// appends nothing, an interrupted one goes on, and the export of a book that has grown appends what is
/// new. A book that has gone on by itself since is not appended to.
///
/// ## Two books become one
///
/// Where the book holds other events, and only when told to merge, everything that the export names is
/// given the next free number of its kind, in every header and payload, and its events follow the
/// book's in their order: with their actor, role and effective time, in their actions. Clinics stay
/// clinics of their own, and so keep the numbers of their documents, and their references.
///
/// | the same in both | is |
/// |---|---|
/// | an action with the same reference, at the same clinic or at none, and the same content | the book's: it is not appended, and what it names has the book's numbers |
/// | an account or a tax code of the same code, a party of the same kind and tax number | the book's, if all that is said of it is the same, from whatever day; else the export is refused |
/// | a posting rule | the book's: both have the same rules, from whatever day, or the export is refused |
/// | anything else | another thing: two patients, two suppliers, two items |
///
/// An action without a reference is given one, `merge:EXPORT/POSITION`: so every event tells where it
/// came from, a second merge appends nothing, an interrupted one goes on, and the export of a book that
/// has grown appends what is new, whatever this one did in between at its own clinics. Digests that
/// closings and payroll runs state are made anew, since they cover numbers; their figures must be as
/// they were.
///
/// What is proved besides: the export by itself, as above; the book with everything that is appended;
/// and that no account of any clinic of either comes to anything else. Refused are, with the line: a
/// clinic that both books went on with, a device of the same serial number, an invoice that both have
/// of one supplier, books that began as one and went on apart, and events of others' families.
///
/// ## Assumptions
///
/// The file does not change between proof and import: blocks that are not the ones proved are refused.
/// An export that was cut off between two actions is a smaller book, and cannot be told from one.
///
/// - Complexity: O(bytes) twice; where a check of the book fails, as often again as the number of
///   actions has binary digits. In memory stand the read models, as in `verify`, 32 bytes for each
///   reference and each MiB of the file, and one block of 1 MiB.
public struct EventImport: Sendable {
  /// The file.
  public let path: String
  let catalogue: Catalogue
  let world: World
  private let merges: Bool

  /// An import that has not begun.
  ///
  /// - Parameters:
  ///   - path: The file of lines.
  ///   - merging: Whether a book that holds other events is merged with the export's; else it is
  ///     refused.
  ///   - catalogue: What the book is about.
  ///   - world: Files.
  public init(path: String, merging: Bool = false, catalogue: Catalogue, world: World) {
    self.path = path
    merges = merging
    self.catalogue = catalogue
    self.world = world
  }

  /// What an export was found to be.
  public struct Proof: Sendable {
    /// What was read and is there already, and what was refused.
    public internal(set) var report: ImportReport
    /// The last event of the file that the book holds already.
    public internal(set) var there = Position.start
    /// The last event of the file.
    public internal(set) var last = Position.start
    var digests: [SHA256Hash] = []
    var size: UInt64 = 0
    /// How the export is merged with what the book holds; nil where it is moved as it is.
    var plan: MergePlan?

    /// Whether there is something to append.
    public var hasMore: Bool {
      guard let plan else { return report.isComplete && last > there }
      return report.isComplete && plan.fates.contains(.appended)
    }
  }

  var name: String { String(path.split(separator: "/").last ?? "") }

  /// Proves the export, and appends nothing.
  ///
  /// - Parameters:
  ///   - book: The directory of the book that it is for, which need not exist.
  ///   - progress: Told now and then how far it is.
  /// - Returns: The proof; where its report is not complete, the export is refused.
  /// - Throws: `FileError` where the file cannot be read; `LogError` where the book cannot.
  public func prove(
    for book: String, progress: @escaping (ImportProgress) -> Void = { _ in }
  ) throws -> Proof {
    var proof = Proof(report: ImportReport(.jsonl))
    var tally = ImportTally(proof.report, bytes: 0, strict: false, progress: progress)
    do {
      let lines = try ActionLines(path: path, in: world.files, catalogue)
      proof.size = lines.size
      tally = ImportTally(
        proof.report, bytes: lines.size * 2, strict: false, progress: progress)
      var read = lines
      defer { tally.read(name, rows: read.linesRead) }
      do {
        try prove(lines, for: book, tally, &proof)
      } catch let apart as Apart {
        guard merges, apart.isMergeable else { throw apart.fault }
        try proveMerge(for: book, tally, &proof, &read)
      }
    } catch let fault as LineFault {
      try tally.refuse(RowPlace(name, row: fault.line), fault.code, fault.reason)
    }
    proof.report = tally.finished(stopped: tally.report.rowsRefused > 0)
    return proof
  }

  /// Appends what a proof found to be new.
  ///
  /// - Parameters:
  ///   - submitter: The book that the proof is for; what is appended is synced when this returns.
  ///   - progress: Told now and then how far the import has come.
  /// - Returns: What was read, appended and there already; not complete where the file was changed, or
  ///   the book has gone on, since the proof. What is appended then is whole, and proved.
  /// - Throws: `FileError` where the file cannot be read; `LogError` where the book can no longer be
  ///   written: what was appended before is whole, and the same import goes on.
  public func append(
    _ proof: Proof, into submitter: some DecidedActionSubmitter,
    progress: @escaping (ImportProgress) -> Void = { _ in }
  ) async throws -> ImportReport {
    guard proof.hasMore else { return proof.report }
    let tally = ImportTally(
      proof.report, bytes: proof.size * 2, strict: false, progress: progress)
    do {
      try await append(proof, into: submitter, tally)
    } catch let fault as LineFault {
      try tally.refuse(RowPlace(name, row: fault.line), fault.code, fault.reason)
    }
    try await submitter.settle()
    return tally.finished(stopped: tally.report.rowsRefused > 0)
  }

  private func append(
    _ proof: Proof, into submitter: some DecidedActionSubmitter, _ tally: ImportTally
  ) async throws {
    let lines = try ActionLines(
      path: path, in: world.files, catalogue, expecting: proof.digests)
    let renumberer = EventRenumberer(catalogue)
    while let exported = try lines.next() {
      var action = exported.action
      if let plan = proof.plan {
        guard plan.fates[lines.actionsRead - 1] == .appended else { continue }
        action = try plan.translated(action, lines.actionsRead - 1, renumberer)
      } else if exported.last <= proof.there {
        continue
      }
      let submission = try await submitter.append(decided: action)
      switch submission.result {
      case .success(let receipt):
        tally.appended(events: receipt.events.count, rows: receipt.events.count)
      case .failure(let refusal): throw LineFault(refusal, exported)
      }
      guard lines.actionsRead % Self.batch == 0 else { continue }
      try await submitter.settle()
      tally.advance("appending \(name)", to: proof.size + lines.bytesRead)
    }
  }

  private static let batch = 4_096

  // MARK: - Proving

  private func prove(
    _ lines: ActionLines, for book: String, _ tally: ImportTally, _ proof: inout Proof
  ) throws {
    let trial = ActionTrial(catalogue)
    try pass(lines, of: book, trial, tally, &proof)
    while let exported = try lines.next() {
      try Self.take(exported, trial)
      if lines.actionsRead % 256 == 0 { tally.advance("proving \(name)", to: lines.bytesRead) }
    }
    guard lines.linesRead > 0 else {
      throw LineFault(
        line: 0, code: "badValue", reason: "the file is empty; an export has a line an event")
    }
    proof.last = trial.last
    proof.digests = lines.digests
    if proof.last > proof.there, BookChecks.failure(trial.models) != nil {
      throw try firstFailure(of: lines.actionsRead)
    }
  }

  static func take(_ exported: ExportedAction, _ trial: ActionTrial) throws(LineFault) {
    do throws(Refusal) {
      try trial.take(exported.action)
    } catch {
      throw LineFault(error, exported)
    }
  }

  /// Passes over what the book holds already, which must be what the file begins with.
  private func pass(
    _ lines: ActionLines, of book: String, _ trial: ActionTrial, _ tally: ImportTally,
    _ proof: inout Proof
  ) throws {
    var log: LogReader
    do throws(LogError) {
      log = try LogReader(book, in: world)
    } catch {
      if case .noLog = error.kind { return }
      throw error
    }
    struct FileEnds: Error {}
    var exported: ExportedAction?
    var there = Position.start
    var hasFacts = false
    do {
      try log.scan(from: Position(1)) { record in
        if record.header.beginsAction {
          guard let next = try lines.next() else { throw FileEnds() }
          exported = next
          try Self.take(next, trial)
        }
        guard let action = exported, action.action.holds(record) else {
          throw Apart(
            line: (exported?.line ?? 1) + Int(record.header.actionIndex), record.header,
            catalogue.name(of: record.header), isMergeable: !hasFacts)
        }
        hasFacts = hasFacts || !Apart.mayBeginAlike(record.header)
        guard record.header.endsAction else { return }
        there = record.header.position
        tally.foundThere(rows: action.action.headers.count)
        if lines.actionsRead % 256 == 0 { tally.advance("comparing \(name)", to: lines.bytesRead) }
      }
    } catch is FileEnds {}
    proof.there = there
  }

  /// The line behind which a check of the whole book first fails: halved again and again.
  func firstFailure(of actions: Int) throws -> LineFault {
    var (holds, fails) = (0, actions)
    while fails - holds > 1 {
      let middle = holds + (fails - holds) / 2
      if try failure(behind: middle) == nil { holds = middle } else { fails = middle }
    }
    return try failure(behind: fails)
      ?? LineFault(
        line: 0, code: "changed", reason: "the file was changed while it was read; import it again")
  }

  /// What fails when the first so many actions are all that there is.
  private func failure(behind actions: Int) throws -> LineFault? {
    let lines = try ActionLines(path: path, in: world.files, catalogue)
    let trial = ActionTrial(catalogue)
    var line = 0
    while lines.actionsRead < actions, let exported = try lines.next() {
      line = exported.line
      try Self.take(exported, trial)
    }
    return BookChecks.failure(trial.models).map { area, check in
      LineFault(
        line: line, code: "unbalanced",
        reason: "with this action the \(area) would not pass `verify`: \(check.name): "
          + "\(check.detail)")
    }
  }
}

extension LineFault {
  /// Why the action of these lines was refused.
  init(_ refusal: Refusal, _ exported: ExportedAction) {
    self.init(
      line: exported.line,
      code: refusal.violations.first?.code.rawValue ?? RefusalCode.invalidState.rawValue,
      reason: refusal.violations.map { "\($0.field): \($0.reason.message)" }
        .joined(separator: "; "))
  }
}

extension EncodedAction {
  /// Whether the record is the one of its position in this action, but for the recorded time.
  fileprivate func holds(_ record: RecordView) -> Bool {
    let index = Int(record.header.actionIndex)
    guard index < headers.count else { return false }
    var header = headers[index]
    header.recorded = record.header.recorded
    header.previous = record.header.previous
    let start = index == 0 ? 0 : payloadEnds[index - 1]
    guard header == record.header,
      record.payload.copyRemaining().elementsEqual(payloads[start..<payloadEnds[index]])
    else { return false }
    let given = index == 0 ? source : nil
    return given?.reference == record.source?.reference.text()
      && given?.digest == record.source?.digest
  }
}

import DaybookBytes
import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
import DaybookLog
public import DaybookValues
public import DaybookWorld

/// Imports our own export (`export jsonl`): a book is moved, replayed into a new one, or brought up to
/// date with the one that it was made from.
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
  private let catalogue: Catalogue
  private let world: World

  /// An import that has not begun.
  ///
  /// - Parameters:
  ///   - path: The file of lines.
  ///   - catalogue: What the book is about.
  ///   - world: Files.
  public init(path: String, catalogue: Catalogue, world: World) {
    self.path = path
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

    /// Whether there is something to append.
    public var hasMore: Bool { report.isComplete && last > there }
  }

  private var name: String { String(path.split(separator: "/").last ?? "") }

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
      defer { tally.read(name, rows: lines.linesRead) }
      try prove(lines, for: book, tally, &proof)
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
    while let exported = try lines.next() {
      guard exported.last > proof.there else { continue }
      let submission = try await submitter.append(decided: exported.action)
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

  private static func take(_ exported: ExportedAction, _ trial: ActionTrial) throws(LineFault) {
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
    do {
      try log.scan(from: Position(1)) { record in
        if record.header.beginsAction {
          guard let next = try lines.next() else { throw FileEnds() }
          exported = next
          try Self.take(next, trial)
        }
        guard let action = exported, action.action.holds(record) else {
          throw LineFault(
            line: (exported?.line ?? 1) + Int(record.header.actionIndex), code: "versionConflict",
            reason: "the book holds something else at position \(record.header.position): "
              + "\(catalogue.name(of: record.header)); only a book that begins as the file does is "
              + "appended to: name a new directory with --book")
        }
        guard record.header.endsAction else { return }
        there = record.header.position
        tally.foundThere(rows: action.action.headers.count)
        if lines.actionsRead % 256 == 0 { tally.advance("comparing \(name)", to: lines.bytesRead) }
      }
    } catch is FileEnds {}
    proof.there = there
  }

  /// The line behind which a check of the whole book first fails: halved again and again.
  private func firstFailure(of actions: Int) throws -> LineFault {
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
  fileprivate init(_ refusal: Refusal, _ exported: ExportedAction) {
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

import DaybookBytes
import DaybookEvents
import DaybookLog
import DaybookValues

// MARK: - Repeats of earlier actions

extension Engine {
  enum Checked {
    case new(ActionSource)
    case answered(Submission)
  }

  /// What the action made that bears `reference` at a clinic; nil where none does.
  ///
  /// - Complexity: O(log references); for the first call behind the opening of a book with a
  ///   checkpoint, O(events of the segment open then).
  public func receipt(named reference: String, clinic: UInt64) throws -> ActionReceipt? {
    guard (1...ActionSource.referenceBytesMax).contains(reference.utf8.count) else { return nil }
    return try action(named: reference, of: clinic).map { try receipt(ofActionAt: $0.first) }
  }

  /// Whether `reference` is new, a repeat, or taken by other content.
  func check<C: Command>(
    _ reference: String, of command: C, _ envelope: Envelope
  ) throws -> Checked {
    try check(reference, envelope) { (digester) throws(WireError) in
      try digester.digest(of: command)
    }
  }

  /// The same of content whose digest `digest` makes.
  func check(
    _ reference: String, _ envelope: Envelope,
    _ digest: (inout CommandDigester) throws(WireError) -> CommandDigest
  ) throws -> Checked {
    let bytes = reference.utf8.count
    if bytes == 0 || bytes > ActionSource.referenceBytesMax {
      return .answered(
        Submission(
          result: .failure(
            Refusal(GeneralRefusal.referenceTooLong(bytes: bytes), field: "reference")),
          restsOn: lastPosition))
    }
    let given: CommandDigest
    do throws(WireError) {
      given = try digest(&digester)
    } catch {
      let refusal = Refusal(GeneralRefusal.notWritable(error), field: error.field)
      return .answered(Submission(result: .failure(refusal), restsOn: lastPosition))
    }
    guard let known = try action(named: reference, of: envelope.clinic) else {
      return .new(ActionSource(reference: reference, digest: given))
    }
    let receipt = try receipt(ofActionAt: known.first)
    guard known.digest == given else {
      let refusal = Refusal(
        GeneralRefusal.referenceUsed(reference: reference, at: known.first.number),
        field: "reference")
      return .answered(
        Submission(result: .failure(refusal), restsOn: receipt.last, standing: receipt))
    }
    return .answered(Submission(result: .success(receipt), restsOn: receipt.last))
  }

  /// The action that bears `reference`, by the record itself; nil when there is none.
  private func action(
    named reference: String, of clinic: UInt64
  ) throws -> (first: Position, digest: CommandDigest)? {
    // The first question notes what the open segment held when the book was opened: 80 ns an event.
    try sources.noteLeft(from: &past)
    sources.keepUp(openSegment: log.openSegment)
    for position in try sources.candidates(clinic: clinic, reference) {
      // By bytes: two texts that read the same and are written differently are two references.
      let digest: CommandDigest?
      if let recent = recent[position] {
        let isSame =
          recent.clinic == clinic && recent.source.reference.utf8.elementsEqual(reference.utf8)
        digest = isSame ? recent.source.digest : nil
      } else {
        digest = try past.record(at: position) { record in
          guard let source = record.source, record.header.clinic == clinic,
            withReader(of: reference.utf8.span, { $0.hasSameBytes(as: source.reference) })
          else { return nil }
          return source.digest
        }
      }
      if let digest { return (position, digest) }
    }
    return nil
  }

  /// The receipt of an action of the past, read back from its records.
  private func receipt(ofActionAt first: Position) throws -> ActionReceipt {
    if let recent = recent[first] { return recent.receipt }
    let count = try past.record(at: first) { $0.header.actionCount }
    var events: [ActionReceipt.Appended] = []
    for index in 0..<UInt64(count) {
      let position = Position(first.number + index)
      events.append(try past.record(at: position) { ActionReceipt.Appended($0.header) })
    }
    return ActionReceipt(events: events, isRepeat: true)
  }

  /// Keeps what is not synced yet, since it cannot be read back from the file.
  func remember(_ receipt: ActionReceipt, _ source: ActionSource, of clinic: UInt64) {
    guard let first = receipt.events.first?.position else { return }
    sources.note(clinic: clinic, source.reference, at: first)
    if recent.count > recentCountMax {
      let watermark = log.watermark
      recent = recent.filter { $0.value.receipt.last > watermark }
      // Looked through again only when it has doubled, however many wait.
      recentCountMax = max(4_096, recent.count * 2)
    }
    var again = receipt
    again.isRepeat = true
    again.findings = []
    recent[first] = RecentAction(receipt: again, clinic: clinic, source: source)
  }

  /// What the source references of the book take, those of the open segment once they were asked for.
  public var references: ReferenceExtent { sources.extent }

  /// Waits until the files of references are all that they can be.
  ///
  /// - Throws: `LogError` where the records of the open segment cannot be read.
  /// - Complexity: O(references of the segments sealed since the last call, and what is merged); for
  ///   the first call behind the opening of a book, O(events of the segment open then).
  public func settleReferences() throws {
    try sources.noteLeft(from: &past)
    sources.keepUp(openSegment: log.openSegment)
    sources.settle()
  }
}

/// An action that may not be in the file yet.
struct RecentAction {
  var receipt: ActionReceipt
  var clinic: UInt64
  var source: ActionSource
}

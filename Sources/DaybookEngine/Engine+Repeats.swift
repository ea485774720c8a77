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
      if let action = unsynced.action(holding: position) {
        digest = action.digest(named: reference, of: clinic)
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
    if let action = unsynced.action(holding: first) {
      return ActionReceipt(events: action.headers.map(ActionReceipt.Appended.init), isRepeat: true)
    }
    let count = try past.record(at: first) { $0.header.actionCount }
    var events: [ActionReceipt.Appended] = []
    for index in 0..<UInt64(count) {
      let position = Position(first.number + index)
      events.append(try past.record(at: position) { ActionReceipt.Appended($0.header) })
    }
    return ActionReceipt(events: events, isRepeat: true)
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

extension EncodedAction {
  /// The digest of its command, where it bears `reference` at a clinic.
  fileprivate func digest(named reference: String, of clinic: UInt64) -> CommandDigest? {
    guard let source, headers[0].clinic == clinic,
      source.reference.utf8.elementsEqual(reference.utf8)
    else { return nil }
    return source.digest
  }
}

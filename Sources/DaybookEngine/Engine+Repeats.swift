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

  /// Whether `reference` is new, a repeat, or taken by other content.
  func check<C: Command>(
    _ reference: String, of command: C, _ envelope: Envelope
  ) throws -> Checked {
    let bytes = reference.utf8.count
    if bytes == 0 || bytes > ActionSource.referenceBytesMax {
      return .answered(
        Submission(
          result: .failure(
            Refusal(GeneralRefusal.referenceTooLong(bytes: bytes), field: "reference")),
          restsOn: lastPosition))
    }
    let digest: CommandDigest
    do {
      digest = try CommandDigest(of: command)
    } catch {
      let refusal = Refusal(GeneralRefusal.notWritable(error), field: error.field)
      return .answered(Submission(result: .failure(refusal), restsOn: lastPosition))
    }
    guard let entry = sources[envelope.clinic, reference] else {
      return .new(ActionSource(reference: reference, digest: digest))
    }
    let receipt = try receipt(ofActionAt: entry.first)
    guard entry.digest == digest else {
      let refusal = Refusal(
        GeneralRefusal.referenceUsed(reference: reference, at: entry.first.number),
        field: "reference")
      return .answered(
        Submission(result: .failure(refusal), restsOn: receipt.last, standing: receipt))
    }
    return .answered(Submission(result: .success(receipt), restsOn: receipt.last))
  }

  /// The receipt of an action of the past, read back from its records.
  private func receipt(ofActionAt first: Position) throws -> ActionReceipt {
    if let receipt = recent[first] { return receipt }
    let count = try past.record(at: first) { $0.header.actionCount }
    var events: [ActionReceipt.Appended] = []
    for index in 0..<UInt64(count) {
      let position = Position(first.number + index)
      events.append(try past.record(at: position) { ActionReceipt.Appended($0.header) })
    }
    return ActionReceipt(events: events, isRepeat: true)
  }

  /// Keeps what is not synced yet, since it cannot be read back from the file.
  func remember(_ receipt: ActionReceipt) {
    if recent.count > recentCountMax {
      let watermark = log.watermark
      recent = recent.filter { $0.value.last > watermark }
      // Looked through again only when it has doubled, however many wait.
      recentCountMax = max(4_096, recent.count * 2)
    }
    var again = receipt
    again.isRepeat = true
    again.findings = []
    if let first = receipt.events.first { recent[first.position] = again }
  }
}

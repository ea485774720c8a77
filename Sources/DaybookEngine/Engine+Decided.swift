import DaybookBytes
public import DaybookEvents
import DaybookLog
import DaybookValues

// MARK: - Actions that were decided in another book

extension Engine {
  /// Appends an action that was decided in another book, as it was; only its recorded time is new.
  ///
  /// Nothing is decided: the events are facts. They must have been taken by an `ActionTrial` that has
  /// taken everything that this book holds, or this book might come to hold what it cannot take in.
  /// Where positions, streams, versions, numbers or references do not go on from here, the action
  /// is refused and nothing is appended.
  ///
  /// - Throws: as `submit`.
  public func offer(decided action: EncodedAction) throws -> Offer {
    if let failure { throw failure }
    let recorded = recordedNow()
    do {
      let placed = try content.placed(
        action, behind: lastPosition, recorded: recorded.time, in: catalogue)
      if let source = placed.source, let first = placed.headers.first,
        let standing = try receipt(named: source.reference, clinic: first.clinic)
      {
        throw Refusal(
          GeneralRefusal.referenceUsed(
            reference: source.reference, at: standing.events.first?.position.number ?? 0),
          field: "sourceRef")
      }
      var declared: [NameDeclared] = []
      try placed.forEachRecord { record in
        try content.admit(record)
        if NameDeclared.isOne(record.header) {
          declared.append(try NameDeclared(decoding: record.payload.copyRemaining()))
        } else if record.header.family.rawValue >= NameDeclared.firstNumber
          || record.header.stream.kind.number >= NameDeclared.firstNumber,
          let missing = names.undeclared.first
        {
          throw Refusal(DecidedRefusal.undeclared(missing.name), field: "type")
        }
      }
      var known = names
      for name in declared { try known.take(name) }
      try checkPages()
      let offer = try carryOut(placed, recorded, findings: [])
      if case .decided = offer { names = known }
      return counted(offer)
    } catch let refusal as Refusal {
      try checkPages()
      return counted(
        .decided(Submission(result: .failure(refusal), restsOn: lastPosition)))
    }
  }
}

/// Where actions that were decided in another book are appended: a back office, as a rule.
public protocol DecidedActionSubmitter: ActionSubmitter {
  /// Appends `action` and queues it, without waiting for the disk.
  ///
  /// - Returns: What was appended, or why it was refused.
  /// - Throws: `LogError` once the log can no longer be written.
  func append(decided action: EncodedAction) async throws -> Submission
}

import DaybookBytes
import DaybookEvents
import DaybookLog
import DaybookValues

// MARK: - One action

extension Engine {
  /// Events of an action whose streams are found among those before without a dictionary.
  private static let shortAction = 16

  /// Gives the proposals positions, versions and times, behind `last` and where `heads` stand.
  func numbered(
    _ decision: borrowing Decision, _ context: DecisionContext, _ source: ActionSource?,
    _ heads: StreamHeads, behind last: Position
  ) throws(Refusal) -> EncodedAction {
    var headers: [RecordHeader] = []
    headers.reserveCapacity(decision.proposals.count)
    // An action may append to a stream several times.
    let isLong = decision.proposals.count > Self.shortAction
    var moved: [StreamID: StreamHeads.Head] = [:]
    for (index, proposal) in decision.proposals.enumerated() {
      let head =
        isLong
        ? moved[proposal.stream] ?? heads[proposal.stream]
        : heads.head(of: proposal.stream, behind: headers)
      switch proposal.expected {
      case .any: break
      case .noStream where head.version == 0: break
      case .exactly(let version) where head.version == version: break
      case .noStream, .exactly:
        throw Refusal(
          GeneralRefusal.streamMoved(
            stream: proposal.stream, expected: proposal.expected, found: head.version),
          field: "stream")
      }
      var header = RecordHeader()
      header.position = Position(last.number + 1 + UInt64(index))
      header.actionCount = UInt32(decision.proposals.count)
      header.actionIndex = UInt32(index)
      header.stream = proposal.stream
      header.version = head.version + 1
      header.previous = head.last
      header.family = proposal.family
      header.tag = proposal.tag
      header.clinic = proposal.clinic
      header.recorded = context.recorded
      header.effective = proposal.effective
      header.actor = context.actor
      header.role = context.role
      header.correlation = decision.correlation
      try check(proposal, index: index, context, hasSource: source != nil, behind: last)
      header.cause =
        switch proposal.cause {
        case .command: context.cause
        case .event(let earlier): Position(last.number + 1 + UInt64(earlier))
        case .position(let position): position
        }
      headers.append(header)
      if isLong { moved[proposal.stream] = StreamHeads.Head(header) }
    }
    return EncodedAction(
      headers: headers, payloads: decision.payloadBytes,
      payloadEnds: decision.proposals.map { $0.payloadEnd }, source: source)
  }

  /// Refuses what the log could not keep, or could not find again.
  private func check(
    _ proposal: Decision.Proposal, index: Int, _ context: DecisionContext, hasSource: Bool,
    behind last: Position
  ) throws(Refusal) {
    guard proposal.effective.instant.isInRange, proposal.effective.offset.isInRange else {
      throw Refusal(GeneralRefusal.timeOutOfRange(proposal.effective), field: "effective")
    }
    let next = Position(last.number + 1 + UInt64(index))
    let causeIsEarlier =
      switch proposal.cause {
      case .command: context.cause < next
      case .event(let earlier): earlier >= 0 && earlier < index
      case .position(let position): position < next
      }
    guard causeIsEarlier else { throw Refusal(GeneralRefusal.causeNotEarlier, field: "cause") }
    // A reference is found again by the clinic of the action's first event.
    if hasSource, index == 0, proposal.clinic != context.clinic {
      throw Refusal(
        GeneralRefusal.otherClinic(proposal.clinic, given: context.clinic), field: "clinic")
    }
  }

  /// Queues `action` and applies it to the decision states: both, or where it must wait neither.
  func carryOut(
    _ action: consuming EncodedAction, _ recorded: RecordedTime, findings: [Finding]
  ) throws -> Offer {
    guard let first = action.headers.first else {
      // A decider may find that nothing has to happen.
      let receipt = ActionReceipt(events: [], findings: findings, isRepeat: false)
      return .decided(Submission(result: .success(receipt), restsOn: lastPosition))
    }
    action.clock = recorded.clock
    guard try log.offer(action) else { return .mustWait(bytes: LogWriter.room(for: action)) }
    lastRecorded = recorded.time
    unsynced.keep(action, log)
    try withReader(of: action.payloads) { payloads in
      var payloads = payloads
      var start = 0
      for (header, end) in zip(action.headers, action.payloadEnds) {
        let payload = try payloads.readBytes(end - start)
        start = end
        do {
          try evolve(RecordView(header: header, payload: payload))
        } catch let error as ProjectionError {
          // The action is on its way to the disk; the states do not show what it did.
          failure = error
          // Not taken in, either, where a page could not be read that it concerns.
          try checkPages()
          throw error
        }
      }
    }
    let receipt = ActionReceipt(
      events: action.headers.map(ActionReceipt.Appended.init), findings: findings,
      isRepeat: false)
    if let source = action.source {
      sources.note(clinic: first.clinic, source.reference, at: first.position)
    }
    return .decided(Submission(result: .success(receipt), restsOn: receipt.last))
  }
}

extension StreamHeads {
  /// Where `stream` stands behind `headers`, which go before in its action: they are few, so that to
  /// look at each is quicker than to keep a dictionary of them.
  fileprivate func head(of stream: StreamID, behind headers: [RecordHeader]) -> Head {
    for header in headers.reversed() where header.stream == stream { return Head(header) }
    return self[stream]
  }
}

import DaybookBytes
import DaybookEvents
import DaybookLog
import DaybookValues

// MARK: - Actions that were decided in another book

extension DecisionContent {
  /// A decided action as it is to stand behind `last`: as it was, but for its recorded time.
  ///
  /// What the log must be able to rely on is checked, whoever made the action: positions, streams,
  /// versions, numbers, causes, references, sizes, and that the catalogue knows the events.
  func placed(
    _ action: EncodedAction, behind last: Position, recorded: Instant?, in catalogue: Catalogue
  ) throws(Refusal) -> EncodedAction {
    guard !action.headers.isEmpty, action.payloadEnds.count == action.headers.count,
      action.payloadEnds.last == action.payloads.count
    else { throw Refusal(DecidedRefusal.noAction, field: "actionCount") }
    var action = action
    var moved: [StreamID: StreamHeads.Head] = [:]
    var begun = heads.numbers
    for index in action.headers.indices {
      var header = action.headers[index]
      guard header.actionCount == UInt32(clamping: action.headers.count),
        header.actionIndex == UInt32(index)
      else { throw Refusal(DecidedRefusal.noAction, field: "actionIndex") }
      let position = Position(last.number + 1 + UInt64(index))
      guard header.position == position else {
        throw Refusal(
          DecidedRefusal.otherPosition(header.position, expected: position), field: "position")
      }
      var head = moved[header.stream] ?? heads[header.stream]
      try checkKind(of: header, isBegun: head.version > 0, in: catalogue)
      try check(header)
      guard header.version == head.version + 1 else {
        throw Refusal(
          GeneralRefusal.streamMoved(
            stream: header.stream,
            expected: .exactly(header.version == 0 ? 0 : header.version - 1), found: head.version),
          field: "version")
      }
      if head.version == 0, !NameDeclared.isOne(header) {
        let expected = begun[header.stream.kind] + 1
        guard header.stream.number == expected else {
          throw Refusal(
            DecidedRefusal.numberGap(header.stream, expected: expected), field: "stream")
        }
      }
      begun.note(header.stream)
      header.previous = head.last
      if let recorded { header.recorded = recorded }
      head.version = header.version
      head.last = position
      moved[header.stream] = head
      action.headers[index] = header
    }
    try checkSource(of: action)
    guard LogLimits.admits(action) else {
      throw Refusal(GeneralRefusal.actionTooLarge(records: action.headers.count), field: "action")
    }
    return action
  }

  /// The event is one that the catalogue knows, in a stream of its kind or in one that is there.
  private func checkKind(
    of header: RecordHeader, isBegun: Bool, in catalogue: Catalogue
  ) throws(Refusal) {
    if PositionLost.isOne(header) { throw Refusal(DecidedRefusal.lost, field: "type") }
    if NameDeclared.isOne(header) {
      guard header.stream == NameDeclared.stream else {
        throw Refusal(DecidedRefusal.otherStream(header.stream), field: "stream")
      }
      return
    }
    guard let event = catalogue.event(header.family, header.tag) else {
      throw Refusal(
        DecidedRefusal.unknownEvent(header.family, tag: header.tag), field: "type")
    }
    // Some stand on the stream of what they are about: a reversal, the end of a request.
    let isKnown =
      header.stream.kind == event.streamKind
      || isBegun && catalogue.streamKind(header.stream.kind) != nil
    guard isKnown, header.stream.number > 0 else {
      throw Refusal(DecidedRefusal.otherStream(header.stream), field: "stream")
    }
  }

  private func check(_ header: RecordHeader) throws(Refusal) {
    guard header.effective.instant.isInRange, header.effective.offset.isInRange else {
      throw Refusal(GeneralRefusal.timeOutOfRange(header.effective), field: "effectiveAt")
    }
    guard header.cause < header.position else {
      throw Refusal(GeneralRefusal.causeNotEarlier, field: "cause")
    }
  }

  private func checkSource(of action: EncodedAction) throws(Refusal) {
    guard let source = action.source else { return }
    let bytes = source.reference.utf8.count
    if bytes == 0 || bytes > ActionSource.referenceBytesMax {
      throw Refusal(GeneralRefusal.referenceTooLong(bytes: bytes), field: "sourceRef")
    }
  }

  /// Refuses what no event may do, whoever decided it.
  func admit(_ record: RecordView) throws(Refusal) {
    let event = Event(record, decoder)
    for state in states { try state.admit(event) }
  }
}

extension EncodedAction {
  /// Lends the records one after the other, the first with what the action was made from.
  func forEachRecord(_ body: (RecordView) throws -> Void) throws {
    guard let source else { return try forEach(nil, body) }
    try withReader(of: source.reference.utf8.span) { reference in
      try forEach(SourceView(reference: reference, digest: source.digest), body)
    }
  }

  private func forEach(_ source: SourceView?, _ body: (RecordView) throws -> Void) throws {
    try withReader(of: payloads) { payloads in
      var payloads = payloads
      var start = 0
      for (header, end) in zip(headers, payloadEnds) {
        let payload = try payloads.readBytes(end - start)
        start = end
        try body(
          RecordView(
            header: header, payload: payload, source: header.beginsAction ? source : nil))
      }
    }
  }
}

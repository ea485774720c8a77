import DaybookBytes
import DaybookEvents
import DaybookLog
import DaybookValues

// MARK: - Actions of the past that a command must be shown

extension Engine {
  /// The actions that hold `positions`, each once; what is not there is passed over.
  ///
  /// - Throws: `LogError` where an action cannot be read.
  /// - Complexity: O(raw bytes of a chain) a position.
  func recall(_ positions: [Position]) throws -> [RecalledAction] {
    if positions.isEmpty { return [] }
    var actions: [RecalledAction] = []
    for position in positions where position > .start && position <= lastPosition {
      if actions.contains(where: { $0.event(at: position) != nil }) { continue }
      if let action = unsynced.action(holding: position) {
        actions.append(RecalledAction(action))
      } else {
        actions.append(try readAction(holding: position))
      }
    }
    return actions
  }

  private func readAction(holding position: Position) throws -> RecalledAction {
    let (index, count) = try past.record(at: position) {
      (UInt64($0.header.actionIndex), UInt64($0.header.actionCount))
    }
    let first = position.number - index
    var events: [RecalledEvent] = []
    events.reserveCapacity(Int(count))
    for number in first..<first + count {
      events.append(
        try past.record(at: Position(number)) {
          RecalledEvent($0.header, payload: $0.payload.copyRemaining())
        })
    }
    return RecalledAction(events)
  }
}

extension RecalledAction {
  init(_ action: EncodedAction) {
    var start = 0
    var events: [RecalledEvent] = []
    events.reserveCapacity(action.headers.count)
    for (header, end) in zip(action.headers, action.payloadEnds) {
      events.append(RecalledEvent(header, payload: Array(action.payloads[start..<end])))
      start = end
    }
    self.init(events)
  }
}

import DaybookEvents
import DaybookLog
import DaybookValues

extension Engine {
  /// Has the log say what the catalogue calls the numbers that `decision` uses first.
  ///
  /// - Returns: Where they must wait for room, how many bytes; nil when they are said.
  /// - Throws: as `submit`; nothing of the decision is appended then.
  func declareNames(for decision: borrowing Decision, _ recorded: RecordedTime) throws -> UInt64? {
    names.isEmpty ? nil : try declare(names.missing(for: decision), recorded)
  }

  /// The same of all that the catalogue has to say.
  func declareNames(_ recorded: RecordedTime) throws -> UInt64? {
    names.isEmpty ? nil : try declare(names.undeclared, recorded)
  }

  private func declare(_ missing: [NameDeclared], _ recorded: RecordedTime) throws -> UInt64? {
    if missing.isEmpty { return nil }
    var headers: [RecordHeader] = []
    var payloads: [UInt8] = []
    var ends: [Int] = []
    var head = content.heads[NameDeclared.stream]
    for (index, declared) in missing.enumerated() {
      var header = RecordHeader()
      header.position = Position(lastPosition.number + 1 + UInt64(index))
      header.actionCount = UInt32(missing.count)
      header.actionIndex = UInt32(index)
      header.stream = NameDeclared.stream
      header.version = head.version + 1
      header.previous = head.last
      header.family = NameDeclared.family
      header.tag = NameDeclared.tag
      header.recorded = recorded.time
      header.effective = Moment(recorded.time, .utc)
      headers.append(header)
      payloads += try declared.encoded()
      ends.append(payloads.count)
      head = StreamHeads.Head(version: header.version, last: header.position)
    }
    let offer = try carryOut(
      EncodedAction(headers: headers, payloads: payloads, payloadEnds: ends), recorded,
      findings: [])
    if case .mustWait(let bytes) = offer { return bytes }
    for declared in missing { try names.take(declared) }
    return nil
  }
}

import DaybookBytes
import DaybookClinicEvents
import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookValues

/// What an action says, and of which things: two actions that say the same of things which have other
/// numbers have the same digest.
struct ActionContent {
  var digest: CommandDigest
  var things: [ThingNumbers.Thing]

  /// Makes contents, one after the other.
  struct Maker {
    private let renumberer: EventRenumberer
    private let named = NamedThings()

    init(_ catalogue: Catalogue) { renumberer = EventRenumberer(catalogue) }

    /// The content of the events that are kept.
    ///
    /// - Throws: `WireError` where a payload is not its event's.
    func content(of action: EncodedAction, keeping kept: [Bool]? = nil) throws -> ActionContent {
      named.removeAll()
      var writer = ByteWriter(capacity: 256)
      var start = 0
      for (index, header) in action.headers.enumerated() {
        let end = action.payloadEnds[index]
        defer { start = end }
        guard kept?[index] ?? true else { continue }
        named.note(header.stream.kind, header.stream.number)
        if header.clinic > 0 { named.note(.clinic, header.clinic) }
        if header.correlation > 0 { named.note(.visit, header.correlation) }
        if let staff = header.actor.staffNumber { named.note(.staff, staff) }
        let payload =
          NameDeclared.isOne(header)
          ? Array(action.payloads[start..<end])
          : try renumberer.payload(header, action.payloads[start..<end], by: named)
        let bytes =
          try Sealing.none.payload(header, payload) ?? payload
        // Which member of staff is a thing that is named.
        let actor = header.actor.staffNumber == nil ? header.actor : Actor.staff(1)
        let numbers: [UInt64] = [
          UInt64(header.family.rawValue), UInt64(header.tag), UInt64(header.role.rawValue),
          actor.rawValue, UInt64(bytes.count),
        ]
        for number in numbers { writer.appendVarint(number) }
        writer.appendZigzag(header.effective.instant.milliseconds)
        writer.appendZigzag(Int64(header.effective.offset.seconds))
        writer.append(bytes)
      }
      return ActionContent(
        digest: MergePlan.short(writer.withReader { SHA256.hash($0) }), things: named.things)
    }
  }
}

extension EncodedAction {
  /// Lends its events one after the other, without their reference.
  func forEachEvent(_ body: (RecordView) throws -> Void) throws {
    try withReader(of: payloads) { payloads in
      var payloads = payloads
      var start = 0
      for (header, end) in zip(headers, payloadEnds) {
        try body(RecordView(header: header, payload: try payloads.readBytes(end - start)))
        start = end
      }
    }
  }

  /// Which of its events are kept, and not left out.
  func kept(unless isLeft: (RecordView) throws -> Bool) throws -> [Bool] {
    var kept: [Bool] = []
    try forEachEvent { kept.append(try !isLeft($0)) }
    return kept
  }
}

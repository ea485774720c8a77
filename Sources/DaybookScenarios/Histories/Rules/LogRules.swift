import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// Versions are dense; facts have happened; an event is undone once, on its own stream, as it was.
struct LogRules {
  private struct Known {
    var stream: StreamID
    var family: FamilyNumber
    var tag: UInt16
  }

  private var versions: [StreamID: UInt64] = [:]
  /// By position, from the first on.
  private var known: [Known] = []
  private var reversed: Set<Position> = []
  private var last = Position.start

  mutating func take(_ event: borrowing Event, _ faults: inout Faults) throws {
    let header = event.header
    faults.require(header.position.number == last.number + 1, "not behind \(last)")
    last = header.position
    let version = versions[header.stream, default: 0] + 1
    faults.require(header.version == version, "version \(header.version), not \(version)")
    versions[header.stream] = header.version
    let today = Moment(header.recorded, header.effective.offset).day
    let isLater = header.effective.day > today
    if header.family != .corrections {
      faults.require(!isLater || !ClinicEvents.isFact(header), "a fact of \(header.effective)")
    } else {
      try takeReversal(event, &faults)
    }
    known.append(Known(stream: header.stream, family: header.family, tag: header.tag))
  }

  private mutating func takeReversal(_ event: borrowing Event, _ faults: inout Faults) throws {
    let undone = try event.payload(Reversed.self)
    let index = Int(undone.of.number) - 1
    guard known.indices.contains(index) else { return faults.add("undoes nothing") }
    let original = known[index]
    faults.require(reversed.insert(undone.of).inserted, "\(undone.of) is undone twice")
    faults.require(original.stream == event.header.stream, "not on \(original.stream)")
    faults.require(original.family != .corrections, "undoes a reversal")
    faults.require(
      original.family == undone.originalFamily && UInt32(original.tag) == undone.tag,
      "undoes another event than stands at \(undone.of)")
    faults.require(!undone.reason.isEmpty, "undone without a reason")
  }
}

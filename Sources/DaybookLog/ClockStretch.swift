import DaybookEvents
import DaybookValues

/// Records whose recorded times are not the clock's: it stood behind, and who opened the log for
/// writing accepted that.
///
/// The segment that begins there was created before the record in front of it was recorded, and each
/// action was recorded a millisecond after the one before it.
struct ClockStretch: Hashable, CustomStringConvertible {
  /// The segment with which it begins.
  var segment: String
  /// What the clock said then.
  var created: Instant
  /// When the record before it was recorded.
  var lastRecorded: Instant
  /// The records, once there are any.
  var positions: ClosedRange<Position>?

  /// The stretch as half a sentence.
  var description: String {
    let range = positions.map { "\($0.lowerBound) to \($0.upperBound)" } ?? ""
    return
      "the clock said \(created), behind \(lastRecorded), and was accepted: positions \(range) were "
      + "recorded a millisecond an action after that, not at the times they bear"
  }
}

/// Finds the stretches of a log that is read in order.
struct ClockStretches {
  private var open: ClockStretch?
  private var recorded: Instant?
  private var closed: [ClockStretch] = []

  /// Those that hold records.
  var found: [ClockStretch] { closed + (open.map { [$0] } ?? []).filter { $0.positions != nil } }

  /// A segment begins.
  mutating func begin(_ header: SegmentHeader, _ segment: String) {
    guard let recorded, LogOptions.isBehind(header.created, recorded) else { return }
    close()
    open = ClockStretch(segment: segment, created: header.created, lastRecorded: recorded)
  }

  /// The next record.
  mutating func add(_ header: RecordHeader) {
    defer { recorded = header.recorded }
    guard var stretch = open, let recorded else { return }
    let step: Int64 = header.beginsAction ? 1 : 0
    guard header.recorded.milliseconds == recorded.milliseconds + step else { return close() }
    stretch.positions = (stretch.positions?.lowerBound ?? header.position)...header.position
    open = stretch
  }

  private mutating func close() {
    if let open, open.positions != nil { closed.append(open) }
    open = nil
  }
}

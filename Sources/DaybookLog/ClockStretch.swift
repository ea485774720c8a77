import DaybookEvents
import DaybookValues

/// Records in a row that bear times which are not the clock's: when they were decided on, it stood further
/// behind them than clocks are put right by.
///
/// Source: Format, section "Frame".
struct ClockStretch: Hashable {
  /// The segment in which it begins.
  var segment: String
  var positions: ClosedRange<Position>
  /// What the clock said at the last record of its first frame.
  var firstSaid: Instant
  /// What the clock said at its last record.
  var lastSaid: Instant
  /// The time that its last record bears.
  var lastRecorded: Instant

  /// The records of one frame.
  ///
  /// - Parameter lag: By how much the clock stood behind the last of them, in milliseconds.
  init(_ segment: String, _ positions: ClosedRange<Position>, lastRecorded: Instant, lag: UInt64) {
    self.segment = segment
    self.positions = positions
    self.lastRecorded = lastRecorded
    firstSaid = Instant(milliseconds: lastRecorded.milliseconds - Int64(lag))
    lastSaid = firstSaid
  }

  /// Takes in the records of the next frame; false where it does not follow.
  mutating func extend(by next: ClockStretch) -> Bool {
    guard positions.upperBound.next == next.positions.lowerBound else { return false }
    positions = positions.lowerBound...next.positions.upperBound
    lastSaid = next.lastSaid
    lastRecorded = next.lastRecorded
    return true
  }
}

extension ClockStretch: CustomStringConvertible {
  /// The stretch as half a sentence.
  var description: String {
    let (first, last) = (positions.lowerBound, positions.upperBound)
    let records =
      first == last
      ? "position \(first) bears the time \(lastRecorded), which is"
      : "positions \(first) to \(last) bear times up to \(lastRecorded) which are"
    let later = firstSaid == lastSaid ? "" : " at first and \(lastSaid) at last"
    return "\(records) not the clock's: it stood behind, at \(firstSaid)\(later)"
  }
}

public import DaybookBytes
public import DaybookValues

/// The latest effective day of all facts, as it was known at any position.
///
/// It is the day of a report that is asked for none: not the wall clock's, so that the same log
/// prints the same report.
public struct LatestDays: Sendable {
  private struct Step: HistoryRow {
    var position: Position
    var day: Day

    static var blank: Step { Step(position: .blank, day: .blank) }

    init(position: Position, day: Day) {
      self.position = position
      self.day = day
    }

    init(reading reader: inout ByteReader) throws(WireError) {
      position = try Position(reading: &reader)
      day = try Day(reading: &reader)
    }

    func append(to writer: inout ByteWriter) {
      writer.appendLittleEndian(position.number)
      writer.appendLittleEndian(UInt32(bitPattern: day.daysSince1970))
    }
  }

  // Only where the latest day moves on: a step for a day of business, not for an event.
  private var steps = History<Step>(chunkRows: 4096)
  @usableFromInline var nextMidnight = Int64.min

  /// No fact is known.
  public init() {}

  /// Notes a fact with this header; plans must not be noted.
  @inlinable
  public mutating func note(_ header: RecordHeader) {
    if isMoved(by: header) { step(to: header.effective.day, at: header.position) }
  }

  /// Whether a fact with this header moves the latest day on: one of many, so that who notes facts may
  /// ask for this first. Mutating, though it changes nothing, so that nothing is copied for it.
  @inlinable
  public mutating func isMoved(by header: RecordHeader) -> Bool {
    let effective = header.effective
    let (local, overflow) = effective.instant.milliseconds.addingReportingOverflow(
      Int64(effective.offset.seconds) * 1000)
    return !overflow && local >= nextMidnight
  }

  @usableFromInline
  mutating func step(to day: Day, at position: Position) {
    steps.append(Step(position: position, day: day))
    nextMidnight = (Int64(day.daysSince1970) + 1) * 86_400_000
  }

  /// The latest day known at `position`, inclusive; nil before the first fact.
  ///
  /// - Complexity: O(log days).
  public func day(knownAt position: Position) -> Day? {
    let count = steps.count(through: position)
    return count == 0 ? nil : steps[count - 1].day
  }

  /// The digest of all latest days known at `position`, inclusive.
  public func digest(through position: Position) -> SHA256Hash {
    steps.digest(through: position)
  }
}

extension LatestDays: Checkpointed {
  public mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("steps", &steps)
    try parts.visit("nextMidnight", &nextMidnight)
  }
}

/// A point in time, to the millisecond, without a place.
///
/// Instants that are read or computed lie in the years 0001 to 9999 of UTC. Any count may be
/// stored, since wire bytes hold any: check `isInRange` before trusting one.
@frozen public struct Instant: Hashable, Sendable {
  /// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
  public var milliseconds: Int64

  /// 1970-01-01T00:00:00Z.
  @inlinable public init() {
    milliseconds = 0
  }

  /// So many milliseconds after 1970-01-01T00:00:00Z, unchecked.
  @inlinable public init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// Reads UTC as in RFC 3339: `2026-03-02T09:30:00Z`, at most three decimals of a second.
  ///
  /// Read a `Moment` where an offset may stand.
  ///
  /// - Throws: `.empty`, `.malformed`, `.outOfRange`, `.tooPrecise`.
  public init(parsing text: some StringProtocol) throws(ValueError) {
    var reader = try TextReader(String(text), subject: "instant")
    milliseconds = try TimeOfDay.readWithDate(&reader)
    try reader.take("Z")
    try reader.finish()
  }

  /// 0001-01-01T00:00:00Z, the first instant that can be read.
  @inlinable public static var min: Instant { Instant(milliseconds: -62_135_596_800_000) }

  /// 9999-12-31T23:59:59.999Z, the last instant that can be read.
  @inlinable public static var max: Instant { Instant(milliseconds: 253_402_300_799_999) }

  /// Whether the instant lies in the years 0001 to 9999.
  @inlinable public var isInRange: Bool { self >= .min && self <= .max }

  /// So many milliseconds later, or earlier when negative.
  ///
  /// - Throws: `.outOfRange` beyond the years 0001 to 9999.
  @inlinable public func adding(milliseconds step: Int64) throws(ValueError) -> Instant {
    let (sum, tooLarge) = milliseconds.addingReportingOverflow(step)
    let result = Instant(milliseconds: sum)
    guard !tooLarge, result.isInRange else {
      throw ValueError(.outOfRange, subject: "instant", text: "\(self) + \(step) ms")
    }
    return result
  }

  /// Milliseconds from the other instant to this one; negative when the other is later.
  ///
  /// - Throws: `.overflow`, never for instants in range.
  @inlinable public func milliseconds(since other: Instant) throws(ValueError) -> Int64 {
    let (difference, tooLarge) = milliseconds.subtractingReportingOverflow(other.milliseconds)
    guard !tooLarge else {
      throw ValueError(.overflow, subject: "instant", text: "\(self) - \(other)")
    }
    return difference
  }

  /// Days since 1970-01-01 and the millisecond of that day on a clock ahead of UTC by `seconds`.
  @inlinable func split(ahead seconds: Int32 = 0) -> (days: Int64, millisecond: Int64) {
    let perDay: Int64 = 86_400_000
    // Divided first: the sum of milliseconds and offset may not fit where each of them does.
    let shifted = milliseconds % perDay &+ Int64(seconds) &* 1000
    var rest = shifted % perDay
    var days = milliseconds / perDay &+ shifted / perDay
    if rest < 0 {
      rest &+= perDay
      days &-= 1
    }
    return (days, rest)
  }
}

extension Instant: Comparable {
  /// Ordered by time.
  @inlinable public static func < (a: Instant, b: Instant) -> Bool {
    a.milliseconds < b.milliseconds
  }
}

extension Instant: CustomStringConvertible {
  /// UTC as in RFC 3339, decimals only when not zero: `2026-03-02T09:30:00Z`.
  public var description: String {
    let (days, millisecond) = split()
    var text = NumberText()
    TimeOfDay.append(days: days, millisecond: millisecond, to: &text)
    text.append("Z")
    return text.text
  }
}

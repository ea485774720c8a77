/// An instant as a clock on the wall showed it: with its offset, and so with its civil day.
///
/// Two moments are equal when instant and offset are; compare `instant` for "at the same time".
@frozen public struct Moment: Hashable, Sendable {
  /// The point in time.
  public var instant: Instant
  /// How far the clock was ahead of UTC.
  public var offset: UTCOffset

  /// 1970-01-01T00:00:00Z.
  @inlinable public init() {
    instant = Instant()
    offset = .utc
  }

  /// The instant on a clock with this offset.
  @inlinable public init(_ instant: Instant, _ offset: UTCOffset = .utc) {
    self.instant = instant
    self.offset = offset
  }

  /// The time of a day on a clock with this offset; midnight by default.
  ///
  /// - Throws: `.outOfRange` for a second beyond 0..<86400, or an instant beyond the years 0001 to
  ///   9999 of UTC.
  public init(
    _ day: Day, secondOfDay: Int = 0, offset: UTCOffset = .utc
  ) throws(ValueError) {
    guard (0..<86_400).contains(secondOfDay) else {
      throw ValueError(.outOfRange, subject: "second of the day", text: String(secondOfDay))
    }
    let seconds = Int64(day.daysSince1970) * 86_400 + Int64(secondOfDay) - Int64(offset.seconds)
    instant = Instant(milliseconds: seconds * 1000)
    self.offset = offset
    guard instant.isInRange else {
      throw ValueError(.outOfRange, subject: "moment", text: description)
    }
  }

  /// Reads local time and offset as in RFC 3339: `2026-03-02T09:30:00+01:00`, or `Z` for UTC.
  ///
  /// - Throws: `.empty`, `.malformed`, `.outOfRange`, `.tooPrecise`.
  public init(parsing text: some StringProtocol) throws(ValueError) {
    var reader = try TextReader(String(text), subject: "moment")
    let local = try TimeOfDay.readWithDate(&reader)
    offset = try UTCOffset.read(&reader)
    try reader.finish()
    instant = Instant(milliseconds: local - Int64(offset.seconds) * 1000)
    guard instant.isInRange else { throw reader.fault(.outOfRange, at: 0) }
  }

  /// The civil day on that clock; the nearest that Int32 days reach, for an instant out of range.
  @inlinable public var day: Day {
    Day(daysSince1970: Int32(clamping: instant.split(ahead: offset.seconds).days))
  }

  /// Whole seconds since midnight on that clock, 0..<86400.
  @inlinable public var secondOfDay: Int {
    Int(instant.split(ahead: offset.seconds).millisecond / 1000)
  }
}

extension Moment: CustomStringConvertible {
  /// Local time and offset as in RFC 3339, `Z` for UTC: `2026-03-02T09:30:00+01:00`.
  public var description: String {
    let (days, millisecond) = instant.split(ahead: offset.seconds)
    var text = NumberText()
    TimeOfDay.append(days: days, millisecond: millisecond, to: &text)
    if offset.seconds == 0 { text.append("Z") } else { offset.append(to: &text) }
    return text.text
  }
}

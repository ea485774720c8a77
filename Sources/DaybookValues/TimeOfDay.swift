/// The clock's part of a time, as RFC 3339 writes it: `09:30:00`, and `.123` if not zero.
enum TimeOfDay {
  static let millisecondsPerDay: Int64 = 86_400_000

  /// Reads `hh:mm:ss` and at most three decimals, as milliseconds since midnight.
  ///
  /// Second 60 is refused: a leap second has no place in a count of days times 86,400.
  static func read(_ reader: inout TextReader) throws(ValueError) -> Int64 {
    let hour = try reader.number(digits: 2, in: 0...23)
    try reader.take(":")
    let minute = try reader.number(digits: 2, in: 0...59)
    try reader.take(":")
    let second = try reader.number(digits: 2, in: 0...59)
    var milliseconds = Int64(((hour * 60 + minute) * 60 + second) * 1000)
    if reader.takeIfPresent(".") {
      guard reader.nextDigit != nil else { throw reader.fault(.malformed) }
      var weight: Int64 = 100
      while let digit = reader.nextDigit {
        guard weight > 0 else { throw reader.fault(.tooPrecise) }
        milliseconds += Int64(digit) * weight
        weight /= 10
        reader.advance()
      }
    }
    return milliseconds
  }

  /// Reads date and time, `2026-03-02T09:30:00`, as milliseconds since 1970 on that clock.
  static func readWithDate(_ reader: inout TextReader) throws(ValueError) -> Int64 {
    let days = try CivilDate.read(&reader).daysSince1970
    try reader.take("T")
    return days * millisecondsPerDay + (try read(&reader))
  }

  /// Appends date and time of `millisecond` on the day so many days after 1970-01-01.
  static func append(days: Int64, millisecond: Int64, to text: inout NumberText) {
    let (seconds, rest) = millisecond.magnitude.quotientAndRemainder(dividingBy: 1000)
    CivilDate(daysSince1970: days).append(to: &text)
    text.append("T")
    append(seconds: seconds, to: &text)
    if rest > 0 {
      text.append(".")
      text.append(rest, digits: 3)
    }
  }

  /// Appends `hh:mm:ss`.
  private static func append(seconds: UInt64, to text: inout NumberText) {
    let (minutes, second) = seconds.quotientAndRemainder(dividingBy: 60)
    let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
    text.append(hour, digits: 2)
    text.append(":")
    text.append(minute, digits: 2)
    text.append(":")
    text.append(second, digits: 2)
  }
}

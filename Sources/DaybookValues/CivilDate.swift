/// A date of the proleptic Gregorian calendar, counted from days and back without a table.
///
/// Eras of 400 years and years that begin in March, so that the leap day comes last.
/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil and
/// civil_from_days.
@frozen @usableFromInline struct CivilDate {
  @usableFromInline var year: Int64
  @usableFromInline var month: Int64
  @usableFromInline var day: Int64

  @inlinable init(year: Int64, month: Int64, day: Int64) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The date so many days after 1970-01-01; any count whose magnitude is below 2^60.
  @inlinable init(daysSince1970 days: Int64) {
    let shifted = days &+ 719_468
    let era = (shifted >= 0 ? shifted : shifted &- 146_096) / 146_097
    let dayOfEra = shifted &- era &* 146_097
    let yearOfEra =
      (dayOfEra &- dayOfEra / 1_460 &+ dayOfEra / 36_524 &- dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra &- (365 &* yearOfEra &+ yearOfEra / 4 &- yearOfEra / 100)
    let monthFromMarch = (5 &* dayOfYear &+ 2) / 153
    day = dayOfYear &- (153 &* monthFromMarch &+ 2) / 5 &+ 1
    month = monthFromMarch < 10 ? monthFromMarch &+ 3 : monthFromMarch &- 9
    year = yearOfEra &+ era &* 400 &+ (month <= 2 ? 1 : 0)
  }

  /// Days since 1970-01-01; a month beyond 1...12 is not checked.
  @inlinable var daysSince1970: Int64 {
    let shiftedYear = month <= 2 ? year &- 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear &- 399) / 400
    let yearOfEra = shiftedYear &- era &* 400
    let monthFromMarch = month > 2 ? month &- 3 : month &+ 9
    let dayOfYear = (153 &* monthFromMarch &+ 2) / 5 &+ day &- 1
    let dayOfEra = yearOfEra &* 365 &+ yearOfEra / 4 &- yearOfEra / 100 &+ dayOfYear
    return era &* 146_097 &+ dayOfEra &- 719_468
  }

  @inlinable static func isLeap(_ year: Int64) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  @inlinable static func daysInMonth(_ month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Reads `YYYY-MM`, years 0001 to 9999.
  static func readYearAndMonth(_ reader: inout TextReader) throws(ValueError) -> CivilDate {
    let year = try reader.number(digits: 4, in: 1...9999)
    try reader.take("-")
    let month = try reader.number(digits: 2, in: 1...12)
    return CivilDate(year: Int64(year), month: Int64(month), day: 1)
  }

  /// Reads `YYYY-MM-DD`, years 0001 to 9999.
  static func read(_ reader: inout TextReader) throws(ValueError) -> CivilDate {
    var date = try readYearAndMonth(&reader)
    try reader.take("-")
    let last = Int(daysInMonth(date.month, of: date.year))
    date.day = Int64(try reader.number(digits: 2, in: 1...last))
    return date
  }

  /// Appends `YYYY-MM`; a year beyond 0...9999 has a sign, so that nothing mistakes it for a plain one.
  func appendYearAndMonth(to text: inout NumberText) {
    if year < 0 { text.append("-") }
    if year > 9999 { text.append("+") }
    text.append(year.magnitude, digits: 4)
    text.append("-")
    text.append(month.magnitude, digits: 2)
  }

  /// Appends `YYYY-MM-DD`, the year as in `appendYearAndMonth`.
  func append(to text: inout NumberText) {
    appendYearAndMonth(to: &text)
    text.append("-")
    text.append(day.magnitude, digits: 2)
  }
}

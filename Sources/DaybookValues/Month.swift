/// A month of a year.
@frozen public struct Month: Hashable, Sendable {
  /// Months since January 1970, so that the next month is one more.
  public var monthsSince1970: Int32

  /// January 1970.
  @inlinable public init() {
    monthsSince1970 = 0
  }

  /// So many months after January 1970, unchecked.
  @inlinable public init(monthsSince1970: Int32) {
    self.monthsSince1970 = monthsSince1970
  }

  /// The month with these parts.
  ///
  /// - Throws: `.outOfRange` for a year beyond 1...9999 or a month beyond 1...12.
  public init(year: Int, month: Int) throws(ValueError) {
    guard (1...9999).contains(year), (1...12).contains(month) else {
      throw ValueError(.outOfRange, subject: "month", text: "\(year)-\(month)")
    }
    self.init(unchecked: Int64(year), Int64(month))
  }

  /// Reads `YYYY-MM`.
  ///
  /// - Throws: `.empty`, `.malformed`, `.outOfRange`.
  public init(parsing text: some StringProtocol) throws(ValueError) {
    var reader = try TextReader(String(text), subject: "month")
    let civil = try CivilDate.readYearAndMonth(&reader)
    try reader.finish()
    self.init(unchecked: civil.year, civil.month)
  }

  @inlinable init(unchecked year: Int64, _ month: Int64) {
    monthsSince1970 = Int32(truncatingIfNeeded: (year &- 1970) &* 12 &+ month &- 1)
  }
}

extension Month {
  @inlinable var civil: CivilDate {
    let months = Int64(monthsSince1970)
    let year = (months >= 0 ? months : months &- 11) / 12
    return CivilDate(year: year &+ 1970, month: months &- year &* 12 &+ 1, day: 1)
  }

  /// The year, 1 to 9999 for a month that was read or made from parts.
  @inlinable public var year: Int { Int(civil.year) }

  /// The month of the year, 1 to 12.
  @inlinable public var month: Int { Int(civil.month) }

  /// Its first day; for a month in the years 0001 to 9999.
  @inlinable public var firstDay: Day { Day(civil) }

  /// Its last day; for a month in the years 0001 to 9999.
  @inlinable public var lastDay: Day { firstDay.lastOfMonth }
}

extension Month: Strideable {
  /// Ordered by time.
  @inlinable public static func < (a: Month, b: Month) -> Bool {
    a.monthsSince1970 < b.monthsSince1970
  }

  /// Months from this month to the other.
  @inlinable public func distance(to other: Month) -> Int {
    Int(other.monthsSince1970) - Int(monthsSince1970)
  }

  /// So many months later, for ranges and strides.
  ///
  /// - Precondition: The result lies within Int32 months of 1970.
  @inlinable public func advanced(by months: Int) -> Month {
    Month(monthsSince1970: Int32(Int(monthsSince1970) + months))
  }
}

extension Month: CustomStringConvertible {
  /// `YYYY-MM`.
  public var description: String {
    var text = NumberText()
    civil.appendYearAndMonth(to: &text)
    return text.text
  }
}

import DaybookValues

/// Days as the file writes them: `02-Jun-06`, `11/13/06` (month first) or `2006-11-13`.
enum DeliveryDay {
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// The day; nil for anything else, such as `Date Not Captured`.
  ///
  /// A year of two digits is one of 1970 to 2069.
  static func read(_ text: String) -> Day? {
    let isSlashed = text.utf8.contains(UInt8(ascii: "/"))
    let parts = text.split(separator: isSlashed ? "/" : "-", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    if parts[0].utf8.count == 4 { return try? Day(parsing: text) }
    guard let year = year(parts[2]) else { return nil }
    if isSlashed {
      guard let month = number(parts[0]), let day = number(parts[1]) else { return nil }
      return try? Day(year: year, month: month, day: day)
    }
    guard let day = number(parts[0]), let month = months.firstIndex(of: parts[1].lowercased())
    else { return nil }
    return try? Day(year: year, month: month + 1, day: day)
  }

  /// A field that must be a day.
  ///
  /// - Throws: `.badValue`.
  static func read(
    _ reader: borrowing CSVReader, _ column: CSVColumn
  ) throws(CSVError) -> Day {
    let text = try reader.trimmedText(column)
    guard let day = read(text) else {
      throw reader.error(.badValue(text: text, reason: "is no day; write 02-Jun-06"), column)
    }
    return day
  }

  private static func year(_ text: Substring) -> Int? {
    guard let year = number(text) else { return nil }
    switch text.utf8.count {
    case 4: return year
    case 2: return year < 70 ? 2_000 + year : 1_900 + year
    default: return nil
    }
  }

  private static func number(_ text: Substring) -> Int? {
    guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
    else { return nil }
    return Int(text)
  }
}

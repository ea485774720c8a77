import DaybookBytes
import DaybookValues

/// What a clock on the wall shows, at a place that the file does not name.
struct CivilTime: Hashable, Sendable {
  /// The day.
  var day = Day()
  /// Milliseconds since midnight.
  var millisecond: Int64 = 0
}

extension CSVReader {
  /// A field as a time on the wall: `2009-12-01T07:45:00`, also with a blank for the `T` and without
  /// seconds.
  func civilTime(_ column: CSVColumn) throws(CSVError) -> CivilTime {
    let text = try trimmedText(column)
    let utf8 = text.utf8
    guard let middle = utf8.firstIndex(where: { $0 == 0x54 || $0 == 0x20 }) else {
      throw error(.badValue(text: text, reason: "is no time; write 2009-12-01T07:45:00"), column)
    }
    let day = try value(column) { () throws(ValueError) in try Day(parsing: text[..<middle]) }
    guard let time = Self.millisecond(of: text[utf8.index(after: middle)...]) else {
      throw error(.badValue(text: text, reason: "is no time; write 2009-12-01T07:45:00"), column)
    }
    return CivilTime(day: day, millisecond: time)
  }

  /// A field as a time of the day, `07:45:00` or `07:45`, in milliseconds since midnight.
  func timeOfDay(_ column: CSVColumn) throws(CSVError) -> Int64 {
    let text = try trimmedText(column)
    guard let time = Self.millisecond(of: text[...]) else {
      throw error(.badValue(text: text, reason: "is no time of the day; write 07:45:00"), column)
    }
    return time
  }

  /// Milliseconds since midnight; nil where `text` is no time of the day.
  private static func millisecond(of text: Substring) -> Int64? {
    let parts = text.utf8.split(separator: 0x3a, omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3 else { return nil }
    var seconds: Int64 = 0
    for (index, part) in parts.enumerated() {
      guard part.count == 2, part.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
      let number = part.reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
      guard number < (index == 0 ? 24 : 60) else { return nil }
      seconds = seconds * 60 + number
    }
    return (parts.count == 2 ? seconds * 60 : seconds) * 1_000
  }
}

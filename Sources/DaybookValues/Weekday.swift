/// A day of the week, counted from Monday as in ISO 8601.
@frozen public enum Weekday: Int, Hashable, Sendable, CaseIterable {
  /// Monday.
  case monday = 1
  /// Tuesday.
  case tuesday
  /// Wednesday.
  case wednesday
  /// Thursday.
  case thursday
  /// Friday.
  case friday
  /// Saturday.
  case saturday
  /// Sunday.
  case sunday

  /// The day so many after Monday, for 0...6.
  @inlinable init(fromMonday days: Int) {
    self = Weekday(rawValue: days + 1) ?? .monday
  }
}

extension Weekday: Comparable {
  /// Ordered from Monday to Sunday.
  @inlinable public static func < (a: Weekday, b: Weekday) -> Bool {
    a.rawValue < b.rawValue
  }
}

extension Weekday: CustomStringConvertible {
  /// The English name: `Monday`.
  public var description: String {
    switch self {
    case .monday: "Monday"
    case .tuesday: "Tuesday"
    case .wednesday: "Wednesday"
    case .thursday: "Thursday"
    case .friday: "Friday"
    case .saturday: "Saturday"
    case .sunday: "Sunday"
    }
  }
}

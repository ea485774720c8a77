public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A part of every week in which something is open, on the clinic's own clock.
public struct OpenHours: Payload, Hashable {
  /// On which day of the week.
  public var day = DayOfWeek.unspecified
  /// From which second of the day on.
  public var fromSecond: UInt32 = 0
  /// Up to which second of the day, which it is not open at any more; 86400 is midnight.
  public var toSecond: UInt32 = 0

  /// Never: to be filled in.
  public init() {}

  /// On `day`, from a second of the day to another.
  public init(_ day: DayOfWeek, from: UInt32, to: UInt32) {
    self.day = day
    fromSecond = from
    toSecond = to
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "day", &day)
    try fields.visit(2, "fromSecond", &fromSecond)
    try fields.visit(3, "toSecond", &toSecond)
  }
}

/// A day of the week, counted from Monday as in ISO 8601.
public enum DayOfWeek: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// Monday.
  case monday = 1
  /// Tuesday.
  case tuesday = 2
  /// Wednesday.
  case wednesday = 3
  /// Thursday.
  case thursday = 4
  /// Friday.
  case friday = 5
  /// Saturday.
  case saturday = 6
  /// Sunday.
  case sunday = 7

  /// Not said.
  public init() { self = .unspecified }
}

extension DayOfWeek {
  /// The same day as the calendar has it.
  public init(_ weekday: Weekday) {
    self = DayOfWeek(rawValue: UInt32(weekday.rawValue)) ?? .unspecified
  }
}

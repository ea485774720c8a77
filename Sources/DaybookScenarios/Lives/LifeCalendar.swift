public import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

/// A time zone as a clinic is defined with: its name, and its offsets.
public struct LifeZone: Sendable {
  /// The name in the time zone database.
  public var name: String
  /// The offsets, ascending; the first has no beginning.
  public var transitions: [ZoneTransition]

  /// A zone; UTC if nothing is said.
  public init(_ name: String = "UTC", _ transitions: [ZoneTransition] = [ZoneTransition()]) {
    self.name = name
    self.transitions = transitions
  }

  func moment(_ instant: Instant) -> Moment {
    let last = transitions.last { $0.at.map { $0 <= instant } ?? true }
    return Moment(instant, last?.offset ?? .utc)
  }

  /// The midnight with which a day begins.
  func start(of day: Day) -> Instant {
    let utc = Int64(day.daysSince1970) * 86_400_000
    var instant = Instant(milliseconds: utc)
    for _ in 0..<2 {
      let offset = Int64(moment(instant).offset.seconds) * 1000
      instant = Instant(milliseconds: utc - offset)
    }
    return instant
  }
}

/// Days and times as a business has them.
enum LifeCalendar {
  /// Nothing happens after it: 23:58.
  static let lastSecond = 23 * 3600 + 58 * 60

  /// A time of the day in seconds.
  static func at(_ hour: Int, _ minute: Int = 0) -> Int { hour * 3600 + minute * 60 }

  /// `09:05`.
  static func time(_ second: Int) -> String {
    let (hour, minute) = (second / 3600, second / 60 % 60)
    return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
  }

  /// The days of each year on which shops are closed, for as long as anybody looks ahead.
  static func holidays(from first: Day) -> [Day] {
    let dates = [(1, 1), (1, 6), (5, 1), (8, 15), (10, 12), (11, 1), (12, 6), (12, 8), (12, 25)]
    return (first.year...first.year + 5).flatMap { year in
      dates.compactMap { try? Day(year: year, month: $0.0, day: $0.1) }
    }
  }
}

extension BusinessLife {
  /// An amount as people read it: `12.50`.
  static func money(_ minor: Int64) -> String { Amount(minorUnits: minor).decimal }

  /// An amount of the business's own currency.
  static func amount(_ minor: Int64) -> Amount { Amount(minorUnits: minor) }

  /// A time on a day that is not this one.
  func said(_ instant: Instant) -> String {
    let moment = zone.moment(instant)
    let time = LifeCalendar.time(moment.secondOfDay)
    return moment.day == day ? time : "\(moment.day) \(time)"
  }
}

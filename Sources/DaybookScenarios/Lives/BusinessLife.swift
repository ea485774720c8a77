import DaybookClinicEvents
public import DaybookDesk
import DaybookEngine
import DaybookEvents
public import DaybookValues

/// The life of a small business, a day at a time: what its people do, in the order and at the times
/// in which they do it.
///
/// Like `LegalClinic` it is asked for the next action with what the Desk knows, so that each action
/// rests on those before it and none is refused: a refusal is a mistake of this type. It has no
/// clock and no randomness but its seed: the same seed, first day and book make the same actions.
///
/// ```swift
/// var life = BusinessLife.clinic(seed: 7, from: day)
/// for _ in 0..<60 {
///   life.startDay()
///   while let action = life.next(given: engine.state(of: DeskState.self)) {
///     clock.set(action.at)                      // what is recorded is never ahead of the clock
///     _ = try engine.submit(action.action).result.get()
///   }
/// }
/// ```
///
/// A period or a year is closed with figures that only a department has: `BackOffice.close` fills
/// them in, or `LifeAction.fill`.
public struct BusinessLife: Sendable {
  /// What sort of business it is.
  public enum Trade: String, Hashable, Sendable {
    /// Dentists, a hygienist, a reception with a till, two rooms, a stock room.
    case clinic
    /// A greengrocer's: a counter with a scale and a till, and a back room.
    case shop
  }

  /// What happens at a time of a day, chosen by what the Desk knows then.
  typealias Job = @Sendable (inout BusinessLife, DeskState) -> [Deed]

  /// The seed of everything that is left to chance.
  public let seed: UInt64
  /// What sort of business it is.
  public let trade: Trade
  /// The first day of its books.
  public let firstDay: Day
  /// The day that is lived; the one before the first until `startDay` was called.
  public private(set) var day: Day

  let zone: LifeZone
  private let holidays: [Day]
  var dice: Dice
  private var agenda = Agenda()
  /// What a job has decided on and was not handed out yet.
  private var ready: [Deed] = []
  private var readyFrom = 0
  /// What is to be noted of the last action once the Desk has taken it in.
  private var noted: Deed.Note?
  /// Where the log stood before the last action.
  private(set) var before = Position.start
  /// The second of the day.
  private(set) var second = 0
  private var dayStart = Instant()
  /// Days on which it was open, so far; of the month, and in all.
  private(set) var workdays = 0
  private(set) var monthWorkdays = 0

  var staff = LifeStaff()
  var store = LifeStore()
  var books = LifeBooks()
  var practice = LifePractice()
  var counter = LifeCounter()

  private init(
    _ trade: Trade, seed: UInt64, from: Day, closedOn holidays: [Day]?, zone: LifeZone
  ) {
    self.trade = trade
    self.seed = seed
    firstDay = from
    day = from.advanced(by: -1)
    self.zone = zone
    self.holidays = holidays ?? LifeCalendar.holidays(from: from)
    dice = Dice(seed: seed ^ (trade == .clinic ? 0x636c_696e_6963 : 0x7368_6f70))
  }

  /// The life of a small clinic.
  ///
  /// - Parameters:
  ///   - seed: What is left to chance.
  ///   - from: The first day, on which the book is begun.
  ///   - holidays: Days on which it is closed, beside Sundays; nil for the usual ones of a year.
  ///   - zone: Its time zone, with the offsets; UTC if nothing is said.
  public static func clinic(
    seed: UInt64, from: Day, closedOn holidays: [Day]? = nil, zone: LifeZone = LifeZone()
  ) -> BusinessLife {
    var life = BusinessLife(.clinic, seed: seed, from: from, closedOn: holidays, zone: zone)
    life.foundClinic()
    return life
  }

  /// The life of a small shop. Parameters as for a clinic.
  public static func shop(
    seed: UInt64, from: Day, closedOn holidays: [Day]? = nil, zone: LifeZone = LifeZone()
  ) -> BusinessLife {
    var life = BusinessLife(.shop, seed: seed, from: from, closedOn: holidays, zone: zone)
    life.foundShop()
    return life
  }

  // MARK: - Days

  /// Whether people work on that day: the first of all, and every one that is no Sunday and no
  /// holiday.
  public func isOpen(on day: Day) -> Bool {
    day == firstDay || day.weekday != .sunday && !holidays.contains(day)
  }

  /// Begins the next day.
  ///
  /// - Returns: The day.
  @discardableResult
  public mutating func startDay() -> Day {
    day = day.advanced(by: 1)
    second = 0
    dayStart = zone.start(of: day)
    agenda.start(day)
    if day.day == 1 { monthWorkdays = 0 }
    guard isOpen(on: day) else { return day }
    workdays += 1
    monthWorkdays += 1
    plan(at: LifeCalendar.at(7, 1)) { life, state in
      switch life.trade {
      case .clinic: life.planClinicDay(state)
      case .shop: life.planShopDay(state)
      }
      return []
    }
    return day
  }

  /// The next action of the day; nil where it is over.
  ///
  /// - Parameter state: What the Desk knows, the action before this one included.
  public mutating func next(given state: DeskState) -> LifeAction? {
    if let noted {
      self.noted = nil
      noted(&self, state)
    }
    while true {
      if readyFrom < ready.count {
        let deed = ready[readyFrom]
        readyFrom += 1
        noted = deed.noted
        before = state.periods.lastPosition
        defer { second = min(second + 11, LifeCalendar.lastSecond) }
        return action(deed)
      }
      guard let entry = agenda.next() else { return nil }
      second = max(second, min(entry.second, LifeCalendar.lastSecond))
      ready = entry.job(&self, state)
      readyFrom = 0
    }
  }

  private func action(_ deed: Deed) -> LifeAction {
    var envelope = Envelope()
    envelope.clinic = deed.clinic.number
    if let worker = deed.by {
      envelope.actor = .staff(UInt64(worker) + 1)
    } else {
      envelope.actor = .system
    }
    envelope.role = deed.role.role
    envelope.effective = zone.moment(now)
    let who = deed.by.map { staff.workers[$0].name } ?? "The book"
    return LifeAction(
      day: day, at: now, text: "\(LifeCalendar.time(second))  \(who) \(deed.text)",
      action: ScenarioAction(deed.command, envelope))
  }

  // MARK: - Time

  /// The time that it is.
  var now: Instant { instant(second) }

  /// A second of the day that is lived.
  func instant(_ second: Int) -> Instant {
    Instant(milliseconds: dayStart.milliseconds + Int64(second) * 1000)
  }

  /// A second of some day.
  func instant(_ day: Day, _ second: Int) -> Instant {
    Instant(milliseconds: zone.start(of: day).milliseconds + Int64(second) * 1000)
  }

  /// The first day from `day` on that it is open.
  func openDay(from day: Day) -> Day {
    var day = day
    while !isOpen(on: day) { day = day.advanced(by: 1) }
    return day
  }

  // MARK: - Agenda

  /// Puts something on the agenda of the day.
  mutating func plan(at second: Int, _ job: @escaping Job) {
    agenda.add(on: day, at: second, job)
  }

  /// Puts something on the agenda for so many seconds from now.
  mutating func plan(after seconds: Int, _ job: @escaping Job) {
    agenda.add(on: day, at: second + seconds, job)
  }

  /// Puts something on the agenda of a day after this one, or of the next that it is open.
  mutating func plan(on day: Day, at second: Int, _ job: @escaping Job) {
    agenda.add(on: openDay(from: max(day, self.day.advanced(by: 1))), at: second, job)
  }

  // MARK: - Chance

  /// Every `interval` days of work, on a day that the seed chooses for each `subject`.
  func isTurn(_ interval: Int, _ subject: UInt64) -> Bool {
    var dice = Dice(seed: seed &* 31 &+ subject)
    return (workdays + dice.below(interval)) % interval == 0
  }

  /// One of some things, of which there is at least one.
  mutating func pick<Element>(_ things: [Element]) -> Element { things[dice.below(things.count)] }
}

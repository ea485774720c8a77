import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookValues

// Which thing, how much, when and where.
extension LegalClinic {
  // MARK: - Things

  /// One of the things numbered 1 to `count`, the newest more often: what is open is rarely old.
  mutating func pick<Kind: IdentifierKind>(_ count: Int, _ kind: Kind.Type) -> Identifier<Kind>? {
    guard count > 0 else { return nil }
    let newest = min(count, 24)
    let number = dice.chance(80) ? count - dice.below(newest) : dice.below(count) + 1
    return Identifier<Kind>(UInt64(number))
  }

  /// One of the newest things that `isFit` holds for; a few are looked at.
  mutating func find<Kind: IdentifierKind>(
    _ count: Int, _ kind: Kind.Type, _ isFit: (Identifier<Kind>) -> Bool
  ) -> Identifier<Kind>? {
    for _ in 0..<12 {
      if let id = pick(count, kind), isFit(id) { return id }
    }
    return nil
  }

  /// One of the newest things whose record `isFit` holds for, with its record.
  mutating func find<Kind: IdentifierKind, Record>(
    in table: Dense<Kind, Record>, _ isFit: (Record) -> Bool
  ) -> (id: Identifier<Kind>, record: Record)? {
    for _ in 0..<12 {
      guard let id = pick(table.count, Kind.self), let record = table[id] else { return nil }
      if isFit(record) { return (id, record) }
    }
    return nil
  }

  mutating func one<Element>(of list: [Element]) -> Element? {
    list.isEmpty ? nil : list[dice.below(list.count)]
  }

  /// A word that was not said before.
  mutating func word(_ stem: String) -> String {
    words += 1
    return "\(stem)\(dice.below(900)).\(words)"
  }

  mutating func newPatient() -> LegalCommand {
    LegalCommand(RandomClinic.patient(word("Family")), .reception)
  }

  /// A patient who was not merged away.
  mutating func livePatient(_ state: DeskState) -> PatientID? {
    find(in: state.patients.patients) { $0.mergedInto == nil }?.id
  }

  // MARK: - How much

  mutating func cents(_ range: ClosedRange<Int>) -> Amount {
    Amount(minorUnits: Int64(dice.from(range)), .usd)
  }

  func dollars(_ minor: Int64) -> Amount { Amount(minorUnits: minor, .usd) }

  /// All of it, or as often as not a part; at least 1.
  mutating func part(of whole: Int64) -> Int64 {
    dice.chance(60) ? whole : Int64(dice.from(1...Int(whole)))
  }

  // MARK: - When

  /// An instant on a clinic's own clock.
  func moment(_ instant: Instant, _ state: DeskState, at clinic: ClinicID? = nil) -> Moment {
    state.administration.clinics[clinic ?? here]?.moment(instant) ?? Moment(instant)
  }

  func day(_ instant: Instant, _ state: DeskState, at clinic: ClinicID? = nil) -> Day {
    moment(instant, state, at: clinic).day
  }

  /// Whether nothing keeps an event from being dated on that day.
  func isOpen(_ day: Day, _ state: DeskState, at clinic: ClinicID? = nil) -> Bool {
    PeriodArea.all.allSatisfy { !state.isClosed(day, for: $0, at: clinic ?? here) }
  }

  /// Now, or one time in four up to five days before, and of ten of those one up to six weeks before,
  /// on a day that is open.
  mutating func lately(
    _ state: DeskState, _ now: Instant, at clinic: ClinicID? = nil
  ) -> Instant {
    guard dice.chance(25) else { return now }
    let hours = dice.chance(10) ? dice.from(1...1_000) : dice.from(1...120)
    let then = now - Int64(hours) * .hour
    guard let began, then > began, isOpen(day(then, state, at: clinic), state, at: clinic) else {
      return now
    }
    return then
  }
}

extension Instant {
  /// So many milliseconds later.
  static func + (instant: Instant, milliseconds: Int64) -> Instant {
    Instant(milliseconds: instant.milliseconds + milliseconds)
  }

  /// So many milliseconds earlier.
  static func - (instant: Instant, milliseconds: Int64) -> Instant {
    Instant(milliseconds: instant.milliseconds - milliseconds)
  }
}

extension Int64 {
  static let hour: Int64 = 3_600_000
  static let day: Int64 = 86_400_000
}

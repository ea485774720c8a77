import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// The clock on a clinic's wall, as the clinic's definition carries its zone.
struct CivilClock: Sendable {
  private var transitions: [ZoneTransition] = []

  /// UTC, always.
  init() {}

  init(_ clinic: ClinicDefined) { transitions = Array(clinic.transitions) }

  /// The offset at `instant`; nil where the clinic names none.
  func offset(at instant: Instant) -> UTCOffset? {
    var (low, high) = (0, transitions.count)
    while low < high {
      let middle = (low + high) / 2
      let begins = transitions[middle].at?.milliseconds ?? .min
      if begins <= instant.milliseconds { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? transitions.first?.offset : transitions[low - 1].offset
  }

  /// What the clock shows at `instant`.
  func moment(_ instant: Instant) -> Moment { Moment(instant, offset(at: instant) ?? .utc) }

  /// When the clock shows `second` of `day`; midnight at its end is second 86400.
  ///
  /// A time that the clock skips is the same one of the hour before; of one that it shows twice it is
  /// the first.
  func moment(_ day: Day, second: Int) -> Moment {
    let local = (Int64(day.daysSince1970) * 86_400 + Int64(second)) * 1000
    // Tried with the offset of a day before, so that of two instants the earlier is found.
    let before = offset(at: Instant(milliseconds: local - 86_400_000)) ?? .utc
    let early = Instant(milliseconds: local - Int64(before.seconds) * 1000)
    let offset = offset(at: early) ?? .utc
    return moment(Instant(milliseconds: local - Int64(offset.seconds) * 1000))
  }
}

extension CivilClock: StoredRecord {
  static var blank: CivilClock { CivilClock() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&transitions)
  }
}

import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// Periods and years that are closed, and opened again.
  static let periods: Makers = [
    (.closing, { clinic, state, now in clinic.closing(state, now) }),
    (.reopening, { clinic, state, _ in clinic.reopening(state) }),
    (.yearEnd, { clinic, state, now in clinic.yearEnd(state, now) }),
  ]

  /// The next month of an area, most often of the books; nothing happens in its days any more. Who
  /// closes it fills in the figures.
  private mutating func closing(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let areas: [PeriodArea] = [
      .accounting, .accounting, .accounting, .humanResources, .logistics, .tax,
    ]
    let area = areas[dice.below(areas.count)]
    let today = day(now, state)
    let through = state.periods.closedThrough(here, area)
    // The clocks of the two clinics differ by less than a day.
    let to =
      through.map { $0.advanced(by: 1).lastOfMonth } ?? today.firstOfMonth.advanced(by: -1)
    guard to <= today.advanced(by: -2) else { return nil }
    if area == .accounting {
      for session in state.tills.openSessions(at: here) {
        guard let record = state.tills.openRecord(session), record.opened.day <= to else {
          continue
        }
        // Cash is counted before its day is closed.
        return LegalCommand(closing(record.till, record, state), .cashier)
      }
    }
    let close = ClosePeriod.with {
      $0.area = area
      $0.closing = dice.chance(4) ? .hard : .soft
      $0.to = to
      $0.approver = other
    }
    return LegalCommand(close, .accountant)
  }

  private mutating func reopening(_ state: DeskState) -> LegalCommand? {
    guard let area = one(of: PeriodArea.all), let last = state.periods.lastClosed(here, area),
      last.to > state.periods.hardThrough(here, area) ?? .min
    else { return nil }
    let reopen = ReopenPeriod.with {
      $0.area = area
      $0.from = last.from
      $0.reason = "something was forgotten"
      $0.approver = other
    }
    return LegalCommand(reopen, .accountant)
  }

  private mutating func yearEnd(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    for clinic in [here, elsewhere()] {
      guard let through = state.periods.closedThrough(clinic, .accounting), let began,
        var end = try? Day(year: day(began, state).year, month: 12, day: 31)
      else { continue }
      if let last = state.periods.lastYear(clinic) {
        guard let next = try? Day(year: last.end.year + 1, month: 12, day: 31) else { continue }
        end = next
      }
      guard end <= through else { continue }
      let close = CloseYear.with {
        $0.yearEnd = end
        $0.approver = other
      }
      return LegalCommand(close, .accountant, at: clinic)
    }
    return nil
  }
}

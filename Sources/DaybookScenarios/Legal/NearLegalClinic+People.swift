import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookValues

extension NearLegalClinic {
  /// Contracts, absences and commission.
  static let people: [Maker] = [
    { near, state, now in near.leavesWithShifts(state, now) },
    { near, state, now in near.leavesBeforeStart(state, now) },
    { near, state, _ in near.absentTwice(state) },
    { near, state, now in near.absentTooLong(state, now) },
    { near, state, _ in near.decidedOwn(state) },
    { near, state, _ in near.decidedTwice(state) },
    { near, state, now in near.agreedTwice(state, now) },
    { near, _, now in near.hiredNowhere(now) },
  ]

  /// Shifts and clocks.
  static let time: [Maker] = [
    { near, state, now in near.onTwoShifts(state, now) },
    { near, state, now in near.shiftInLeave(state, now) },
    { near, state, now in near.clockedInTwice(state, now) },
    { near, state, now in near.clockedOutTwice(state, now) },
    { near, state, now in near.correctedOwn(state, now) },
    { near, state, now in near.hoursBesideClock(state, now) },
    { near, _, now in near.clockedTomorrow(now) },
  ]

  private mutating func leavesWithShifts(_ state: DeskState, _ now: Instant) -> Nearly? {
    let after = (now + 2 * .day).milliseconds
    let people = state.people
    let staff = legal.find(people.members.count, StaffKind.self) {
      people.members[$0]?.engagement.lastDay == nil
        && people.shiftTimes.last(of: $0.number, from: after, to: .max) != nil
    }
    guard let staff else { return nil }
    let end = EndContract.with {
      $0.staff = staff
      $0.lastDay = Moment(now).day
      $0.reason = .resigned
    }
    return (LegalCommand(end, .payroll), .hasDependents)
  }

  private func leavesBeforeStart(_ state: DeskState, _ now: Instant) -> Nearly? {
    guard let start = state.people.members[StaffID(1)]?.engagement.start else { return nil }
    let end = EndContract.with {
      $0.staff = StaffID(1)
      $0.lastDay = start.advanced(by: -1)
      $0.reason = .resigned
    }
    return (LegalCommand(end, .payroll), .outOfRange)
  }

  private mutating func absentTwice(_ state: DeskState) -> Nearly? {
    guard let (_, known) = legal.find(in: state.people.absences, { $0.stands }) else { return nil }
    let record = RecordAbsence.with {
      $0.staff = known.staff
      $0.type = .sick
      $0.from = known.to
      $0.to = known.to
    }
    return (LegalCommand(record, .payroll), .overlap)
  }

  /// More leave than anybody has kept in all the years of a history.
  private func absentTooLong(_ state: DeskState, _ now: Instant) -> Nearly? {
    let from = Moment(now).day.advanced(by: 500)
    let record = RecordAbsence.with {
      $0.staff = StaffID(2)
      $0.type = .holiday
      $0.from = from
      $0.to = from.advanced(by: 2_000)
      $0.requested = true
    }
    return (LegalCommand(record, .payroll), .leaveExceeded)
  }

  /// Who is absent does not approve it.
  private mutating func decidedOwn(_ state: DeskState) -> Nearly? {
    let found = legal.find(in: state.people.absences) {
      $0.outcome == .unspecified && $0.staff < LegalClinic.trespasser
    }
    guard let (id, absence) = found else { return nil }
    let decide = DecideAbsence.with {
      $0.absence = id
      $0.outcome = .approved
    }
    return (LegalCommand(decide, .payroll, by: absence.staff), .needsSecondPerson)
  }

  private mutating func decidedTwice(_ state: DeskState) -> Nearly? {
    let found = legal.find(in: state.people.absences) {
      $0.outcome == .refused || $0.outcome == .cancelled
    }
    guard let (id, _) = found else { return nil }
    let decide = DecideAbsence.with {
      $0.absence = id
      $0.outcome = .approved
    }
    return (LegalCommand(decide, .payroll), .invalidState)
  }

  private func agreedTwice(_ state: DeskState, _ now: Instant) -> Nearly? {
    for staff in (1...2).map({ StaffID($0) }) {
      guard let rule = state.people.members[staff]?.commissionRules.first,
        let known = state.people.rules[rule]
      else { continue }
      let set = SetCommissionRule.with {
        $0.staff = staff
        $0.basis = .charged
        $0.yield = .share(Rate(basisPoints: 100))
        $0.from = known.from
      }
      return (LegalCommand(set, .payroll), .overlap)
    }
    return nil
  }

  private func hiredNowhere(_ now: Instant) -> Nearly? {
    let hire = HireStaff.with {
      $0.person.name = "Nobody"
      $0.contract = .employee
      $0.start = Moment(now).day
    }
    return (LegalCommand(hire, .payroll), .fieldRequired)
  }

  // MARK: - Time

  private func shift(_ staff: StaffID, from start: Instant) -> LegalCommand {
    let schedule = ScheduleShift.with {
      $0.staff = staff
      $0.start = start
      $0.end = start + 4 * .hour
    }
    return LegalCommand(schedule, .reception)
  }

  private func onTwoShifts(_ state: DeskState, _ now: Instant) -> Nearly? {
    for number in UInt64(1)...2 {
      let last = state.people.shiftTimes.last(of: number, from: now.milliseconds, to: .max)
      guard let last else { continue }
      return (shift(StaffID(number), from: Instant(milliseconds: last.start)), .overlap)
    }
    return nil
  }

  private mutating func shiftInLeave(_ state: DeskState, _ now: Instant) -> Nearly? {
    let today = Moment(now).day
    let people = state.people
    let found = legal.find(in: people.absences) {
      $0.outcome == .approved && $0.from > today
        && people.leave(of: $0.staff, from: $0.from, to: $0.from) != nil
    }
    guard let (_, absence) = found,
      let start = state.administration.clinics[legal.here]?.start(of: absence.from).instant
    else { return nil }
    return (shift(absence.staff, from: start + 8 * .hour), .overlap)
  }

  private mutating func clockedInTwice(_ state: DeskState, _ now: Instant) -> Nearly? {
    let found = legal.find(in: state.people.entries) {
      $0.end == nil && $0.start.instant + 15 * .hour > now && $0.start.instant <= now
    }
    guard let (_, entry) = found else { return nil }
    let clockIn = ClockIn.with { $0.staff = entry.staff }
    return (LegalCommand(clockIn, .payroll, at: entry.clinic), .alreadyClockedIn)
  }

  private mutating func clockedOutTwice(_ state: DeskState, _ now: Instant) -> Nearly? {
    guard let (id, entry) = legal.find(in: state.people.entries, { $0.end != nil }) else {
      return nil
    }
    let clockOut = ClockOut.with { $0.entry = id }
    return (LegalCommand(clockOut, .payroll, at: entry.clinic), .notClockedIn)
  }

  /// The worker approves the correction.
  private mutating func correctedOwn(_ state: DeskState, _ now: Instant) -> Nearly? {
    let found = legal.find(in: state.people.entries) { $0.staff < LegalClinic.trespasser }
    guard let (id, entry) = found else { return nil }
    let correct = CorrectTimeEntry.with {
      $0.entry = id
      $0.clockOut = entry.start.instant + 1
      $0.reason = "mine"
    }
    return (
      LegalCommand(correct, .payroll, at: entry.clinic, by: entry.staff), .needsSecondPerson
    )
  }

  private mutating func hoursBesideClock(_ state: DeskState, _ now: Instant) -> Nearly? {
    guard let (_, entry) = legal.find(in: state.people.entries, { $0.end != nil }) else {
      return nil
    }
    let people = state.people
    let hours = RecordHours.with {
      $0.staff = entry.staff
      $0.day = entry.start.day
      $0.seconds = 3_600
    }
    let from = entry.start.instant.milliseconds
    // An entry of no length takes no time.
    guard people.entryTimes.last(of: entry.staff.number, from: from, to: from + 1) != nil else {
      return nil
    }
    return (LegalCommand(hours, .payroll, at: entry.clinic), .overlap)
  }

  private func clockedTomorrow(_ now: Instant) -> Nearly? {
    let clockIn = ClockIn.with {
      $0.staff = StaffID(1)
      $0.at = now + 2 * .day
    }
    return (LegalCommand(clockIn, .payroll), .futureNotAllowed)
  }
}

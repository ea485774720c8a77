import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// Shifts, and when people come and go.
  static let time: Makers = [
    (.shift, { clinic, state, now in clinic.shift(state, now) }),
    (.clockIn, { clinic, state, now in clinic.clockIn(state, now) }),
    (.clockOut, { clinic, state, now in clinic.clockOut(state, now) }),
    (.timeCorrection, { clinic, state, now in clinic.timeCorrection(state, now) }),
    (.hours, { clinic, state, now in clinic.hours(state, now) }),
  ]

  /// A member of staff who works at the clinic on that day.
  private mutating func worker(_ state: DeskState, on day: Day, at clinic: ClinicID) -> StaffID? {
    let members = state.people.members
    return find(members.count, StaffKind.self) {
      $0 != Self.trespasser && members[$0]?.works(at: clinic, on: day) == true
    }
  }

  private func isPaid(_ day: Day, _ state: DeskState, at clinic: ClinicID) -> Bool {
    state.people.runTimes.last(
      of: clinic.number, from: Int64(day.daysSince1970), to: Int64(day.daysSince1970) + 1) != nil
  }

  private mutating func shift(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let start = now + Int64(dice.from(24...400)) * .hour
    let end = start + Int64(dice.from(4...10)) * .hour
    let (first, last) = (day(start, state), day(end - 1, state))
    guard let staff = worker(state, on: first, at: here) else { return nil }
    let people = state.people
    guard
      people.shiftTimes.last(
        of: staff.number, from: start.milliseconds, to: end.milliseconds) == nil,
      people.leave(of: staff, from: first, to: last) == nil
    else { return nil }
    let schedule = ScheduleShift.with {
      $0.staff = staff
      $0.role = "floor"
      $0.start = start
      $0.end = end
      $0.breakSeconds = 1_800
    }
    return LegalCommand(schedule, .reception)
  }

  private mutating func clockIn(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let people = state.people
    let today = day(now, state)
    guard let staff = worker(state, on: today, at: here), !isPaid(today, state, at: here),
      let member = people.members[staff]
    else { return nil }
    let time = now.milliseconds
    let number = Int64(today.daysSince1970)
    let isAtWork = member.openEntries.contains { open in
      let since = people.entries[open]?.start.instant ?? now
      return !WorkedTime.isForgotten(openSince: since, at: now)
    }
    guard !isAtWork,
      people.entryTimes.last(of: staff.number, from: time, to: time + 1) == nil,
      people.hourTimes.last(of: staff.number, from: number, to: number + 1) == nil
    else { return nil }
    let clockIn = ClockIn.with {
      $0.staff = staff
      $0.method = .terminal
    }
    return LegalCommand(clockIn, .payroll)
  }

  /// Who is at work goes: an entry of more than a day counts nothing until it is corrected.
  private mutating func clockOut(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let people = state.people
    guard let (id, entry) = find(in: people.entries, { $0.end == nil }),
      !isPaid(entry.start.day, state, at: entry.clinic)
    else { return nil }
    // People go after some hours, however long nothing else happened.
    let began = entry.start.instant
    let most = max(1, min(14 * .hour, now.milliseconds - began.milliseconds))
    let at = dice.chance(85) ? began + Int64(dice.from(1...Int(most))) : now
    let isLong = WorkedTime.needsCorrection(from: began, to: at)
    guard at > began, at <= now, isOpen(day(at, state, at: entry.clinic), state, at: entry.clinic),
      isLong || isFree(entry.staff, people, from: began, to: at, except: id)
    else { return nil }
    let clockOut = ClockOut.with {
      $0.entry = id
      $0.at = at
      $0.breakSeconds = at.milliseconds - began.milliseconds > 6 * .hour ? 1_800 : 0
    }
    return LegalCommand(clockOut, .payroll, at: entry.clinic)
  }

  /// No other entry of the person, ended or open, shares time with the interval.
  private func isFree(
    _ staff: StaffID, _ people: PeopleState, from start: Instant, to end: Instant,
    except entry: TimeEntryID
  ) -> Bool {
    people.entryTimes.last(
      of: staff.number, from: start.milliseconds, to: end.milliseconds, except: entry.number)
      == nil
      && people.members[staff]?.openEntries.contains { open in
        let since = people.entries[open]?.start.instant ?? end
        return open != entry && since >= start && since < end
      } != true
  }

  private mutating func timeCorrection(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let people = state.people
    // What was forgotten is mended first.
    let forgotten = find(in: people.entries) { entry in
      entry.end == nil && WorkedTime.isForgotten(openSince: entry.start.instant, at: now)
        || entry.end.map { WorkedTime.needsCorrection(from: entry.start.instant, to: $0) } == true
    }
    guard let (id, entry) = forgotten ?? find(in: people.entries, { $0.end != nil }) else {
      return nil
    }
    let start = entry.start.instant
    let end = start + Int64(dice.from(1...8)) * .hour
    let number = Int64(entry.start.day.daysSince1970)
    guard end <= now, isOpen(entry.start.day, state, at: entry.clinic),
      !isPaid(entry.start.day, state, at: entry.clinic),
      isFree(entry.staff, people, from: start, to: end, except: id),
      people.hourTimes.last(of: entry.staff.number, from: number, to: number + 1) == nil
    else { return nil }
    let correct = CorrectTimeEntry.with {
      $0.entry = id
      $0.clockOut = end
      $0.reason = "forgotten"
    }
    return LegalCommand(
      correct, .payroll, at: entry.clinic, by: entry.staff == who ? other : who)
  }

  /// A total of several people, or the day of who does not clock.
  private mutating func hours(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let today = day(lately(state, now), state)
    guard isOpen(today, state) else { return nil }
    var record = RecordHours()
    record.day = today
    record.role = "assistants"
    record.seconds = UInt32(dice.from(0...40_000))
    record.source = "another system"
    if dice.chance(50), state.people.members[Self.trespasser]?.works(at: here, on: today) == true {
      guard !isPaid(today, state, at: here) else { return nil }
      record.staff = Self.trespasser
    }
    return LegalCommand(record, .payroll)
  }
}

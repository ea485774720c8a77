import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookValues

// Leave that is asked for, and people who fall ill.
extension BusinessLife {
  /// How far ahead nobody is booked yet: leave begins after it.
  static let bookedDays = 21

  /// Plans that somebody asks for leave, or is ill, today.
  mutating func planAbsences() {
    if isTurn(11, 1) {
      plan(at: LifeCalendar.at(13, 10)) { life, state in life.askForLeave(state) }
    }
    if isTurn(17, 2) {
      plan(at: LifeCalendar.at(8, 5)) { life, state in life.fallIll(state) }
    }
  }

  private mutating func askForLeave(_ state: DeskState) -> [Deed] {
    let able = staff.workers.indices.filter {
      staff.workers[$0].clocks && staff.workers[$0].leaveDays > 0
        && staff.workers[$0].duty(on: day) != nil && staff.workers[$0].end == .max
    }
    guard !able.isEmpty else { return [] }
    let worker = pick(able)
    let from = openDay(from: day.advanced(by: Self.bookedDays + 5 + dice.below(20)))
    let to = from.advanced(by: dice.below(5))
    guard let member = state.people.members[Self.id(worker)],
      (from.daysSince1970...to.daysSince1970).allSatisfy({
        !staff.workers[worker].isAway(on: Day(daysSince1970: $0))
      })
    else { return [] }
    let asked = Leave.seconds(from: from, to: to, member.engagement)
    let entitled = Leave.entitled(member.engagement, throughYear: from.year)
    guard asked > 0, staff.workers[worker].leaveTaken + asked <= entitled else { return [] }
    let record = RecordAbsence.with {
      $0.type = .holiday
      $0.from = from
      $0.to = to
      $0.requested = true
    }
    let deed = Deed(
      worker, staff.workers[worker].roles[0], record, "asks for leave from \(from) to \(to)"
    ) { life, state in
      let id = AbsenceID(UInt64(state.people.absences.count))
      life.staff.workers[worker].absences.append(Worker.Absence(id: id, from: from, to: to))
      life.staff.workers[worker].leaveTaken += asked
      life.plan(on: life.day.advanced(by: 1), at: LifeCalendar.at(12, 30)) { life, _ in
        life.decideLeave(worker, id, asked)
      }
    }
    return [deed]
  }

  private mutating func decideLeave(
    _ worker: Int, _ id: AbsenceID, _ seconds: Int64
  ) -> [Deed] {
    let outcome: AbsenceOutcome = dice.chance(85) ? .approved : .refused
    let decide = DecideAbsence.with {
      $0.absence = id
      $0.outcome = outcome
    }
    let name = staff.workers[worker].name
    let deed = Deed(
      manager, .admin, decide,
      outcome == .approved ? "approves the leave of \(name)" : "refuses the leave of \(name)")
    if outcome == .refused {
      giveBack(worker, id, seconds)
    } else if dice.chance(15) {
      plan(on: day.advanced(by: 3), at: LifeCalendar.at(13, 20)) { life, _ in
        life.cancelLeave(worker, id, seconds)
      }
    }
    return [deed]
  }

  private mutating func cancelLeave(
    _ worker: Int, _ id: AbsenceID, _ seconds: Int64
  ) -> [Deed] {
    giveBack(worker, id, seconds)
    let decide = DecideAbsence.with {
      $0.absence = id
      $0.outcome = .cancelled
    }
    return [Deed(worker, staff.workers[worker].roles[0], decide, "does not take the leave")]
  }

  private mutating func giveBack(_ worker: Int, _ id: AbsenceID, _ seconds: Int64) {
    staff.workers[worker].absences.removeAll { $0.id == id }
    staff.workers[worker].leaveTaken -= seconds
  }

  private mutating func fallIll(_ state: DeskState) -> [Deed] {
    let able = staff.workers.indices.filter {
      staff.workers[$0].contract != .owner && $0 != bookkeeper
        && staff.workers[$0].duty(on: day).map { $0.from > second } == true
    }
    guard !able.isEmpty else { return [] }
    let worker = pick(able)
    var last = day.advanced(by: dice.below(3))
    while last > day, last > staff.workers[worker].end || staff.workers[worker].isAway(on: last) {
      last = last.advanced(by: -1)
    }
    if (day.daysSince1970...last.daysSince1970).contains(where: {
      staff.workers[worker].isAway(on: Day(daysSince1970: $0))
    }) {
      last = day
    }
    let (from, to) = (day, last)
    let record = RecordAbsence.with {
      $0.staff = Self.id(worker)
      $0.type = .sick
      $0.from = from
      $0.to = to
    }
    let deed = Deed(
      manager, .admin, record, "notes that \(staff.workers[worker].name) is ill until \(to)"
    ) { life, state in
      let id = AbsenceID(UInt64(state.people.absences.count))
      life.staff.workers[worker].absences.append(Worker.Absence(id: id, from: from, to: to))
      if life.trade == .clinic { life.planWithout(worker, from: from, to: to) }
    }
    return [deed]
  }
}

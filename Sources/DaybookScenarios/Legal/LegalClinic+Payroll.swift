import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// What people have earned is approved, month by month.
  static let payroll: Makers = [
    (.payrollRun, { clinic, state, now in clinic.run(state, now) })
  ]

  /// The first month at the clinic that is over and no run has settled.
  mutating func run(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let people = state.people
    guard let began else { return nil }
    let today = day(now, state)
    var from = day(began, state).firstOfMonth
    while from.lastOfMonth < today,
      people.runTimes.last(
        of: here.number, from: Int64(from.daysSince1970),
        to: Int64(from.lastOfMonth.daysSince1970) + 1) != nil
    {
      from = from.lastOfMonth.advanced(by: 1)
    }
    let to = from.lastOfMonth
    guard to < today, isCounted(state, from: from, to: to) else { return nil }
    // Posted on its last day, or today where that is closed.
    let date = isOpen(to, state) && dice.chance(60) ? to : today
    var lines: [PayrollLine] = []
    for source in people.payrollSources(at: here, from: from, to: to) {
      guard var line = try? PayrollRules.line(source, in: .usd) else { return nil }
      if line.components.isEmpty, line.commission.isZero, line.seconds == 0 { continue }
      withhold(&line)
      lines.append(line)
    }
    let approve = ApprovePayroll.with {
      $0.from = from
      $0.to = to
      $0.lines = Few(lines)
      $0.position = state.periods.lastPosition
      $0.approver = other
      $0.date = date
    }
    return LegalCommand(approve, .payroll)
  }

  /// No entry of the days is open, or too long to count.
  private func isCounted(_ state: DeskState, from: Day, to: Day) -> Bool {
    let people = state.people
    for number in 1...UInt64(people.members.count) {
      for open in people.members[StaffID(number)]?.openEntries ?? [] {
        if let entry = people.entries[open], entry.clinic == here, entry.start.day <= to {
          return false
        }
      }
      let times = people.entryTimes.all(
        of: number, from: (Int64(from.daysSince1970) - 2) * .day,
        to: (Int64(to.daysSince1970) + 3) * .day)
      let isLong = times.contains {
        $0.clinic == here.number && $0.end - $0.start > WorkedTime.longestMilliseconds
      }
      if isLong { return false }
    }
    return true
  }

  /// Tax and social security, which differ by country and are given with the run.
  private mutating func withhold(_ line: inout PayrollLine) {
    let earned = line.net.minorUnits
    guard line.contract == .employee, earned > 100, dice.chance(80) else { return }
    for (code, type, share) in [
      ("tax", ComponentType.taxWithheld, Int64(10)), ("social", .employeeShare, 20),
      ("employer", .employerShare, 5),
    ] {
      line.components.append(
        .with {
          $0.code = code
          $0.type = type
          $0.clinic = here
          $0.base = Amount(minorUnits: earned)
          $0.amount = Amount(minorUnits: earned / share)
        })
    }
    if let net = try? PayrollRules.net(of: line) { line.net = Amount(minorUnits: net) }
  }
}

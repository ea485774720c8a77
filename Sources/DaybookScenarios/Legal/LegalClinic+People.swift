import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// Contracts, credentials, absences and what is agreed on commission.
  static let people: Makers = [
    (.hiring, { clinic, state, now in clinic.hiring(state, now) }),
    (.newTerms, { clinic, state, now in clinic.newTerms(state, now) }),
    (.leaving, { clinic, state, now in clinic.leaving(state, now) }),
    (.credential, { clinic, state, now in clinic.credential(state, now) }),
    (.absence, { clinic, state, now in clinic.absence(state, now) }),
    (.absenceDecision, { clinic, state, _ in clinic.absenceDecision(state) }),
    (.commissionRule, { clinic, state, now in clinic.commissionRule(state, now) }),
  ]

  private mutating func hiring(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    // Who leaves is followed by somebody, year by year.
    let years = began.map { (now.milliseconds - $0.milliseconds) / (365 * .day) } ?? 0
    guard state.people.members.count < size.staff + 7 + Int(min(years, 25)) else { return nil }
    let hire = HireStaff.with {
      $0.person.name = word("Newcomer ")
      $0.clinics = [here]
      $0.contract = .employee
      $0.weekSeconds = 20 * 3_600
      $0.payBasis = .hour
      $0.payRate = UnitPrice(tenThousandths: Int64(dice.from(10_0000...40_0000)))
      $0.leaveDays = Quantity(thousandths: 20_000)
      $0.start = day(now, state)
    }
    return LegalCommand(hire, .payroll)
  }

  private mutating func newTerms(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    guard let staff = newcomer(state, { $0.engagement.lastDay == nil }),
      let member = state.people.members[staff]
    else { return nil }
    let from = day(now, state).advanced(by: dice.from(1...10))
    let terms = member.engagement.terms(on: from)
    let amend = AmendContract.with {
      $0.staff = staff
      $0.from = from
      $0.clinics = terms.clinics
      $0.contract = terms.contract
      $0.weekSeconds = UInt32(dice.from(10...40)) * 3_600
      $0.payBasis = dice.chance(50) ? .hour : .month
      $0.payRate = UnitPrice(tenThousandths: Int64(dice.from(10_0000...2_000_0000)))
      $0.leaveDays = terms.leaveDays
      $0.reason = "another week"
    }
    return LegalCommand(amend, .payroll)
  }

  private mutating func leaving(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    guard let staff = newcomer(state, { $0.engagement.lastDay == nil }),
      let member = state.people.members[staff]
    else { return nil }
    let lastDay = day(now, state).advanced(by: dice.below(20))
    let after = (now + Int64(-2) * .day).milliseconds
    // Nobody leaves with a shift ahead.
    guard lastDay >= member.engagement.start,
      member.engagement.terms(on: lastDay).contract == .employee,
      state.people.shiftTimes.last(of: staff.number, from: after, to: .max) == nil
    else { return nil }
    let end = EndContract.with {
      $0.staff = staff
      $0.lastDay = lastDay
      $0.reason = .resigned
    }
    return LegalCommand(end, .payroll)
  }

  private mutating func credential(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    guard let staff = pick(state.people.members.count, StaffKind.self) else { return nil }
    let record = RecordCredential.with {
      $0.staff = staff
      // Trainings and vaccinations may lapse; licences are kept up.
      $0.type = [.licence, .insurance, .training, .vaccination][dice.below(4)]
      $0.name = word("certificate ")
      $0.number = word("no. ")
      $0.from = day(now, state).advanced(by: 0 - dice.below(300))
      let isKept = $0.type == .licence || $0.type == .insurance
      $0.to = isKept ? nil : $0.from.advanced(by: dice.below(900))
    }
    return LegalCommand(record, .payroll)
  }

  /// On days to come, which no run of the payroll has settled.
  private mutating func absence(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let people = state.people
    guard let staff = pick(people.members.count, StaffKind.self), staff != Self.trespasser,
      let member = people.members[staff]
    else { return nil }
    let from = day(now, state).advanced(by: dice.from(2...60))
    let to = from.advanced(by: dice.chance(60) ? 0 : dice.below(6))
    guard member.engagement.covers(from), member.engagement.covers(to),
      people.absenceTimes.last(
        of: staff.number, from: Int64(from.daysSince1970), to: Int64(to.daysSince1970) + 1) == nil
    else { return nil }
    var types: [AbsenceType] = [.sick, .unpaid, .training, .parental, .other]
    // Who is there from the beginning has enough of it for a few days each year.
    let taken = holidays[HolidayYear(staff: staff, year: from.year)] ?? 0
    if isLead(staff), taken < 3 { types += [.holiday, .holiday, .holiday] }
    let type = types[dice.below(types.count)]
    let record = RecordAbsence.with {
      $0.staff = staff
      $0.type = type
      $0.from = from
      $0.to = to
      $0.requested = dice.chance(60)
    }
    // A holiday of one's own is asked for, or recorded by somebody else.
    return LegalCommand(record, .payroll, by: staff == who ? other : who)
  }

  private mutating func absenceDecision(_ state: DeskState) -> LegalCommand? {
    let found = find(in: state.people.absences) { $0.outcome == .unspecified }
    if let (id, absence) = found {
      let decide = DecideAbsence.with {
        $0.absence = id
        $0.outcome = [.approved, .approved, .refused, .cancelled][dice.below(4)]
      }
      return isOpen(absence.from, state)
        ? LegalCommand(decide, .payroll, by: absence.staff == who ? other : who) : nil
    }
    guard let (id, absence) = find(in: state.people.absences, { $0.outcome == .approved }),
      isOpen(absence.from, state), !isSettled(absence, state)
    else { return nil }
    let cancel = DecideAbsence.with {
      $0.absence = id
      $0.outcome = .cancelled
    }
    return LegalCommand(cancel, .payroll, by: absence.staff == who ? other : who)
  }

  private func isSettled(_ absence: AbsenceRecord, _ state: DeskState) -> Bool {
    let home = state.people.members[absence.staff]?.engagement.terms(on: absence.from).home
    return state.people.runTimes.last(
      of: home?.number ?? 0, from: Int64(absence.from.daysSince1970),
      to: Int64(absence.to.daysSince1970) + 1) != nil
  }

  /// One rule for each who is there from the beginning, which changes from time to time.
  private mutating func commissionRule(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let known = state.people.members[who]?.commissionRules.first
    let set = SetCommissionRule.with {
      $0.rule = known
      $0.staff = who
      $0.basis = dice.chance(50) ? .charged : .collected
      $0.yield =
        dice.chance(80)
        ? .share(Rate(basisPoints: Int64(dice.from(100...4_000)))) : .fixed(cents(0...2_000))
      $0.deductMaterials = dice.chance(50)
      if dice.chance(25) { $0.services = [Self.consultation, Self.laser] }
      $0.from = day(now, state)
    }
    return LegalCommand(set, .payroll)
  }
}

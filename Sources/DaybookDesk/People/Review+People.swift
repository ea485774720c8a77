import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
package import DaybookValues

extension ClinicRole {
  /// The roles of everybody who works here, for what concerns themselves.
  static var ofAnybody: [ClinicRole] {
    [.reception, .practitioner, .cashier, .buyer, .accountant, .payroll, .admin]
  }
}

extension ClinicRecord {
  /// The beginning of a civil day on the clinic's own clock.
  package func start(of day: Day) -> Moment {
    let utc = Int64(day.daysSince1970) * 86_400_000
    // The offset of a midnight is that of the time which it would be by a nearby offset.
    var offset = moment(Instant(milliseconds: utc)).offset
    for _ in 0..<2 {
      offset = moment(Instant(milliseconds: utc - Int64(offset.seconds) * 1000)).offset
    }
    return Moment(Instant(milliseconds: utc - Int64(offset.seconds) * 1000), offset)
  }
}

extension Review {
  /// The beginning of a day on the clinic's clock; on the command's own for the whole book.
  func start(of day: Day) -> Moment {
    if let clinic { return clinic.start(of: day) }
    let milliseconds = Int64(day.daysSince1970) * 86_400_000
    return Moment(
      Instant(milliseconds: milliseconds - Int64(effective.offset.seconds) * 1000),
      effective.offset)
  }

  mutating func requireInRange(_ day: Day, _ field: String) {
    if !day.isInRange {
      refuse(DeskRefusal.outOfRange("\(day)", "a day of the years 1 to 9999"), field)
    }
  }

  /// Both are days, and the last is not before the first.
  ///
  /// - Returns: Whether they are.
  @discardableResult
  mutating func requireRange(_ from: Day, _ to: Day, _ field: String) -> Bool {
    requireInRange(from, "from")
    requireInRange(to, field)
    if to < from { refuse(PeopleRefusal.endsBefore(from), field) }
    return from.isInRange && to.isInRange && from <= to
  }

  /// The member works at the clinic of the envelope on that day.
  mutating func requireWorking(
    _ staff: StaffID, _ member: MemberRecord, on day: Day, _ field: String
  ) {
    let here = ClinicID(context.clinic)
    if !member.engagement.covers(day) {
      question(PeopleRefusal.notEngaged(staff, day), field)
    } else if !member.engagement.terms(on: day).clinics.contains(here) {
      question(AdministrationRefusal.notWorkingHere(staff, clinic: here), field)
    }
  }

  /// What concerns somebody else takes a role for it; oneself anybody may.
  mutating func requireOneself(_ staff: StaffID, or roles: [ClinicRole], _ field: String) {
    if isImport || context.actor.staffNumber == staff.number { return }
    guard let role = ClinicRole(context.role), !roles.contains(role) else { return }
    refuse(
      DeskRefusal.notPermitted(
        actor: context.actor.staffNumber.map { "\(StaffID($0))" } ?? "the actor",
        role: "\(role)", allowed: roles), field)
  }

  /// Somebody else than `staff` approves; where one person works alone it is a finding.
  ///
  /// - Parameters:
  ///   - approver: Who approves; the actor if nil.
  ///   - roles: The roles that may.
  /// - Returns: Who approved; nil in history.
  mutating func approver(
    _ approver: StaffID?, of staff: StaffID, roles: [ClinicRole], _ state: DeskState,
    _ field: String
  ) -> StaffID? {
    if let approver { requireKnown(approver, in: state.people.members, field) }
    if isImport { return approver }
    guard let approver = approver ?? context.actor.staffNumber.map({ StaffID($0) }) else {
      refuse(PeopleRefusal.secondPerson(staff), field)
      return nil
    }
    if approver == staff {
      if state.people.members.count > 1 {
        refuse(PeopleRefusal.secondPerson(staff), field)
      } else {
        note(PeopleRefusal.worksAlone(staff), field)
      }
    } else if state.people.members.contains(approver),
      !roles.contains(where: {
        state.administration.holds($0, approver, at: ClinicID(context.clinic))
      })
    {
      refuse(DeskRefusal.approver(approver), field)
    }
    return approver
  }

  /// The payroll of the clinic for that day is not approved.
  mutating func requireOpenPayroll(
    at clinic: ClinicID, on day: Day, _ state: DeskState, _ field: String
  ) {
    requireOpenPayroll(at: clinic, from: day, to: day, state, field)
  }

  /// The payroll of the clinic is not approved for any of the days.
  mutating func requireOpenPayroll(
    at clinic: ClinicID, from: Day, to: Day?, _ state: DeskState, _ field: String
  ) {
    let end = to.map { Int64($0.daysSince1970) + 1 } ?? .max
    if let run = state.people.runTimes.last(
      of: clinic.number, from: Int64(from.daysSince1970), to: end)
    {
      let day = max(from, Day(daysSince1970: Int32(clamping: run.start)))
      refuse(PeopleRefusal.payrollApproved(PayrollRunID(run.number), day), field)
    }
  }

  /// What was said of a member of staff is given to the log in words about that human being.
  func staffNote(_ text: String, _ member: MemberRecord?) -> StaffNote {
    StaffNote(text, about: text.isEmpty ? 0 : member?.person ?? 0)
  }
}

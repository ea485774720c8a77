import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// Where and when patients can be seen.
extension VisitsModel {
  mutating func applyAdministration(_ event: borrowing Event) throws {
    guard let tag = AdministrationTag(rawValue: event.header.tag) else { return }
    switch tag {
    case .clinicDefined: define(try event.payload(ClinicDefined.self), event)
    case .resourceDefined: define(try event.payload(ResourceDefined.self), event)
    case .partyRegistered: references.note(event)
    case .rolesSet, .accountDefined, .postingRuleSet, .serviceDefined, .priceSet, .taxCodeSet: break
    }
  }

  private mutating func define(_ clinic: ClinicDefined, _ event: borrowing Event) {
    references.note(event)
    let clock = CivilClock(clinic)
    clocks[clinic.clinic] = clock
    clinics.append(
      ClinicRow(
        position: event.header.position, clinic: clinic.clinic, clock: clock,
        hours: Array(clinic.openHours)))
  }

  private mutating func define(_ resource: ResourceDefined, _ event: borrowing Event) {
    references.note(event)
    resources.append(
      ResourceRow(
        position: event.header.position, resource: resource.resource,
        clinic: ClinicID(event.header.clinic), hours: Array(resource.openHours),
        isClosed: resource.retired || resource.type == .steriliser))
  }

  /// Of stock the front office knows whether rooms and devices may be used.
  mutating func applyLogistics(_ event: borrowing Event) throws {
    guard LogisticsTag(rawValue: event.header.tag) == .equipmentServiced else { return }
    let serviced = try event.payload(EquipmentServiced.self)
    fitnesses.append(
      FitnessRow(
        position: event.header.position, resource: serviced.resource,
        at: event.header.effective.instant, isUnfit: serviced.result != .fit))
  }

  mutating func applyHumanResources(_ event: borrowing Event) throws {
    guard let tag = HumanResourcesTag(rawValue: event.header.tag) else { return }
    switch tag {
    case .staffHired:
      let hired = try event.payload(StaffHired.self)
      references.note(event)
      staff.append(
        StaffRow(
          position: event.header.position, staff: hired.staff, clinics: Array(hired.clinics),
          weekSeconds: hired.weekSeconds, from: hired.start))
    case .contractAmended: amend(try event.payload(), event.header)
    case .staffLeft: leave(try event.payload(), event.header)
    case .shiftScheduled: schedule(try event.payload(), event.header)
    case .absenceRecorded: absent(try event.payload(), event.header)
    case .absenceDecided: decide(try event.payload(), event.header)
    case .credentialRecorded, .clockedIn, .clockedOut, .timeEntryCorrected, .commissionRuleSet,
      .commissionAccrued, .hoursRecorded, .payrollApproved:
      break
    }
  }

  private mutating func amend(_ event: ContractAmended, _ header: RecordHeader) {
    staff.append(
      StaffRow(
        position: header.position, staff: event.staff, clinics: Array(event.clinics),
        weekSeconds: event.weekSeconds, from: event.from))
  }

  private mutating func leave(_ event: StaffLeft, _ header: RecordHeader) {
    let (next, isEndless) = event.lastDay.daysSince1970.addingReportingOverflow(1)
    if isEndless { return }
    staff.append(
      StaffRow(
        position: header.position, staff: event.staff, from: Day(daysSince1970: next),
        isGone: true))
  }

  private mutating func schedule(_ event: ShiftScheduled, _ header: RecordHeader) {
    shifts.append(
      ShiftRow(
        position: header.position, shift: event.shift, staff: event.staff, clinic: event.clinic,
        start: event.start, end: event.end))
  }

  private mutating func absent(_ event: AbsenceRecorded, _ header: RecordHeader) {
    absences.append(
      AbsenceRow(
        position: header.position, absence: event.absence, staff: event.staff, from: event.from,
        to: event.to, seconds: event.seconds, holds: !event.requested))
  }

  private mutating func decide(_ event: AbsenceDecided, _ header: RecordHeader) {
    absences.append(
      AbsenceRow(
        position: header.position, absence: event.absence, holds: event.outcome == .approved))
  }

  /// A shift or an absence is taken out: what else is reversed is none of what the front office keeps.
  mutating func applyCorrections(_ event: borrowing Event) throws {
    guard CorrectionsTag(rawValue: event.header.tag) == .reversed else { return }
    let (reversed, position) = (try event.payload(Reversed.self), event.header.position)
    if reversed.isOf(ShiftScheduled.self) {
      let shift = try reversed.original(ShiftScheduled.self)
      shifts.append(ShiftRow(position: position, shift: shift.shift, isReversed: true))
    } else if reversed.isOf(AbsenceRecorded.self) {
      let absence = try reversed.original(AbsenceRecorded.self)
      absences.append(AbsenceRow(position: position, absence: absence.absence))
    }
  }
}

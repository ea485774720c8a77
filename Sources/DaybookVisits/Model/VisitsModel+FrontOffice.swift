import DaybookClinicEvents
import DaybookEvents
import DaybookValues

extension VisitsModel {
  mutating func applyFrontOffice(_ event: borrowing Event) throws {
    guard let tag = FrontOfficeTag(rawValue: event.header.tag) else { return }
    let header = event.header
    switch tag {
    case .patientRegistered: register(try event.payload(), event)
    case .patientAmended: amend(try event.payload(), header)
    case .patientsMerged: merge(try event.payload(), header)
    case .coverageSet: cover(try event.payload(), header)
    case .appointmentRequested: request(try event.payload(), header)
    case .appointmentBooked: book(try event.payload(), header)
    case .appointmentMoved: move(try event.payload(), header)
    case .appointmentCancelled: cancel(try event.payload(), header)
    case .appointmentMissed: miss(try event.payload(), header)
    case .patientCheckedIn: checkIn(try event.payload(), header)
    case .encounterStarted: start(try event.payload(), header)
    case .encounterCompleted: complete(try event.payload(), header)
    case .treatmentPerformed, .treatmentPlanAccepted, .packageSold, .packageCancelled: break
    }
  }

  // MARK: Patients

  private mutating func register(_ event: PatientRegistered, _ record: borrowing Event) {
    references.note(record)
    patients.append(
      PatientRow(
        position: record.header.position, patient: event.patient, birthYear: event.birthYear,
        sex: event.sex, day: record.header.effective.day))
  }

  private mutating func amend(_ event: PatientAmended, _ header: RecordHeader) {
    patients.append(
      PatientRow(
        position: header.position, patient: event.patient, birthYear: event.birthYear,
        sex: event.sex, day: header.effective.day))
  }

  private mutating func merge(_ event: PatientsMerged, _ header: RecordHeader) {
    merges.append(
      MergeRow(
        position: header.position, from: event.from, into: event.into, day: header.effective.day))
  }

  private mutating func cover(_ event: CoverageSet, _ header: RecordHeader) {
    coverages.append(
      CoverageRow(
        position: header.position, patient: event.patient, payer: event.payer,
        priority: event.priority, from: event.from, to: event.to, copay: event.copay))
  }

  // MARK: Appointments

  private mutating func request(_ event: AppointmentRequested, _ header: RecordHeader) {
    var weekdays: UInt8 = 0
    for day in event.weekdays where day != .unspecified { weekdays |= 1 << (day.rawValue - 1) }
    requests.append(
      RequestRow(
        position: header.position, request: event.request, patient: event.patient,
        practitioner: event.practitioner ?? StaffID(), clinic: ClinicID(header.clinic),
        since: header.effective, from: event.from, to: event.to, weekdays: weekdays,
        priority: event.priority))
  }

  private mutating func book(_ event: AppointmentBooked, _ header: RecordHeader) {
    bookings.append(
      BookingRow(
        position: header.position, appointment: event.appointment, patient: event.patient,
        practitioner: event.practitioner, resource: event.resource ?? ResourceID(),
        clinic: ClinicID(header.clinic), start: moment(event.start, header),
        seconds: event.durationSeconds, request: event.request ?? RequestID()))
  }

  private mutating func move(_ event: AppointmentMoved, _ header: RecordHeader) {
    bookings.append(
      BookingRow(
        position: header.position, appointment: event.appointment,
        practitioner: event.practitioner, resource: event.resource ?? ResourceID(),
        clinic: ClinicID(header.clinic), start: moment(event.start, header),
        seconds: event.durationSeconds))
  }

  private mutating func cancel(_ event: AppointmentCancelled, _ header: RecordHeader) {
    let kind: EndRow.Kind = event.by == .patient ? .cancelledByPatient : .cancelledByClinic
    ends.append(
      EndRow(
        position: header.position, appointment: event.appointment,
        request: event.request ?? RequestID(), kind: kind, day: header.effective.day))
  }

  private mutating func miss(_ event: AppointmentMissed, _ header: RecordHeader) {
    ends.append(
      EndRow(
        position: header.position, appointment: event.appointment,
        kind: event.type == .leftUnseen ? .leftUnseen : .noShow, day: header.effective.day))
  }

  // MARK: Visits

  private mutating func checkIn(_ event: PatientCheckedIn, _ header: RecordHeader) {
    arrivals.append(
      ArrivalRow(
        position: header.position, visit: event.visit,
        appointment: event.appointment ?? AppointmentID(), patient: event.patient,
        clinic: ClinicID(header.clinic), at: moment(event.arrivedAt, header)))
  }

  private mutating func start(_ event: EncounterStarted, _ header: RecordHeader) {
    openEncounters[event.encounter] = OpenEncounter(
      visit: event.visit, practitioner: event.practitioner)
    encounters.append(
      EncounterRow(
        position: header.position, encounter: event.encounter, visit: event.visit,
        practitioner: event.practitioner, at: moment(event.start, header)))
  }

  /// The end of what did not begin is kept, of no visit: a check finds it.
  private mutating func complete(_ event: EncounterCompleted, _ header: RecordHeader) {
    let open = openEncounters.removeValue(forKey: event.encounter) ?? OpenEncounter()
    encounters.append(
      EncounterRow(
        position: header.position, encounter: event.encounter, visit: open.visit,
        practitioner: open.practitioner, at: moment(event.end, header), isEnd: true))
  }
}

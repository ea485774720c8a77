package import DaybookBytes
package import DaybookClinicEvents
package import DaybookEvents
package import DaybookValues

/// What the Desk knows of a visit.
package struct VisitRecord: Sendable {
  package var patient = PatientID()
  package var clinic = ClinicID()
  package var appointment: AppointmentID?
  package var arrivedAt = Instant()
  /// The encounters of it, in the order in which they began.
  package var encounters: Few<EncounterID> = []

  /// Whether an encounter of it has begun.
  package var isSeen: Bool { !encounters.isEmpty }
}

/// What the Desk knows of an encounter.
package struct EncounterRecord: Sendable {
  package var visit = VisitID()
  package var patient = PatientID()
  package var practitioner = StaffID()
  package var clinic = ClinicID()
  package var start = Instant()
  /// The last line given to a treatment.
  package var lastLine: UInt32 = 0
  /// Whether it goes on, by the order of the log and not by effective times.
  package var isOpen = true
}

/// Visits and encounters.
package struct CareState: Sendable {
  package private(set) var visits = Dense<VisitKind, VisitRecord>()
  package private(set) var encounters = Dense<EncounterKind, EncounterRecord>()

  /// The encounters of a visit that go on.
  package func openEncounters(of visit: VisitID) -> [EncounterID] {
    visits[visit]?.encounters.filter { encounters[$0]?.isOpen == true } ?? []
  }

  mutating func checkIn(_ event: PatientCheckedIn, _ header: RecordHeader) throws(WireError) {
    let record = VisitRecord(
      patient: event.patient, clinic: ClinicID(header.clinic), appointment: event.appointment,
      arrivedAt: event.arrivedAt)
    try visits.append(record, as: event.visit)
  }

  mutating func start(_ event: EncounterStarted, _ header: RecordHeader) throws(WireError) {
    let record = EncounterRecord(
      visit: event.visit, patient: event.patient, practitioner: event.practitioner,
      clinic: ClinicID(header.clinic), start: event.start)
    try encounters.append(record, as: event.encounter)
    try visits.update(event.visit) { $0.encounters.append(event.encounter) }
  }

  mutating func perform(_ event: TreatmentPerformed) throws(WireError) {
    try encounters.update(event.encounter) { $0.lastLine = max($0.lastLine, event.line) }
  }

  mutating func complete(_ event: EncounterCompleted) throws(WireError) {
    try encounters.update(event.encounter) { $0.isOpen = false }
  }
}

extension CareState: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("visits", &visits)
    try parts.visit("encounters", &encounters)
  }
}

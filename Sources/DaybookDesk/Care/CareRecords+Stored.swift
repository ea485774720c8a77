package import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// How checkpoints keep what the Desk knows of visits and encounters.

extension VisitRecord: StoredValue {
  package static var blank: Self {
    Self(patient: .blank, clinic: .blank, appointment: .blank, arrivedAt: .blank)
  }

  package init(reading reader: inout ByteReader) throws(WireError) {
    patient = try PatientID(reading: &reader)
    clinic = try ClinicID(reading: &reader)
    appointment = try AppointmentID?(reading: &reader)
    arrivedAt = try Instant(reading: &reader)
  }

  package func store(to writer: inout ByteWriter) {
    patient.store(to: &writer)
    clinic.store(to: &writer)
    appointment.store(to: &writer)
    arrivedAt.store(to: &writer)
  }
}

extension EncounterRecord: StoredValue {
  package static var blank: Self {
    Self(
      visit: .blank, patient: .blank, practitioner: .blank, clinic: .blank, start: .blank,
      lastLine: .blank, isOpen: .blank)
  }

  package init(reading reader: inout ByteReader) throws(WireError) {
    visit = try VisitID(reading: &reader)
    patient = try PatientID(reading: &reader)
    practitioner = try StaffID(reading: &reader)
    clinic = try ClinicID(reading: &reader)
    start = try Instant(reading: &reader)
    lastLine = try UInt32(reading: &reader)
    isOpen = try Bool(reading: &reader)
  }

  package func store(to writer: inout ByteWriter) {
    visit.store(to: &writer)
    patient.store(to: &writer)
    practitioner.store(to: &writer)
    clinic.store(to: &writer)
    start.store(to: &writer)
    lastLine.store(to: &writer)
    isOpen.store(to: &writer)
  }
}

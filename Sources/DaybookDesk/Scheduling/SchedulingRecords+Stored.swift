package import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// How checkpoints keep what the Desk knows of appointments.

extension AppointmentRecord: StoredValue {
  package static var blank: Self {
    Self(patient: .blank, practitioner: .blank, clinic: .blank, visit: .blank)
  }

  package init(reading reader: inout ByteReader) throws(WireError) {
    patient = try PatientID(reading: &reader)
    practitioner = try StaffID(reading: &reader)
    clinic = try ClinicID(reading: &reader)
    visit = try VisitID?(reading: &reader)
  }

  package func store(to writer: inout ByteWriter) {
    patient.store(to: &writer)
    practitioner.store(to: &writer)
    clinic.store(to: &writer)
    visit.store(to: &writer)
  }
}

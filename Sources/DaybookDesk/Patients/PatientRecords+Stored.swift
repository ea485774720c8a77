package import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// How checkpoints keep what the Desk knows of patients.

extension PatientRecord: StoredValue {
  package static var blank: Self {
    Self(person: .blank, coverage: .blank)
  }

  package init(reading reader: inout ByteReader) throws(WireError) {
    person = try UInt64(reading: &reader)
    coverage = try [CoverageRecord](reading: &reader)
  }

  package func store(to writer: inout ByteWriter) {
    person.store(to: &writer)
    coverage.store(to: &writer)
  }
}

extension CoverageRecord: StoredValue {
  package static var blank: Self {
    Self(payer: .blank, priority: .blank, from: .blank, to: .blank, copay: .blank)
  }

  package init(reading reader: inout ByteReader) throws(WireError) {
    payer = try PartyID(reading: &reader)
    priority = try CoveragePriority(reading: &reader)
    from = try Day(reading: &reader)
    to = try Day?(reading: &reader)
    copay = try Copay?(reading: &reader)
  }

  package func store(to writer: inout ByteWriter) {
    payer.store(to: &writer)
    priority.store(to: &writer)
    from.store(to: &writer)
    to.store(to: &writer)
    copay.store(to: &writer)
  }
}

package import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// How checkpoints keep what the Desk knows of charges and payments.

extension PaymentRecord: StoredValue {
  package static var blank: Self {
    Self(from: .blank, clinic: .blank, effective: .blank, unapplied: .blank, isDeposit: .blank)
  }

  package init(reading reader: inout ByteReader) throws(WireError) {
    from = try Party(reading: &reader)
    clinic = try ClinicID(reading: &reader)
    effective = try Moment(reading: &reader)
    unapplied = try Int64(reading: &reader)
    isDeposit = try Bool(reading: &reader)
  }

  package func store(to writer: inout ByteWriter) {
    from.store(to: &writer)
    clinic.store(to: &writer)
    effective.store(to: &writer)
    unapplied.store(to: &writer)
    isDeposit.store(to: &writer)
  }
}

extension ChargeShare: StoredValue {
  package static var blank: Self {
    Self(debtor: .blank, owed: .blank)
  }

  package init(reading reader: inout ByteReader) throws(WireError) {
    debtor = try Debtor(reading: &reader)
    owed = try Int64(reading: &reader)
  }

  package func store(to writer: inout ByteWriter) {
    debtor.store(to: &writer)
    owed.store(to: &writer)
  }
}

extension ChargeClaim: StoredValue {
  package static var blank: Self {
    Self(
      claim: .blank, debtor: .blank, billed: .blank, fallsToPatient: .blank, paid: .blank,
      contractual: .blank)
  }

  package init(reading reader: inout ByteReader) throws(WireError) {
    claim = try ClaimID(reading: &reader)
    debtor = try Debtor(reading: &reader)
    billed = try Int64(reading: &reader)
    fallsToPatient = try Int64(reading: &reader)
    paid = try Int64(reading: &reader)
    contractual = try Int64(reading: &reader)
  }

  package func store(to writer: inout ByteWriter) {
    claim.store(to: &writer)
    debtor.store(to: &writer)
    billed.store(to: &writer)
    fallsToPatient.store(to: &writer)
    paid.store(to: &writer)
    contractual.store(to: &writer)
  }
}

extension ChargeRecord: StoredValue {
  package static var blank: Self {
    Self(
      patient: .blank, clinic: .blank, visit: .blank, effective: .blank, total: .blank,
      shares: .blank, current: .blank, badDebt: .blank, claim: .blank)
  }

  package init(reading reader: inout ByteReader) throws(WireError) {
    patient = try PatientID(reading: &reader)
    clinic = try ClinicID(reading: &reader)
    visit = try UInt64(reading: &reader)
    effective = try Moment(reading: &reader)
    total = try Int64(reading: &reader)
    shares = try Few<ChargeShare>(reading: &reader)
    current = try Debtor(reading: &reader)
    badDebt = try Int64(reading: &reader)
    claim = try ChargeClaim?(reading: &reader)
  }

  package func store(to writer: inout ByteWriter) {
    patient.store(to: &writer)
    clinic.store(to: &writer)
    visit.store(to: &writer)
    effective.store(to: &writer)
    total.store(to: &writer)
    shares.store(to: &writer)
    current.store(to: &writer)
    badDebt.store(to: &writer)
    claim.store(to: &writer)
  }
}

import DaybookClinicEvents
package import DaybookEvents
import DaybookValues

// How checkpoints keep what the Desk knows of clinics, staff, parties and services.

extension ClinicRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&timeZone)
    try fields.visit(&transitions)
    try fields.visit(&currency)
    try fields.visit(&limits)
    try fields.visit(&proRata)
    try fields.visit(&openHours)
    try fields.visit(&issuer)
    try fields.visit(&fiscalYearStartMonth)
    try fields.visit(&taxRounding)
    try fields.visit(&badDebtTax)
    try fields.visit(&hasPostings)
  }
}

extension StaffRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&clinics)
    try fields.visit(&start)
  }
}

extension PartyRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&type)
    try fields.visit(&termsDays)
  }
}

extension ServiceRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&type)
    try fields.visit(&commissionable)
    try fields.visit(&active)
    try fields.visit(&taxCode)
    try fields.visit(&credentialKinds)
    try fields.visit(&durationSeconds)
    try fields.visit(&recipe)
  }
}

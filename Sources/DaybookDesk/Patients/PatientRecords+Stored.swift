import DaybookClinicEvents
package import DaybookEvents
import DaybookValues

// How checkpoints keep what the Desk knows of patients.

extension PatientRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&person)
    try fields.visit(&mergedInto)
    try fields.visit(&coverage)
  }
}

extension CoverageRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&payer)
    try fields.visit(&priority)
    try fields.visit(&from)
    try fields.visit(&to)
    try fields.visit(&copay)
  }
}

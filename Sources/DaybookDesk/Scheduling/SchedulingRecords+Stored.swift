import DaybookClinicEvents
package import DaybookEvents
import DaybookValues

// How checkpoints keep what the Desk knows of appointments.

extension AppointmentRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&patient)
    try fields.visit(&practitioner)
    try fields.visit(&clinic)
    try fields.visit(&visit)
  }
}

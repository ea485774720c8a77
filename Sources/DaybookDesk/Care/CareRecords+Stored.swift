import DaybookClinicEvents
package import DaybookEvents
import DaybookValues

// How checkpoints keep what the Desk knows of visits and encounters.

extension VisitRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&patient)
    try fields.visit(&clinic)
    try fields.visit(&appointment)
    try fields.visit(&arrivedAt)
    try fields.visit(&encounters)
  }
}

extension EncounterRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&visit)
    try fields.visit(&patient)
    try fields.visit(&practitioner)
    try fields.visit(&clinic)
    try fields.visit(&start)
    try fields.visit(&lastLine)
    try fields.visit(&isOpen)
  }
}

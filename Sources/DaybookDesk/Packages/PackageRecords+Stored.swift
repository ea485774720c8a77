import DaybookBytes
import DaybookClinicEvents
package import DaybookEvents
import DaybookValues

// How checkpoints keep what the Desk knows of plans and packages.

extension PlanRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&patient)
    try fields.visit(&validTo)
    try fields.visit(&lines)
  }
}

extension PlanLineRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&service)
    try fields.visit(&units)
    try fields.visit(&unitsLeft)
    try fields.visit(&price)
  }
}

extension PackageRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&patient)
    try fields.visit(&sharers)
    try fields.visit(&covers)
    try fields.visit(&clinic)
    try fields.visit(&sessions)
    try fields.visit(&used)
    try fields.visit(&price)
    try fields.visit(&earned)
    try fields.visit(&expires)
    try fields.visit(&taxCode)
    try fields.visit(&charge)
    try fields.visit(&isLive)
  }
}

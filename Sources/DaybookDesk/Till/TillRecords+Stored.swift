import DaybookClinicEvents
import DaybookClinicRules
package import DaybookEvents
import DaybookValues

// How checkpoints keep what the Desk knows of tills.

extension TillRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&clinic)
    try fields.visit(&session)
    try fields.visit(&held)
    try fields.visit(&closed)
    try fields.visit(&lastNumber)
  }
}

extension TillSessionRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&till)
    try fields.visit(&clinic)
    try fields.visit(&opened)
    try fields.visit(&openedBy)
    try fields.visit(&isOpen)
    var list = sums.all
    try fields.visit(&list)
    sums = TillSums(list)
    try fields.visit(&receiptCount)
  }
}

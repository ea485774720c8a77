import DaybookClinicEvents
package import DaybookEvents
import DaybookValues

// How checkpoints keep what the Desk knows of charges and payments.

extension PaymentRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&from)
    try fields.visit(&clinic)
    try fields.visit(&effective)
    try fields.visit(&unapplied)
    try fields.visit(&isDeposit)
    try fields.visit(&dependents)
    try fields.visit(&isReversed)
  }
}

extension ChargeShare: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&debtor)
    try fields.visit(&owed)
    try fields.visit(&paid)
  }
}

extension ChargeClaim: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&claim)
    try fields.visit(&debtor)
    try fields.visit(&billed)
    try fields.visit(&fallsToPatient)
    try fields.visit(&paid)
    try fields.visit(&contractual)
    try fields.visit(&isLive)
  }
}

extension ChargeRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&patient)
    try fields.visit(&clinic)
    try fields.visit(&visit)
    try fields.visit(&effective)
    try fields.visit(&total)
    try fields.visit(&shares)
    try fields.visit(&current)
    try fields.visit(&badDebt)
    try fields.visit(&claims)
    try fields.visit(&dependents)
    try fields.visit(&isReversed)
    try fields.visit(&previous)
  }
}

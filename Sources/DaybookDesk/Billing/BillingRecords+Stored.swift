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
    try fields.visit(&amount)
    try fields.visit(&unapplied)
    try fields.visit(&isDeposit)
    try fields.visit(&dependents)
    try fields.visit(&isReversed)
    try fields.visit(&isRefund)
    try fields.visit(&method)
    try fields.visit(&tillSession)
    try fields.visit(&taxCode)
    try fields.visit(&tax)
    try fields.visit(&usedTax)
    try fields.visit(&invoiced)
    try fields.visit(&deducted)
    try fields.visit(&lastAllocation)
    try fields.visit(&previousOpen)
    try fields.visit(&nextOpen)
  }
}

extension ChargeShare: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&debtor)
    try fields.visit(&owed)
    try fields.visit(&paid)
    try fields.visit(&invoiced)
    try fields.visit(&contractual)
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
    try fields.visit(&relievedTax)
    try fields.visit(&claims)
    try fields.visit(&dependents)
    try fields.visit(&isReversed)
    try fields.visit(&previous)
    try fields.visit(&tax)
    try fields.visit(&taxCode)
    try fields.visit(&sale)
    try fields.visit(&invoiced)
    try fields.visit(&lastAllocation)
  }
}

extension AllocationRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&payment)
    try fields.visit(&charge)
    try fields.visit(&owedBy)
    try fields.visit(&amount)
    try fields.visit(&olderOfPayment)
    try fields.visit(&olderOfCharge)
  }
}

extension PartyAccount: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&credit)
    try fields.visit(&deposit)
    try fields.visit(&firstOpen)
    try fields.visit(&lastOpen)
    try fields.visit(&movedTo)
  }
}

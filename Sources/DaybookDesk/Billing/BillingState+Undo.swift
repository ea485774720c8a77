import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// What rests on charges and payments, and the state without them.
extension BillingState {
  // MARK: - Questions

  /// What rests on a charge: whatever has changed who owes it.
  func dependents(of event: ChargePosted) -> String? {
    guard let charge = charges[event.charge] else { return nil }
    if let claim = charge.claim { return "\(event.charge) stands on \(claim.claim)" }
    if charge.invoiced > 0 { return "\(event.charge) is invoiced; rectify the invoice" }
    return charge.dependents == 0
      ? nil : "\(event.charge) was paid, transferred, adjusted or claimed"
  }

  /// What rests on a transfer: that who took the debt over does not owe it any more.
  func dependents(of event: ResponsibilityTransferred) -> String? {
    guard let charge = charges[event.charge] else { return nil }
    if charge.claim?.debtor == event.to {
      return "\(event.charge) stands on a claim on who took it over"
    }
    return charge.owed(by: event.to) < event.amount.minorUnits
      ? "who took the debt over does not owe all of it any more" : nil
  }

  /// What rests on an adjustment: that what it did has been used since.
  func dependents(of event: AdjustmentPosted) -> String? {
    guard let charge = charges[event.charge] else { return nil }
    switch event.type {
    case .recovery:
      return charge.owed(by: event.debtor) < event.amount.minorUnits
        ? "what was recovered has been settled" : nil
    case .badDebt:
      let isRecovered =
        charge.badDebt < event.amount.minorUnits || charge.relievedTax < event.tax.minorUnits
      return isRecovered ? "some of it was recovered" : nil
    case .contractual, .denied, .writeOff, .courtesy, .rounding, .unspecified: return nil
    }
  }

  /// What rests on a payment: what was done later with what it left over.
  func dependents(of event: PaymentReceived) -> String? {
    if payments[event.payment]?.invoiced ?? 0 > 0 {
      return "\(event.payment) is invoiced; rectify the invoice"
    }
    return payments[event.payment]?.dependents ?? 0 == 0
      ? nil : "the rest of \(event.payment) was allocated, given back or returned"
  }

  /// What rests on an allocation: that it has been released since, or the payment returned.
  func dependents(of event: PaymentAllocated) -> String? {
    guard let charge = charges[event.allocation.charge] else { return nil }
    let standing = allocations(of: charge).reduce(0) {
      $1.payment == event.payment && $1.owedBy == event.allocation.owedBy ? $0 + $1.amount : $0
    }
    return standing < event.allocation.amount.minorUnits
      ? "\(event.payment) does not settle all of it any more" : nil
  }

  /// What rests on the answer to a claim: that its charges stand on another by now.
  func dependents(ofAnswerTo claim: ClaimID, _ claims: ClaimState) -> String? {
    if let by = claims.claims[claim]?.replacedBy { return "\(claim) was replaced by \(by)" }
    for charge in claims.claims[claim]?.charges ?? [] {
      if let other = charges[charge]?.claim { return "\(charge) stands on \(other.claim)" }
    }
    return nil
  }

  /// What rests on an entry with which the books began: what happened since to what was open.
  func dependents(of event: JournalPosted) -> String? {
    for line in event.lines {
      if let charge = line.charge, let known = charges[charge] {
        if known.invoiced > 0 { return "\(charge) is invoiced; rectify the invoice" }
        if known.dependents > 1 {
          return "\(charge) was paid, transferred, adjusted or claimed"
        }
      }
      if let payment = line.payment, payments[payment]?.dependents ?? 0 > 1 {
        return "the rest of \(payment) was allocated or given back"
      }
    }
    return nil
  }

  // MARK: - Changes

  mutating func undo(_ event: JournalPosted) throws(WireError) {
    for line in event.lines {
      if let payment = line.payment {
        try payments.update(payment) { (payment) throws(WireError) in try payment.leave() }
        try change(payment, by: 0 &- line.credit.minorUnits)
      }
      guard let charge = line.charge else { continue }
      try charges.update(charge) { (charge) throws(WireError) in
        try charge.leave()
        try charge.total.increase(by: 0 &- line.debit.minorUnits, "debit")
        try charge.change(charge.current, by: 0 &- line.debit.minorUnits)
      }
    }
  }

  mutating func undo(_ event: PaymentMade) throws(WireError) {
    try payments.update(event.payment) { $0.isReversed = true }
  }

  mutating func undo(_ event: ChargePosted) throws(WireError) {
    try charges.update(event.charge) { charge in
      charge.isReversed = true
      charge.shares.removeAll()
    }
  }

  mutating func undo(_ event: ResponsibilityTransferred) throws(WireError) {
    let amount = event.amount.minorUnits
    try charges.update(event.charge) { (charge) throws(WireError) in
      try charge.leave()
      try charge.change(event.to, by: 0 &- amount)
      try charge.change(event.from, by: amount)
      if charge.current == event.to { charge.current = event.from }
      charge.forEachClaim(on: event.from) { $0.fallsToPatient = max(0, $0.fallsToPatient - amount) }
    }
  }

  mutating func undo(_ event: AdjustmentPosted) throws(WireError) {
    let amount = event.amount.minorUnits
    try charges.update(event.charge) { (charge) throws(WireError) in
      try charge.leave()
      switch event.type {
      case .recovery:
        try charge.change(event.debtor, by: 0 &- amount)
        try charge.badDebt.increase(by: amount, "amount")
        try charge.relievedTax.increase(by: event.tax.minorUnits, "tax")
        return
      case .badDebt:
        try charge.badDebt.increase(by: 0 &- amount, "amount")
        try charge.relievedTax.increase(by: 0 &- event.tax.minorUnits, "tax")
      case .contractual:
        try charge.allow(event.debtor, 0 &- amount)
        charge.forEachClaim(on: event.debtor) { $0.contractual = max(0, $0.contractual - amount) }
        return
      case .denied, .writeOff, .courtesy, .rounding, .unspecified: break
      }
      try charge.change(event.debtor, by: amount)
    }
  }

  mutating func undo(_ event: PaymentReceived) throws(WireError) {
    var rest = event.amount.minorUnits
    for allocation in event.allocations {
      try rest.increase(by: 0 &- allocation.amount.minorUnits, "allocations")
      try release(allocation, of: event.payment, event.from)
    }
    try change(event.payment, by: 0 &- rest)
    try payments.update(event.payment) { $0.isReversed = true }
  }

  mutating func undo(_ event: PaymentAllocated) throws(WireError) {
    try payments.update(event.payment) { (payment) throws(WireError) in try payment.leave() }
    try release(event.allocation, of: event.payment, event.from)
    try change(
      event.payment, by: event.allocation.amount.minorUnits, tax: 0 &- event.tax.minorUnits)
  }

  mutating func undo(_ event: RefundPaid) throws(WireError) {
    try payments.update(event.refund) { $0.isReversed = true }
    for part in event.parts {
      try payments.update(part.payment) { (payment) throws(WireError) in try payment.leave() }
      try change(part.payment, by: part.amount.minorUnits, tax: 0 &- part.tax.minorUnits)
    }
  }

  mutating func undo(_ event: ClaimSubmitted) throws(WireError) {
    for claimed in event.charges {
      try charges.update(claimed.charge) { (charge) throws(WireError) in
        try charge.leave()
        charge.claims = Few(charge.claims.filter { $0.claim != event.claim })
      }
    }
  }

  /// Puts a charge back on a claim that waits for its answer again.
  mutating func hold(_ charge: ChargeID, on claim: ClaimID) throws(WireError) {
    try charges.update(charge) { charge in
      for index in charge.claims.indices where charge.claims[index].claim == claim {
        charge.claims[index].isLive = true
      }
    }
  }
}

extension ChargeRecord {
  /// Something that rested on the charge is no more.
  mutating func leave() throws(WireError) {
    guard dependents > 0 else { throw WireError(.outOfRange, at: 0, field: "charge") }
    dependents -= 1
  }
}

extension PaymentRecord {
  /// Something that rested on the payment is no more.
  mutating func leave() throws(WireError) {
    guard dependents > 0 else { throw WireError(.outOfRange, at: 0, field: "payment") }
    dependents -= 1
  }
}

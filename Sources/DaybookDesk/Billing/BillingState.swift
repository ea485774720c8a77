package import DaybookBytes
package import DaybookClinicEvents
package import DaybookEvents
package import DaybookValues

/// What the Desk knows of a payment.
package struct PaymentRecord: Sendable {
  package var from = Party()
  package var clinic = ClinicID()
  package var effective = Moment()
  /// What no allocation has taken yet, in minor units.
  package var unapplied: Int64 = 0
  package var isDeposit = false
  /// What has been done with the rest and is not reversed: while there is anything, the payment stays.
  package var dependents: UInt32 = 0
  /// Whether it has been undone.
  package var isReversed = false
}

/// Charges, who owes them, and payments.
package struct BillingState: Sendable {
  package internal(set) var charges = Dense<ChargeKind, ChargeRecord>()
  package internal(set) var payments = Dense<PaymentKind, PaymentRecord>()
  /// The last charge of a patient; each names the one before it.
  private var lastCharges = DenseIndex()

  /// The charges of a patient of which the patient owes anything, the oldest first.
  ///
  /// - Complexity: O(charges of the patient).
  package func openCharges(of patient: PatientID) -> [ChargeID] {
    var open: [ChargeID] = []
    var next = lastCharges[patient.number].map { ChargeID(UInt64($0)) }
    while let charge = next, let record = charges[charge] {
      if !record.isReversed, record.owed(by: .patient(patient)) > 0 { open.append(charge) }
      next = record.previous.isNone ? nil : record.previous
    }
    return open.sorted { left, right in
      let (one, other) = (charges[left]?.effective.day, charges[right]?.effective.day)
      return one == other ? left < right : (one ?? .max) < (other ?? .max)
    }
  }

  mutating func post(_ event: ChargePosted, _ header: RecordHeader) throws(WireError) {
    var total = event.net.minorUnits
    try total.increase(by: event.tax.minorUnits, "tax")
    let last = lastCharges[event.patient.number].map { ChargeID(UInt64($0)) }
    let record = ChargeRecord(
      patient: event.patient, clinic: ClinicID(header.clinic), visit: header.correlation,
      effective: header.effective, total: total,
      shares: [ChargeShare(debtor: event.responsible, owed: total)], current: event.responsible,
      previous: last ?? ChargeID())
    try charges.append(record, as: event.charge)
    lastCharges[event.patient.number] = Int(event.charge.number)
  }

  mutating func transfer(_ event: ResponsibilityTransferred) throws(WireError) {
    let amount = event.amount.minorUnits
    try charges.update(event.charge) { (charge) throws(WireError) in
      try charge.change(event.from, by: 0 &- amount)
      try charge.change(event.to, by: amount)
      charge.current = event.to
      charge.dependents += 1
      try charge.forEachClaim(on: event.from) { (claim) throws(WireError) in
        try claim.fallsToPatient.increase(by: amount, "amount")
      }
    }
  }

  mutating func adjust(_ event: AdjustmentPosted) throws(WireError) {
    let amount = event.amount.minorUnits
    try charges.update(event.charge) { (charge) throws(WireError) in
      charge.dependents += 1
      switch event.type {
      case .recovery:
        try charge.change(event.debtor, by: amount)
        try charge.badDebt.increase(by: 0 &- amount, "amount")
      case .badDebt:
        try charge.change(event.debtor, by: 0 &- amount)
        try charge.badDebt.increase(by: amount, "amount")
      case .contractual:
        try charge.change(event.debtor, by: 0 &- amount)
        try charge.forEachClaim(on: event.debtor) { (claim) throws(WireError) in
          try claim.contractual.increase(by: amount, "amount")
        }
      case .denied, .writeOff, .courtesy, .rounding, .unspecified:
        try charge.change(event.debtor, by: 0 &- amount)
      }
    }
  }

  mutating func receive(_ event: PaymentReceived, _ header: RecordHeader) throws(WireError) {
    var unapplied = event.amount.minorUnits
    for allocation in event.allocations {
      try unapplied.increase(by: 0 &- allocation.amount.minorUnits, "allocations")
      try settle(allocation, from: event.from)
    }
    let record = PaymentRecord(
      from: event.from, clinic: ClinicID(header.clinic), effective: header.effective,
      unapplied: unapplied, isDeposit: event.deposit != nil)
    try payments.append(record, as: event.payment)
  }

  mutating func allocate(_ event: PaymentAllocated) throws(WireError) {
    let amount = event.allocation.amount.minorUnits
    try payments.update(event.payment) { (payment) throws(WireError) in
      try payment.unapplied.increase(by: 0 &- amount, "allocation")
      payment.dependents += 1
    }
    try settle(event.allocation, from: event.from)
  }

  /// A package ends: its charge owes less, and the rest of the refund is credit.
  mutating func cancel(_ event: PackageCancelled) throws(WireError) {
    var credit = event.refundDue.minorUnits
    for part in event.released {
      let amount = part.amount.minorUnits
      try credit.increase(by: 0 &- amount, "released")
      try charges.update(part.charge) { (charge) throws(WireError) in
        charge.dependents += 1
        try charge.change(part.owedBy, by: 0 &- amount)
      }
    }
    if let payment = event.credit { try fill(payment, by: credit) }
  }

  /// A payer's remittance: a payment that is all laid out, and may take back.
  mutating func remit(_ event: RemittanceReceived, _ header: RecordHeader) throws(WireError) {
    let record = PaymentRecord(
      from: .payer(event.payer), clinic: ClinicID(header.clinic), effective: header.effective)
    try payments.append(record, as: event.payment)
    for line in event.lines {
      let debtor = Debtor.payer(event.payer, line.priority)
      try settle(Allocation(line.charge, owedBy: debtor, line.paid), from: .payer(event.payer))
    }
  }

  /// A payment of the clinic has a number like one that was received, and nothing to lay out.
  mutating func pay(_ event: PaymentMade, _ header: RecordHeader) throws(WireError) {
    let record = PaymentRecord(clinic: ClinicID(header.clinic), effective: header.effective)
    try payments.append(record, as: event.payment)
  }

  /// What was owed, or was to somebody's credit, when the books began.
  mutating func open(_ event: JournalPosted) throws(WireError) {
    for line in event.lines {
      if let payment = line.payment { try fill(payment, by: line.credit.minorUnits) }
      guard let charge = line.charge else { continue }
      try charges.update(charge) { (charge) throws(WireError) in
        charge.dependents += 1
        try charge.total.increase(by: line.debit.minorUnits, "debit")
        try charge.change(charge.current, by: line.debit.minorUnits)
      }
    }
  }

  /// What a payment of nothing was given a number for becomes its unapplied rest.
  mutating func fill(_ payment: PaymentID, by amount: Int64) throws(WireError) {
    try payments.update(payment) { (payment) throws(WireError) in
      payment.dependents += 1
      try payment.unapplied.increase(by: amount, "credit")
    }
  }

  private mutating func settle(_ allocation: Allocation, from party: Party) throws(WireError) {
    try charges.update(allocation.charge) { (charge) throws(WireError) in
      try charge.settle(allocation.owedBy, by: allocation.amount.minorUnits, from: party)
    }
  }

  // MARK: - Claims

  /// Puts the charges of a claim on it.
  mutating func claim(_ event: ClaimSubmitted) throws(WireError) {
    let debtor = Debtor.payer(event.payer, event.priority)
    for claimed in event.charges {
      try charges.update(claimed.charge) { (charge) throws(WireError) in
        var elsewhere = claimed.amount.minorUnits
        try elsewhere.increase(by: 0 &- charge.owed(by: debtor), "amount")
        charge.dependents += 1
        charge.claims.append(
          ChargeClaim(
            claim: event.claim, debtor: debtor, billed: claimed.amount.minorUnits,
            fallsToPatient: max(0, elsewhere)))
      }
    }
  }

  /// Takes a charge off `claim`, if it stands on it.
  mutating func release(_ charge: ChargeID, from claim: ClaimID) throws(WireError) {
    try charges.update(charge) { charge in
      for index in charge.claims.indices where charge.claims[index].claim == claim {
        charge.claims[index].isLive = false
      }
    }
  }
}

extension BillingState: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("charges", &charges)
    try parts.visit("payments", &payments)
    try parts.visit("lastCharges", &lastCharges)
  }
}

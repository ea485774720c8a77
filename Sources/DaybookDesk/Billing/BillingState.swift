package import DaybookBytes
package import DaybookClinicEvents
package import DaybookEvents
import DaybookValues

/// Charges, who owes them, and payments.
package struct BillingState: Sendable {
  package internal(set) var charges = Dense<ChargeKind, ChargeRecord>()
  package internal(set) var payments = Dense<PaymentKind, PaymentRecord>()
  var allocations = PagedArray<AllocationRecord>(pageCount: 512)
  package internal(set) var accounts = PartyAccounts()
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
    var record = ChargeRecord(
      patient: event.patient, clinic: ClinicID(header.clinic), visit: header.correlation,
      effective: header.effective, total: total,
      shares: [ChargeShare(debtor: event.responsible, owed: total)], current: event.responsible,
      previous: last ?? ChargeID())
    record.tax = event.tax.minorUnits
    record.taxCode = event.taxCode
    record.sale = event.sale
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
        try charge.relievedTax.increase(by: 0 &- event.tax.minorUnits, "tax")
      case .badDebt:
        try charge.change(event.debtor, by: 0 &- amount)
        try charge.badDebt.increase(by: amount, "amount")
        try charge.relievedTax.increase(by: event.tax.minorUnits, "tax")
      case .contractual:
        try charge.allow(event.debtor, amount)
        try charge.forEachClaim(on: event.debtor) { (claim) throws(WireError) in
          try claim.contractual.increase(by: amount, "amount")
        }
      case .denied, .writeOff, .courtesy, .rounding, .unspecified:
        try charge.change(event.debtor, by: 0 &- amount)
      }
    }
  }

  // MARK: - Payments

  mutating func receive(_ event: PaymentReceived, _ header: RecordHeader) throws(WireError) {
    var record = PaymentRecord(
      from: event.from, clinic: ClinicID(header.clinic), effective: header.effective,
      amount: event.amount.minorUnits, isDeposit: event.deposit != nil)
    record.method = event.method.type
    record.tillSession = event.tillSession
    record.taxCode = event.deposit?.taxCode
    record.tax = event.deposit?.tax.minorUnits ?? 0
    try payments.append(record, as: event.payment)
    var unapplied = event.amount.minorUnits
    for allocation in event.allocations {
      try unapplied.increase(by: 0 &- allocation.amount.minorUnits, "allocations")
      try settle(allocation, by: event.payment, of: event.from)
    }
    try change(event.payment, by: unapplied)
  }

  mutating func allocate(_ event: PaymentAllocated) throws(WireError) {
    try rest(on: event.payment)
    try change(
      event.payment, by: 0 &- event.allocation.amount.minorUnits, tax: event.tax.minorUnits)
    try settle(event.allocation, by: event.payment, of: event.from)
  }

  mutating func release(_ part: ReleasedPart) throws(WireError) {
    try rest(on: part.payment)
    try release(part.allocation, of: part.payment, part.from)
    let amount = part.allocation.amount.minorUnits
    if let credit = part.credit { return try fill(credit, by: amount) }
    try change(part.payment, by: amount, tax: 0 &- part.tax.minorUnits)
  }

  mutating func takeBack(_ event: PaymentReturned) throws(WireError) {
    try rest(on: event.payment)
    var unapplied = event.amount.minorUnits
    for allocation in event.reopened {
      try unapplied.increase(by: 0 &- allocation.amount.minorUnits, "reopened")
      try release(allocation, of: event.payment, event.from)
    }
    try change(event.payment, by: 0 &- unapplied, tax: event.tax.minorUnits)
  }

  mutating func refund(_ event: RefundPaid, _ header: RecordHeader) throws(WireError) {
    var record = PaymentRecord(
      from: event.to, clinic: ClinicID(header.clinic), effective: header.effective,
      amount: event.amount.minorUnits)
    record.isRefund = true
    record.method = event.method.type
    record.tillSession = event.tillSession
    try payments.append(record, as: event.refund)
    for part in event.parts {
      try rest(on: part.payment)
      try change(
        part.payment, by: 0 &- part.amount.minorUnits, tax: part.tax.minorUnits)
    }
  }

  /// Something is done with a payment: until it is undone the payment stays.
  private mutating func rest(on payment: PaymentID) throws(WireError) {
    try payments.update(payment) { $0.dependents += 1 }
  }

  /// A package ends: its charge owes less, and the rest of the refund is credit.
  mutating func cancel(_ event: PackageCancelled) throws(WireError) {
    var credit = event.refundDue.minorUnits
    try credit.increase(by: event.tax.minorUnits, "tax")
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
    let payer = Party.payer(event.payer)
    var record = PaymentRecord(
      from: payer, clinic: ClinicID(header.clinic), effective: header.effective,
      amount: event.total.minorUnits)
    record.method = .transfer
    try payments.append(record, as: event.payment)
    for line in event.lines {
      let debtor = Debtor.payer(event.payer, line.priority)
      let allocation = Allocation(line.charge, owedBy: debtor, line.paid)
      if line.paid.isNegative {
        try takeBack(allocation, of: payer)
      } else {
        try settle(allocation, by: event.payment, of: payer)
      }
    }
  }

  /// A payment of the clinic has a number like one that was received, and nothing to lay out.
  mutating func pay(_ event: PaymentMade, _ header: RecordHeader) throws(WireError) {
    var record = PaymentRecord(
      clinic: ClinicID(header.clinic), effective: header.effective,
      amount: event.amount.minorUnits)
    record.isRefund = true
    record.method = event.method.type
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
  private mutating func fill(_ payment: PaymentID, by amount: Int64) throws(WireError) {
    try rest(on: payment)
    try change(payment, by: amount)
  }

  // MARK: - Invoices

  mutating func invoice(_ event: InvoiceIssued) throws(WireError) {
    for part in event.released { try release(part) }
    for line in event.lines {
      var gross = line.net.minorUnits
      try gross.increase(by: line.tax.minorUnits, "tax")
      if let id = line.charge, let debtor = line.owedBy {
        try charges.update(id) { (charge) throws(WireError) in
          try charge.round(debtor, by: line.rounding.minorUnits)
          try charge.invoice(debtor, gross)
        }
      } else if let id = line.deposit {
        try payments.update(id) { (payment) throws(WireError) in
          try payment.invoiced.increase(by: gross, "net")
        }
      }
    }
    for deduction in event.deductions {
      try payments.update(deduction.payment) { (payment) throws(WireError) in
        try payment.deducted.increase(by: deduction.net.minorUnits, "net")
        try payment.deducted.increase(by: deduction.tax.minorUnits, "tax")
      }
    }
  }

  mutating func rectify(_ event: InvoiceRectified) throws(WireError) {
    for part in event.released { try release(part) }
    for line in event.lines {
      var gross = line.net.minorUnits
      try gross.increase(by: line.tax.minorUnits, "tax")
      if let deposit = line.deposit {
        try payments.update(deposit) { (payment) throws(WireError) in
          try payment.invoiced.increase(by: 0 &- gross, "net")
        }
      }
      guard let id = line.charge, let debtor = line.owedBy else { continue }
      try charges.update(id) { (charge) throws(WireError) in
        try charge.change(debtor, by: 0 &- gross)
        try charge.rectify(debtor, gross)
      }
    }
  }

  /// A charge that holds the rest of a sale owes less, since goods came back.
  mutating func forgive(_ id: ChargeID, _ amount: Int64) throws(WireError) {
    try charges.update(id) { (charge) throws(WireError) in
      try charge.change(.patient(charge.patient), by: 0 &- amount)
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
        // What the contract has taken off already is a part of what is billed beyond what is owed.
        let allowed = min(max(0, elsewhere), charge.contractual(of: debtor))
        charge.claims.append(
          ChargeClaim(
            claim: event.claim, debtor: debtor, billed: claimed.amount.minorUnits,
            fallsToPatient: max(0, elsewhere) - allowed, contractual: allowed))
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

  /// Changes a charge where it stands.
  mutating func update(
    _ charge: ChargeID, _ change: (inout ChargeRecord) throws(WireError) -> Void
  ) throws(WireError) {
    try charges.update(charge, change)
  }
}

extension BillingState: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("charges", &charges)
    try parts.visit("payments", &payments)
    try parts.visit("lastCharges", &lastCharges)
    try parts.visit("allocations", &allocations)
    try parts.visit("accounts", &accounts)
  }
}

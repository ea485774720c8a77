import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// What settles what, and what settles nothing.
extension BillingState {
  /// The allocations that still stand of a charge, newest first.
  ///
  /// - Complexity: O(allocations that the charge ever had).
  package func allocations(of charge: ChargeRecord) -> [AllocationRecord] {
    standing(from: charge.lastAllocation) { $0.olderOfCharge }
  }

  /// The allocations that still stand of a payment, newest first.
  ///
  /// - Complexity: O(allocations that the payment ever had).
  package func allocations(of payment: PaymentRecord) -> [AllocationRecord] {
    standing(from: payment.lastAllocation) { $0.olderOfPayment }
  }

  /// What `party` itself has paid of the part of a charge that `debtor` owed, and not had back.
  func paid(by party: Party, ofPartOf debtor: Debtor, of charge: ChargeRecord) -> Int64 {
    allocations(of: charge).reduce(0) { sum, record in
      record.owedBy == debtor && payments[record.payment]?.from == party
        ? sum + record.amount : sum
    }
  }

  private func standing(
    from last: Int, _ older: (AllocationRecord) -> Int
  ) -> [AllocationRecord] {
    var list: [AllocationRecord] = []
    var index = last
    while index >= 0 {
      let record = allocations[index]
      if record.amount > 0 { list.append(record) }
      index = older(record)
    }
    return list
  }

  /// A part of a payment settles what somebody owes.
  mutating func settle(
    _ allocation: Allocation, by payment: PaymentID, of party: Party
  ) throws(WireError) {
    let index = allocations.count
    let amount = allocation.amount.minorUnits
    var record = AllocationRecord(
      payment: payment, charge: allocation.charge, owedBy: allocation.owedBy, amount: amount)
    try payments.update(payment) {
      record.olderOfPayment = $0.lastAllocation
      $0.lastAllocation = index
    }
    try update(allocation.charge) { (charge) throws(WireError) in
      record.olderOfCharge = charge.lastAllocation
      charge.lastAllocation = index
      try charge.settle(allocation.owedBy, by: amount, from: party)
    }
    allocations.append(record)
  }

  /// A part of a payment settles what it settled no longer, newest allocations first.
  mutating func release(
    _ allocation: Allocation, of payment: PaymentID, _ party: Party
  ) throws(WireError) {
    var left = allocation.amount.minorUnits
    var gone: UInt32 = 0
    var index = charges[allocation.charge]?.lastAllocation ?? -1
    while index >= 0, left > 0 {
      let record = allocations[index]
      if record.payment == payment, record.owedBy == allocation.owedBy, record.amount > 0 {
        let cut = min(left, record.amount)
        allocations[index].amount = record.amount - cut
        left -= cut
        if cut == record.amount { gone += 1 }
      }
      index = record.olderOfCharge
    }
    guard left == 0 else { throw WireError(.outOfRange, at: 0, field: "allocation") }
    try update(allocation.charge) { (charge) throws(WireError) in
      for _ in 0..<gone { try charge.leave() }
      try charge.unsettle(allocation.owedBy, by: allocation.amount.minorUnits, from: party)
    }
  }

  /// A payer takes back what it had paid of a charge, whichever payments that were, newest first.
  mutating func takeBack(_ allocation: Allocation, of party: Party) throws(WireError) {
    var left = 0 &- allocation.amount.minorUnits
    var index = charges[allocation.charge]?.lastAllocation ?? -1
    while index >= 0, left > 0 {
      let record = allocations[index]
      if record.owedBy == allocation.owedBy, record.amount > 0,
        payments[record.payment]?.from == party
      {
        let cut = min(left, record.amount)
        allocations[index].amount = record.amount - cut
        left -= cut
        // It cannot be undone any more.
        try payments.update(record.payment) { $0.dependents += 1 }
      }
      index = record.olderOfCharge
    }
    guard left == 0 else { throw WireError(.outOfRange, at: 0, field: "paid") }
    let amount = 0 &- allocation.amount.minorUnits
    try update(allocation.charge) { (charge) throws(WireError) in
      charge.dependents += 1
      try charge.unsettle(allocation.owedBy, by: amount, from: party)
    }
  }

  /// Changes what of a payment settles nothing, and what its party has to its credit.
  ///
  /// - Parameter tax: The tax of a taxable deposit that is used with it, below zero what is not.
  mutating func change(
    _ id: PaymentID, by amount: Int64, tax: Int64 = 0
  ) throws(WireError) {
    guard amount != 0 else { return }
    guard let before = payments[id] else {
      throw WireError(.outOfRange, at: 0, field: PaymentKind.name)
    }
    try payments.update(id) { (payment) throws(WireError) in
      try payment.unapplied.increase(by: amount, "unapplied")
      try payment.usedTax.increase(by: tax, "tax")
    }
    guard before.from != .walkIn else { return }
    try accounts.update(before.from) { (account) throws(WireError) in
      if before.isDeposit {
        try account.deposit.increase(by: amount, "deposit")
      } else {
        try account.credit.increase(by: amount, "credit")
      }
    }
    let isOpen = before.unapplied + amount > 0
    guard isOpen != (before.unapplied > 0) else { return }
    if isOpen { try link(id, before.from) } else { try unlink(id, before) }
  }

  /// What a patient who is merged away has to their credit is that of the one who stays.
  mutating func merge(_ from: PatientID, into: PatientID) throws(WireError) {
    let (first, rest) = (accounts[.patient(into)], accounts[.patient(from)])
    if !first.lastOpen.isNone, !rest.firstOpen.isNone {
      try payments.update(first.lastOpen) { $0.nextOpen = rest.firstOpen }
      try payments.update(rest.firstOpen) { $0.previousOpen = first.lastOpen }
    }
    try accounts.merge(from, into: into)
  }

  private mutating func link(_ id: PaymentID, _ party: Party) throws(WireError) {
    let last = accounts[party].lastOpen
    try accounts.update(party) {
      $0.lastOpen = id
      if last.isNone { $0.firstOpen = id }
    }
    if !last.isNone { try payments.update(last) { $0.nextOpen = id } }
    try payments.update(id) {
      $0.previousOpen = last
      $0.nextOpen = PaymentID()
    }
  }

  private mutating func unlink(_ id: PaymentID, _ payment: PaymentRecord) throws(WireError) {
    let (previous, next) = (payment.previousOpen, payment.nextOpen)
    if !previous.isNone { try payments.update(previous) { $0.nextOpen = next } }
    if !next.isNone { try payments.update(next) { $0.previousOpen = previous } }
    try accounts.update(payment.from) {
      if previous.isNone { $0.firstOpen = next }
      if next.isNone { $0.lastOpen = previous }
    }
  }
}

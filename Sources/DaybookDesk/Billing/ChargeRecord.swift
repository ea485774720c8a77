import DaybookBytes
package import DaybookClinicEvents
import DaybookClinicRules
package import DaybookEvents
package import DaybookValues

/// What one debtor still owes of a charge.
package struct ChargeShare: Hashable, Sendable {
  package var debtor = Debtor()
  /// Minor units, never below zero.
  package var owed: Int64 = 0
  /// Minor units that were paid of it, whoever paid.
  package var paid: Int64 = 0
  /// What invoices ask for of it.
  package var invoiced: Int64 = 0
  /// What the payer's contract has taken off it.
  package var contractual: Int64 = 0
}

/// A charge on a claim: what was asked for, and what has happened to it since.
package struct ChargeClaim: Sendable {
  package var claim = ClaimID()
  package var debtor = Debtor()
  package var billed: Int64 = 0
  /// What the payer no longer owed of what was billed, because the patient had paid it or owes it.
  package var fallsToPatient: Int64 = 0
  package var paid: Int64 = 0
  /// What the contract has taken off what was billed, with the treatment or since.
  package var contractual: Int64 = 0
  /// Whether the payer has yet to answer; what happens is noted all the same, should the answer be
  /// reversed.
  package var isLive = true
}

/// What the Desk knows of a charge: who owes how much of it.
package struct ChargeRecord: Sendable {
  package var patient = PatientID()
  package var clinic = ClinicID()
  package var visit: UInt64 = 0
  package var effective = Moment()
  /// Net and tax.
  package var total: Int64 = 0
  package var shares: Few<ChargeShare> = []
  /// Who was made responsible last, whether or not anything is left.
  package var current = Debtor()
  /// What is held to be lost and may be had after all.
  package var badDebt: Int64 = 0
  /// The tax in that which has come back from the authority.
  package var relievedTax: Int64 = 0
  /// The claims that it stands or has stood on; one of them may be live.
  package var claims: Few<ChargeClaim> = []
  /// What has changed who owes it and is not reversed: while there is anything, the charge stays.
  package var dependents: UInt32 = 0
  /// Whether it has been undone.
  package var isReversed = false
  /// The charge of the same patient before it; none for the first.
  var previous = ChargeID()

  /// The live claim that it stands on.
  package var claim: ChargeClaim? { claims.first { $0.isLive } }

  /// The tax in the total, and its rule.
  package var tax: Int64 = 0
  package var taxCode: TaxCodeID?
  /// The sale of which it is the rest that was not paid at once.
  package var sale: SaleID?
  /// What invoices have asked for of it, whoever owed it; what was rectified is in it still.
  package var invoiced: Int64 = 0
  /// Its newest allocation; -1 for none.
  package var lastAllocation = -1

  /// Whether an invoice asks for a part of it, or a ticket, which is one too.
  package var isInvoiced: Bool { invoiced > 0 || sale != nil }

  /// The tax that comes back where `amount` more is lost: the tax of the whole, by how much of it is
  /// lost, so that the last part takes the remainder.
  ///
  /// A ticket has its own tax, by rates; the rest of one has none here.
  package func relief(of amount: Int64) -> Int64 {
    guard sale == nil, taxCode != nil, amount > 0 else { return 0 }
    let share = RunningShare.next(amount, after: badDebt, of: total, sharing: tax)
    return max(0, min(share, tax - relievedTax))
  }

  /// The tax that is owed again where `amount` of what was lost is to be had after all.
  package func reliefUndone(by amount: Int64) -> Int64 {
    if amount >= badDebt { return relievedTax }
    let share = RunningShare.next(amount, after: badDebt - amount, of: total, sharing: tax)
    return max(0, min(share, relievedTax))
  }

  /// What may still be invoiced to `debtor`: its share, of what no invoice has asked for.
  package func invoiceable(to debtor: Debtor) -> Int64 {
    guard sale == nil, let share = shares.first(where: { $0.debtor == debtor }) else { return 0 }
    let part = share.owed &+ share.paid &- share.invoiced
    return max(0, min(part, total &- invoiced))
  }

  /// What `debtor` still owes.
  package func owed(by debtor: Debtor) -> Int64 {
    for share in shares where share.debtor == debtor { return share.owed }
    return 0
  }

  /// What was paid of the part that `debtor` owed, whoever paid it.
  package func paid(by debtor: Debtor) -> Int64 {
    for share in shares where share.debtor == debtor { return share.paid }
    return 0
  }

  /// What the contract of `debtor` has taken off.
  package func contractual(of debtor: Debtor) -> Int64 {
    for share in shares where share.debtor == debtor { return share.contractual }
    return 0
  }

  /// What everybody together still owes.
  package var owed: Int64 { shares.reduce(0) { $0 &+ $1.owed } }

  /// Whether `debtor` owes or has owed a part.
  package func concerns(_ debtor: Debtor) -> Bool {
    shares.contains { $0.debtor == debtor }
  }

  /// Who owes it now, for money of which only the charge is known: a payer that owes, the last one
  /// responsible before the others; else the last payer responsible; else the patient.
  package var payingParty: Party {
    if case .payer = current, owed(by: current) > 0 { return current.party }
    let owing = shares.filter { $0.owed > 0 && $0.debtor.priority > 0 }
    if let first = owing.min(by: { $0.debtor.priority < $1.debtor.priority }) {
      return first.debtor.party
    }
    if case .payer = current { return current.party }
    return .patient(patient)
  }

  mutating func change(_ debtor: Debtor, by amount: Int64) throws(WireError) {
    for index in shares.indices where shares[index].debtor == debtor {
      try shares[index].owed.increase(by: amount, "owed")
      return
    }
    shares.append(ChargeShare(debtor: debtor, owed: amount))
  }

  /// The contract of `debtor` takes off so much more; below zero for less.
  mutating func allow(_ debtor: Debtor, _ amount: Int64) throws(WireError) {
    try change(debtor, by: 0 &- amount)
    for index in shares.indices where shares[index].debtor == debtor {
      try shares[index].contractual.increase(by: amount, "amount")
    }
  }

  /// Money from `party` settles a part that `debtor` owed.
  mutating func settle(
    _ debtor: Debtor, by amount: Int64, from party: Party
  ) throws(WireError) {
    try change(debtor, by: 0 &- amount)
    for index in shares.indices where shares[index].debtor == debtor {
      try shares[index].paid.increase(by: amount, "paid")
    }
    dependents += 1
    try forEachClaim(on: debtor) { (claim) throws(WireError) in
      if party == debtor.party {
        try claim.paid.increase(by: amount, "paid")
      } else {
        try claim.fallsToPatient.increase(by: amount, "fallsToPatient")
      }
    }
  }

  /// Changes what is known of each claim on `debtor` that it stands or has stood on.
  mutating func forEachClaim<Failure: Error>(
    on debtor: Debtor, _ change: (inout ChargeClaim) throws(Failure) -> Void
  ) throws(Failure) {
    for index in claims.indices where claims[index].debtor == debtor {
      try change(&claims[index])
    }
  }

  /// Money from `party` settles less of what `debtor` owed.
  mutating func unsettle(
    _ debtor: Debtor, by amount: Int64, from party: Party
  ) throws(WireError) {
    try change(debtor, by: amount)
    for index in shares.indices where shares[index].debtor == debtor {
      try shares[index].paid.increase(by: 0 &- amount, "paid")
    }
    forEachClaim(on: debtor) {
      if party == debtor.party {
        $0.paid -= amount
      } else {
        $0.fallsToPatient = max(0, $0.fallsToPatient - amount)
      }
    }
  }

  /// An invoice asks for a part of what `debtor` has to pay.
  mutating func invoice(_ debtor: Debtor, _ amount: Int64) throws(WireError) {
    try invoiced.increase(by: amount, "invoiced")
    for index in shares.indices where shares[index].debtor == debtor {
      try shares[index].invoiced.increase(by: amount, "invoiced")
    }
  }

  /// The tax of an invoice was rounded as a whole: `debtor` owes so much more tax, or less.
  mutating func round(_ debtor: Debtor, by cents: Int64) throws(WireError) {
    if cents == 0 { return }
    try total.increase(by: cents, "rounding")
    try tax.increase(by: cents, "rounding")
    try change(debtor, by: cents)
  }

  /// An invoice asks for less than it did.
  mutating func rectify(_ debtor: Debtor, _ amount: Int64) throws(WireError) {
    for index in shares.indices where shares[index].debtor == debtor {
      try shares[index].invoiced.increase(by: 0 &- amount, "invoiced")
    }
  }
}

extension Debtor {
  /// 0 for the patient, 1 to 3 for a payer.
  package var priority: UInt32 {
    switch self {
    case .patient: 0
    case .payer(_, let priority): priority.rawValue
    }
  }
}

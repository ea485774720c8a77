package import DaybookBytes
package import DaybookClinicEvents
import DaybookClinicRules
package import DaybookEvents
package import DaybookValues

/// What the Desk knows of a payment, or of a refund, which is numbered with them.
package struct PaymentRecord: Sendable {
  package var from = Party.blank
  package var clinic = ClinicID()
  package var effective = Moment()
  package var amount: Int64 = 0
  /// What of it settles nothing, in minor units.
  package var unapplied: Int64 = 0
  package var isDeposit = false
  /// Whether money went out, not in.
  package var isRefund = false
  package var method = MethodType.unspecified
  package var tillSession: TillSessionID?
  /// The rule of tax of a taxable deposit, and the tax in the whole of it.
  package var taxCode: TaxCodeID?
  package var tax: Int64 = 0
  /// The tax in what of it was used: the shares so far.
  package var usedTax: Int64 = 0
  /// What of a deposit was invoiced in advance, and what invoices took off again.
  package var invoiced: Int64 = 0
  package var deducted: Int64 = 0
  /// What has been done with it and is not reversed: while there is anything, the payment stays.
  package var dependents: UInt32 = 0
  /// Whether it has been undone.
  package var isReversed = false
  /// Its newest allocation; -1 for none.
  package var lastAllocation = -1
  /// Its neighbours among the payments of the party of which anything is left; 0 for none.
  var previousOpen = PaymentID()
  var nextOpen = PaymentID()

  /// Uses a part of what is left.
  ///
  /// - Returns: The tax of a taxable deposit in the part: its running share, so that the last part
  ///   takes the remainder.
  mutating func use(_ part: Int64) -> Int64 {
    unapplied -= part
    let share = RunningShare.upTo(amount - unapplied, of: amount, sharing: tax) - usedTax
    let taken = tax == 0 ? 0 : max(0, min(share, part))
    usedTax += taken
    return taken
  }

  /// Leaves a part that was used unused again.
  ///
  /// - Returns: The tax of a taxable deposit that goes back with it.
  mutating func giveBack(_ part: Int64) -> Int64 {
    unapplied += part
    let share = usedTax - RunningShare.upTo(amount - unapplied, of: amount, sharing: tax)
    let given = tax == 0 ? 0 : max(0, min(share, part))
    usedTax -= given
    return given
  }
}

/// A part of a payment that settles a part of a charge.
package struct AllocationRecord: Sendable {
  package var payment = PaymentID()
  package var charge = ChargeID()
  package var owedBy = Debtor()
  /// What of it still stands.
  package var amount: Int64 = 0
  /// The one before it of the payment, and of the charge; -1 for none.
  package var olderOfPayment = -1
  package var olderOfCharge = -1
}

/// What a party has to its credit, and which payments it comes from.
package struct PartyAccount: Sendable {
  package var credit: Int64 = 0
  package var deposit: Int64 = 0
  /// The first and the last of its payments of which anything is left; 0 for none.
  package var firstOpen = PaymentID()
  package var lastOpen = PaymentID()
  /// Where the account is now that a merge has made it part of another; below zero where none has.
  var movedTo = -1
}

/// What every patient and every other party has to its credit.
package struct PartyAccounts: Sendable {
  private var accounts = PagedArray<PartyAccount>(pageCount: 512)
  private var patients = DenseIndex()
  private var parties = DenseIndex()

  init() {}

  /// The account of a party; an empty one where it never had anything.
  package subscript(party: Party) -> PartyAccount {
    place(of: party).map { accounts[$0] } ?? PartyAccount()
  }

  private func place(of party: Party) -> Int? {
    switch party {
    case .patient(let patient): patients[patient.number].map(current)
    case .payer(let other), .other(let other): parties[other.number]
    case .walkIn: nil
    }
  }

  /// Where an account is now: a merge may have moved it, and later ones those that it moved to.
  private func current(_ place: Int) -> Int {
    var (place, moves) = (place, 0)
    // No more moves than accounts, whatever a damaged checkpoint says.
    while moves < accounts.count, accounts.indices.contains(accounts[place].movedTo) {
      (place, moves) = (accounts[place].movedTo, moves + 1)
    }
    return place
  }

  /// Changes the account of a party; who walks in keeps none.
  mutating func update(
    _ party: Party, _ change: (inout PartyAccount) throws(WireError) -> Void
  ) throws(WireError) {
    if let place = place(of: party) { return try change(&accounts[place]) }
    switch party {
    case .patient(let patient): patients[patient.number] = accounts.count
    case .payer(let other), .other(let other): parties[other.number] = accounts.count
    case .walkIn: return
    }
    var account = PartyAccount()
    try change(&account)
    accounts.append(account)
  }

  /// Both patients have one account from now on, that of `into` first.
  mutating func merge(_ from: PatientID, into: PatientID) throws(WireError) {
    let rest = self[.patient(from)]
    let left = place(of: .patient(from))
    try update(.patient(into)) { (account) throws(WireError) in
      try account.credit.increase(by: rest.credit, "credit")
      try account.deposit.increase(by: rest.deposit, "deposit")
      if account.firstOpen.isNone { account.firstOpen = rest.firstOpen }
      if !rest.lastOpen.isNone { account.lastOpen = rest.lastOpen }
    }
    guard let place = place(of: .patient(into)), place != left else { return }
    if let left { accounts[left] = PartyAccount(movedTo: place) }
    patients[from.number] = place
  }
}

extension PartyAccounts: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("accounts", &accounts)
    try parts.visit("patients", &patients)
    try parts.visit("parties", &parties)
  }
}

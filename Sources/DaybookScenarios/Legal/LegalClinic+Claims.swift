import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// Claims, their answers, and the money that comes for many of them.
  static let claims: Makers = [
    (.claim, { clinic, state, _ in clinic.claim(state) }),
    (.answer, { clinic, state, _ in clinic.answer(state) }),
    (.remittance, { clinic, state, _ in clinic.remittance(state) }),
  ]

  private mutating func claim(_ state: DeskState) -> LegalCommand? {
    let charges = state.billing.charges
    let replaces = dice.chance(15) ? find(in: state.claims.claims) { $0.isLive } : nil
    if let (old, record) = replaces, record.charges.allSatisfy({ charges[$0]?.claim != nil }) {
      let again = SubmitClaim.with {
        $0.payer = record.payer
        $0.priority = record.priority
        $0.charges = Few(record.charges.map { ClaimRequest($0) })
        $0.replaces = old
      }
      return LegalCommand(again, .accountant, at: record.clinic)
    }
    let found = find(in: charges) { charge in
      guard charge.claim == nil, case .payer = charge.current else { return false }
      return charge.owed(by: charge.current) > 0
    }
    guard let (id, charge) = found, case .payer(let payer, let priority) = charge.current else {
      return nil
    }
    var requests: Few<ClaimRequest> = [ClaimRequest(id)]
    // What else the payer owes of the same patient.
    for offset in 1...3 where id.number > UInt64(offset) {
      let other = ChargeID(id.number - UInt64(offset))
      guard let record = charges[other], record.patient == charge.patient, record.claim == nil,
        record.clinic == charge.clinic, record.owed(by: charge.current) > 0
      else { continue }
      requests.append(ClaimRequest(other))
    }
    let submit = SubmitClaim.with {
      $0.payer = payer
      $0.priority = priority
      $0.charges = requests
    }
    return LegalCommand(submit, .accountant, at: charge.clinic)
  }

  private mutating func answer(_ state: DeskState) -> LegalCommand? {
    guard let (id, claim) = find(in: state.claims.claims, { $0.isLive }) else { return nil }
    var adjudicate = AdjudicateClaim()
    adjudicate.claim = id
    adjudicate.outcome = .adjudicated
    if dice.chance(10) {
      adjudicate.outcome = .rejected
      return LegalCommand(adjudicate, .accountant, at: claim.clinic)
    }
    var withMoney = dice.chance(40)
    var paid: Int64 = 0
    for charge in claim.charges {
      guard let record = state.billing.charges[charge], let claimed = record.claim else {
        return nil
      }
      let (line, isPaidBefore) = line(charge, record, claimed)
      // What was paid before comes by itself.
      if isPaidBefore { withMoney = false }
      paid += line.paid.minorUnits
      adjudicate.lines.append(line)
    }
    if withMoney, paid > 0 { adjudicate.payment = .transfer(BankTender()) }
    return LegalCommand(adjudicate, .accountant, at: claim.clinic)
  }

  /// An answer that takes no more than is owed still.
  private mutating func line(
    _ charge: ChargeID, _ record: ChargeRecord, _ claimed: ChargeClaim
  ) -> (AdjudicatedLine, isPaidBefore: Bool) {
    let fallen = min(claimed.fallsToPatient, claimed.billed)
    let allowed = min(claimed.contractual, claimed.billed - fallen)
    var rest = claimed.billed - fallen - allowed
    let owed = record.owed(by: claimed.debtor)
    let before = max(0, rest - owed)
    rest -= before
    var parts: [Int64] = [0, 0, 0]
    for index in parts.indices where rest > 0 && dice.chance(45) {
      parts[index] = Int64(dice.below(Int(rest) + 1))
      rest -= parts[index]
    }
    let line = AdjudicatedLine.with {
      $0.charge = charge
      $0.billed = dollars(claimed.billed)
      $0.paid = dollars(before + rest)
      $0.contractual = dollars(allowed + parts[0])
      $0.patientDue = dollars(fallen + parts[1])
      $0.other = dollars(parts[2])
      if parts[2] > 0 { $0.codes = dice.chance(50) ? ["CO-45"] : ["PI-204"] }
    }
    return (line, before > 0)
  }

  /// What a payer pays of several claims, and takes back of others.
  private mutating func remittance(_ state: DeskState) -> LegalCommand? {
    guard let (_, first) = find(in: state.claims.claims, { !$0.isReversed }) else { return nil }
    var remit = ReceiveRemittance()
    remit.payer = first.payer
    remit.reference = word("ERA-")
    var sum: Int64 = 0
    var seen: Set<ChargeID> = []
    for _ in 0..<4 {
      guard let line = remitted(by: first, state, &seen, mayTakeBack: sum) else { continue }
      sum += line.paid.minorUnits
      remit.lines.append(line)
    }
    guard !remit.lines.isEmpty else { return nil }
    let carried = state.claims.carried(by: first.payer, at: first.clinic)
    if sum > 2_000, dice.chance(20) {
      remit.providerAdjustments = [
        ProviderAdjustment(.fee, "FEE", dollars(-150)),
        ProviderAdjustment(.interest, "L6", dollars(40)),
      ]
    } else if carried > 0, sum >= carried, dice.chance(50) {
      remit.providerAdjustments = [ProviderAdjustment(.balance, "FB", dollars(-carried))]
    } else if dice.chance(10) {
      remit.providerAdjustments = [ProviderAdjustment(.balance, "FB", cents(1...900))]
    }
    return LegalCommand(remit, .accountant, at: first.clinic)
  }

  private mutating func remitted(
    by first: ClaimRecord, _ state: DeskState, _ seen: inout Set<ChargeID>, mayTakeBack most: Int64
  ) -> RemittedCharge? {
    let found = find(in: state.claims.claims) {
      $0.payer == first.payer && $0.clinic == first.clinic && !$0.isReversed
    }
    guard let (claim, record) = found, let charge = record.charges.first,
      let known = state.billing.charges[charge], seen.insert(charge).inserted
    else { return nil }
    let debtor = Debtor.payer(record.payer, record.priority)
    let owed = known.owed(by: debtor)
    // No more than the payer itself has paid of it.
    let paid = state.billing.allocations(of: known).reduce(Int64(0)) { sum, part in
      let from = state.billing.payments[part.payment]?.from
      return part.owedBy == debtor && from == .payer(record.payer) ? sum + part.amount : sum
    }
    if owed > 0 { return RemittedCharge(claim, charge, dollars(part(of: owed))) }
    let back = min(paid, most)
    return back > 0 ? RemittedCharge(claim, charge, dollars(0 - part(of: back))) : nil
  }
}

import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

/// Money being laid over charges: what of it settles whose part of what, and what is left.
struct Settlement {
  /// A part, with the time from which it can settle: that of the charge.
  struct Part {
    var allocation: Allocation
    var at: Moment
  }

  let party: Party
  /// Minor units that settle nothing yet.
  private(set) var left: Int64
  private(set) var parts: [Part] = []
  /// The first charge named, whether or not anything of it was owed.
  private(set) var first: ChargeRecord?
  private var named: Set<ChargeID> = []
  /// The rule of tax of a taxable deposit, which settles charges of that rule alone.
  private let taxCode: TaxCodeID?

  init(of amount: Int64, paidBy party: Party, taxedBy taxCode: TaxCodeID? = nil) {
    left = amount
    self.party = party
    self.taxCode = taxCode
  }

  /// Takes exactly what is said; a charge that owes less, or money that is less, is a violation.
  mutating func take(
    _ exact: Few<ChargeAmount>, of payment: PaymentID? = nil, _ state: DeskState,
    _ review: inout Review
  ) {
    let given = left
    for part in exact {
      guard let charge = charge(part.charge, state, &review, "allocations") else { continue }
      let amount = review.positive(part.amount, "allocations.amount")
      if amount > charge.owed {
        review.refuse(
          BillingRefusal.aboveOwed(part.charge, owed: review.amount(charge.owed)),
          "allocations.amount")
      } else if amount > left {
        review.refuse(
          BillingRefusal.aboveUnapplied(payment, left: review.amount(given)),
          "allocations.amount")
      } else {
        take(amount, of: part.charge, charge)
      }
    }
  }

  /// Takes what is owed, charge by charge, as long as money is left.
  mutating func take(
    upToOwed charges: Few<ChargeID>, _ state: DeskState, _ review: inout Review
  ) {
    for id in charges {
      guard let charge = charge(id, state, &review, "settling") else { continue }
      take(min(left, charge.owed), of: id, charge)
    }
  }

  private mutating func charge(
    _ id: ChargeID, _ state: DeskState, _ review: inout Review, _ field: String
  ) -> ChargeRecord? {
    if !named.insert(id).inserted { review.refuse(DeskRefusal.namedTwice("charge"), field) }
    let charge = review.charge(id, state, field)
    if first == nil { first = charge }
    if let taxCode, let charge, charge.taxCode != taxCode {
      review.refuse(BillingRefusal.otherTax(id, deposit: taxCode), field)
    }
    return charge
  }

  private mutating func take(_ amount: Int64, of id: ChargeID, _ charge: ChargeRecord) {
    let owed = charge.shares.map { (debtor: $0.debtor, amount: $0.owed) }
    for part in SettlementOrder.take(amount, from: owed, paidBy: party) {
      let allocation = Allocation(id, owedBy: part.debtor, Amount(minorUnits: part.amount))
      parts.append(Part(allocation: allocation, at: charge.effective))
      left -= part.amount
    }
  }

  /// The parts whose charges are dated on `day` or before, and the others.
  func parts(through day: Day) -> (now: [Allocation], later: [Part]) {
    (parts.filter { $0.at.day <= day }.map(\.allocation), parts.filter { $0.at.day > day })
  }
}

extension Review {
  /// A party that exists and is what it is named as.
  mutating func requireParty(_ party: Party, _ state: DeskState, _ field: String) {
    switch party {
    case .patient(let patient): self.patient(patient, state, field)
    case .payer(let payer): requirePayer(payer, state, field)
    case .other(let other):
      let known = known(other, in: state.administration.parties, field)
      if let known, known.type == .payer {
        refuse(BillingRefusal.wrongParty(other), field)
      }
    case .walkIn: break
    }
  }
}

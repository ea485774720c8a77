public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// A payer covers a patient for a time.
///
/// Answers with `CoverageSet`. Two coverages of one patient and one priority never overlap. One by
/// the same payer, of the same priority and from the same first day is the same policy, whose last
/// day or share is set anew.
public struct SetCoverage: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// Who is covered.
  public var patient = PatientID()
  /// Who pays.
  public var payer = PartyID()
  /// In which order that payer is asked.
  public var priority = CoveragePriority.unspecified
  /// The first day of the coverage.
  public var from = Day()
  /// The last day of the coverage; nil while no end is known.
  public var to: Day?
  /// What the patient pays of each charge; nil where nothing is agreed.
  public var copay: Copay?
  /// The number of the policy or of the membership.
  public var policy = ""
  /// The number of the payer's authorisation.
  public var authorisation = ""

  /// No coverage: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "patient", &patient)
    try fields.visit(2, "payer", &payer)
    try fields.visit(3, "priority", &priority)
    try fields.visit(4, "from", &from)
    try fields.visit(5, "to", &to)
    try fields.visit(6, "copay", &copay)
    try fields.visit(7, "policy", &policy)
    try fields.visit(8, "authorisation", &authorisation)
    try fields.currency()
  }
}

extension SetCoverage {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.reception, .accountant, .admin])
    let known = review.patient(patient, state, "patient")
    review.requirePayer(payer, state, "payer")
    if priority == .unspecified {
      review.refuse(DeskRefusal.missing("a priority"), "priority")
    }
    if !from.isInRange || to.map({ $0.isInRange && $0 >= from }) == false {
      review.refuse(
        DeskRefusal.outOfRange(
          "\(from) to \(to?.description ?? "open")", "a first day and no earlier last day"), "to")
    }
    let copay = checkedCopay(&review)
    if let known,
      let other = known.coverage.first(where: {
        $0.priority == priority && $0.overlaps(from: from, to: to)
          && !($0.payer == payer && $0.from == from)
      })
    {
      review.question(
        PatientRefusal.coverageOverlaps(priority, payer: other.payer, from: other.from), "from")
    }
    try review.conclude(into: &decision)

    let set = CoverageSet.with {
      $0.patient = patient
      $0.payer = payer
      $0.priority = priority
      $0.from = from
      $0.to = to
      $0.copay = copay
      if !policy.isEmpty || !authorisation.isEmpty {
        $0.person = CoveragePerson.with {
          $0.person = known?.person ?? 0
          $0.policy = policy
          $0.authorisation = authorisation
        }
      }
    }
    try decision.append(set, to: patient.number, effective: review.effective)
  }

  /// The co-payment, whose fixed amount names its currency unless it is the clinic's.
  private func checkedCopay(_ review: inout Review) -> Copay? {
    switch copay {
    case .fixed(let amount):
      if amount.isNegative { review.refuse(DeskRefusal.negative(amount), "copay") }
      if let clinic = review.clinic {
        let minor = review.minorUnits(amount, "copay", in: clinic.currency)
        return minor.map { .fixed(Amount(minorUnits: $0)) }
      }
      if amount.currency.isUnspecified {
        review.refuse(DeskRefusal.missing("a currency"), "copay")
      }
      return copay
    case .share(let rate):
      if rate < .zero || rate > .whole {
        review.refuse(DeskRefusal.outOfRange("\(rate)", "a share from 0% to 100%"), "copay")
      }
      return copay
    case nil: return nil
    }
  }
}

public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Agrees what somebody earns of what they do, or changes such a rule.
///
/// Answers with `CommissionRuleSet`. No charge falls under two rules of one person. What was accrued
/// before stays as it is; a rule is ended by its last day.
public struct SetCommissionRule: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The rule to change; nil for a new one.
  public var rule: CommissionRuleID?
  /// Who earns.
  public var staff = StaffID()
  /// For which services; none named means all that count towards commission.
  public var services: Few<ServiceID> = []
  /// For charges of which this payer is responsible at first; nil for all.
  public var payer: PartyID?
  /// Of what it is a share.
  public var basis = CommissionBasis.unspecified
  /// How much.
  public var yield = CommissionYield()
  /// Whether what the treatment used up is taken off first.
  public var deductMaterials = false
  /// The first day.
  public var from = Day()
  /// The last day; nil where none is agreed.
  public var to: Day?

  /// No rule: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "rule", &rule)
    try fields.visit(2, "staff", &staff)
    try fields.visit(3, "services", &services)
    try fields.visit(4, "payer", &payer)
    try fields.visit(5, "basis", &basis)
    try fields.visit(6, "yield", &yield)
    try fields.visit(7, "deductMaterials", &deductMaterials)
    try fields.visit(8, "from", &from)
    try fields.visit(9, "to", &to)
    try fields.currency()
  }
}

extension SetCommissionRule {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.admin, .payroll], needsClinic: true)
    if let rule, let known = review.known(rule, in: state.people.rules, "rule"),
      known.staff != staff
    {
      review.refuse(PayrollRefusal.otherRule(rule, known.staff), "rule")
    }
    let member = review.known(staff, in: state.people.members, "staff")
    for service in services {
      review.requireKnown(service, in: state.administration.services, "services")
    }
    if Set(services).count != services.count {
      review.refuse(DeskRefusal.namedTwice("service"), "services")
    }
    if let payer { review.requirePayer(payer, state, "payer") }
    if basis == .unspecified { review.refuse(DeskRefusal.missing("a basis"), "basis") }
    let yield = checkedYield(&review)
    let isRange = review.requireRange(from, to ?? .max, "to")
    var set = CommissionRuleSet.with {
      $0.rule = rule ?? CommissionRuleID()
      $0.staff = staff
      $0.services = services
      $0.payer = payer
      $0.basis = basis
      $0.yield = yield
      $0.deductMaterials = deductMaterials
      $0.from = from
      $0.to = to
    }
    if isRange {
      for other in member?.commissionRules ?? [] where other != rule {
        guard let known = state.people.rules[other] else { continue }
        if CommissionRules.overlap(known.event, set) {
          review.refuse(PayrollRefusal.scopeTaken(other), "services")
        }
      }
    }
    try review.conclude(into: &decision)

    if rule == nil {
      set.rule = CommissionRuleID(decision.nextNumber(CommissionRuleKind.streamKind))
    }
    try decision.append(
      set, to: set.rule.number, expecting: rule == nil ? .noStream : .any,
      effective: review.start(of: from))
  }

  private func checkedYield(_ review: inout Review) -> CommissionYield {
    switch yield {
    case .share(let share):
      if share < .zero || share > .whole {
        review.refuse(PayrollRefusal.shareTooLarge(share), "yield")
      }
      return yield
    case .fixed(let amount):
      return .fixed(Amount(minorUnits: review.notNegative(amount, "yield")))
    }
  }
}

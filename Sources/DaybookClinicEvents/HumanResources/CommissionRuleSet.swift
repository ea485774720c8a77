public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// What somebody earns of what they do, or a new version of it.
///
/// Plan, on the rule's stream, effective at the beginning of its first day. A charge falls under the
/// rule that holds for its practitioner on its day; what was accrued before stays as it is.
public struct CommissionRuleSet: EventPayload, Hashable {
  /// The rule.
  public var rule = CommissionRuleID()
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

  public static var tag: HumanResourcesTag { .commissionRuleSet }
  public static var nature: Nature { .plan }
  public static var streamKind: StreamKind { .commissionRule }
  public static var areas: Areas { [.accounting, .humanResources] }

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

/// Of what a commission is a share.
public enum CommissionBasis: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// What is charged, less what is adjusted later.
  case charged = 1
  /// What is paid of it.
  case collected = 2

  /// Not said.
  public init() { self = .unspecified }
}

/// How much somebody earns of a charge.
public enum CommissionYield: RequiredGroup, Hashable {
  /// A share of the net price.
  case share(Rate)
  /// An amount for each unit.
  case fixed(Amount)

  /// No share.
  public init() { self = .share(.zero) }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.alternative(
      1, "share", &self,
      get: { if case .share(let rate) = $0 { rate } else { nil } },
      set: { .share($0) })
    try fields.alternative(
      2, "fixed", &self,
      get: { if case .fixed(let amount) = $0 { amount } else { nil } },
      set: { .fixed($0) })
    try fields.endAlternatives("yield")
  }
}

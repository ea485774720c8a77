public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Somebody has earned a commission, or an earlier one is taken back.
///
/// Fact, on the rule's stream, beside the event that led to it and effective with it, at the clinic
/// of the charge. Debits commission, credits what is owed of it; below zero the other way round.
public struct CommissionAccrued: EventPayload, Hashable {
  /// The rule.
  public var rule = CommissionRuleID()
  /// Who earns.
  public var staff = StaffID()
  /// Of which charge.
  public var charge = ChargeID()
  /// What sort of event led to it.
  public var cause = CommissionCause.unspecified
  /// By how much the basis rises, net of tax and materials; below zero where it falls.
  public var basis = Amount.zero
  /// How much is earned; below zero where it is taken back, at the rate of the original.
  public var amount = Amount.zero

  /// Nothing: to be filled in.
  public init() {}

  public static var tag: HumanResourcesTag { .commissionAccrued }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .commissionRule }
  public static var areas: Areas { [.accounting, .humanResources] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "rule", &rule)
    try fields.visit(2, "staff", &staff)
    try fields.visit(3, "charge", &charge)
    try fields.visit(4, "cause", &cause)
    try fields.visit(5, "basis", &basis)
    try fields.visit(6, "amount", &amount)
    try fields.currency()
  }
}

/// What sort of event leads to a commission.
public enum CommissionCause: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// A charge.
  case charge = 1
  /// Money that settles a charge.
  case allocation = 2
  /// An adjustment of a charge, or a rectified invoice.
  case adjustment = 3
  /// Money that goes back, or settles it no longer.
  case refund = 4
  /// A reversal.
  case reversal = 5

  /// Not said.
  public init() { self = .unspecified }
}

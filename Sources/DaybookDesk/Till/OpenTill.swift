public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Opens a till of the envelope's clinic with a float.
///
/// Answers with `TillOpened`. A till is known from its first opening on: the next number, or none,
/// is a new one, whose float comes from the safe unless another amount is said to. A float that is
/// more or less than what the till held and what was brought is overage or shortage.
public struct OpenTill: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The till; nil for a new one.
  public var till: TillID?
  /// The cash with which it begins, as counted.
  public var float = Amount.zero
  /// What is brought from the safe; nil for the float of a new till, and nothing for any other.
  public var brought: Amount?

  /// No till: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "till", &till)
    try fields.visit(2, "float", &float)
    try fields.visit(3, "brought", &brought)
    try fields.currency()
  }
}

extension OpenTill {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: [.cashier, .accountant, .reception], needsClinic: true)
    review.requireFact()
    let float = review.notNegative(float, "float")
    let next = TillID(UInt64(state.tills.tills.count) + 1)
    let till = till ?? next
    let known = till == next ? nil : review.known(till, in: state.tills.tills, "till")
    if let known {
      review.requireHere(known.clinic, "till \(till)", "till")
      if let session = known.session {
        review.refuse(TillRefusal.alreadyOpen(till, session), "till")
      } else if let closed = known.closed, review.effective.instant < closed.instant {
        review.question(TillRefusal.beforeClosing(till, closed), "effective")
      }
    }
    let fromSafe = brought.map { review.notNegative($0, "brought") }
    try review.conclude(into: &decision)

    let session = TillSessionID(decision.nextNumber(TillSessionKind.streamKind))
    let opened = TillOpened.with {
      $0.session = session
      $0.till = till
      $0.float = Amount(minorUnits: float)
      $0.held = Amount(minorUnits: known?.held ?? 0)
      $0.brought = Amount(minorUnits: fromSafe ?? (known == nil ? float : 0))
    }
    try decision.append(
      opened, to: session.number, expecting: .noStream, effective: review.effective)
  }
}

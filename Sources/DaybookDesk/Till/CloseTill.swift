public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Counts an open till and ends its session.
///
/// Answers with `TillClosed`: any count is accepted, expected and variance are worked out, and the
/// closing has the till's next number. What of the cash counted does not stay in the till goes to
/// the safe by a `TillCashMoved` of the same action.
public struct CloseTill: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The till; nil for the only one that is open here.
  public var till: TillID?
  /// What was counted of each way of paying; cash is always counted where there should be any.
  public var counts: Few<CountedMethod> = []
  /// The cash that stays in the till; nil for all of it.
  public var left: Amount?
  /// What there is to say about the count, never about a patient.
  public var note = ""

  /// No count: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "till", &till)
    try fields.visit(2, "counts", &counts)
    try fields.visit(3, "left", &left)
    try fields.visit(4, "note", &note)
    try fields.currency()
  }
}

/// What was counted of one way of paying.
public struct CountedMethod: Payload, Hashable {
  /// The way of paying.
  public var method = MethodType.unspecified
  /// What is there, not below zero.
  public var amount = Amount.zero

  /// Nothing: to be filled in.
  public init() {}

  /// `amount` of `method`.
  public init(_ method: MethodType, _ amount: Amount) {
    self.method = method
    self.amount = amount
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "method", &method)
    try fields.visit(2, "amount", &amount)
  }
}

extension CloseTill {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: [.cashier, .accountant, .reception], needsClinic: true)
    review.requireFact()
    let session = review.session(of: till, for: .cash, state, "till")
    let record = session.flatMap { state.tills.sessions[$0] }
    let counts = checkedCounts(record?.sums ?? TillSums(), &review)
    let cash = counts.first { $0.method == .cash }?.counted?.minorUnits ?? 0
    let left = left.map { review.notNegative($0, "left") } ?? cash
    if left > cash {
      review.refuse(TillRefusal.leftAboveCount(review.amount(cash)), "left")
    }
    if session == nil, review.isImport { review.refuse(BillingRefusal.tillNotOpen, "till") }
    try review.conclude(into: &decision)

    guard let session, let record else { return }
    let closed = TillClosed.with {
      $0.session = session
      $0.till = record.till
      $0.number = (state.tills.tills[record.till]?.lastNumber ?? 0) + 1
      $0.counts = counts
      $0.left = Amount(minorUnits: left)
      $0.receiptCount = record.receiptCount
      $0.note = note
    }
    let index = try decision.append(closed, to: session.number, effective: review.effective)
    guard left < cash else { return }
    let moved = TillCashMoved.with {
      $0.session = session
      $0.direction = .out
      $0.type = .float
      $0.amount = Amount(minorUnits: cash - left)
    }
    try decision.append(
      moved, to: session.number, effective: review.effective, cause: .event(index))
  }

  /// Every way of paying that was counted or of which something should be there.
  private func checkedCounts(
    _ sums: TillSums, _ review: inout Review
  ) -> Few<MethodCount> {
    var found: [MethodType: Int64] = [:]
    for count in counts {
      if count.method == .unspecified {
        review.refuse(DeskRefusal.missing("a method"), "counts.method")
      } else if found[count.method] != nil {
        review.refuse(DeskRefusal.namedTwice("method"), "counts.method")
      }
      found[count.method] = review.notNegative(count.amount, "counts.amount")
    }
    var list: Few<MethodCount> = []
    for method in TillSums.methods {
      let expected = sums[method]
      let counted = found[method]
      if counted == nil, expected == 0 { continue }
      if counted == nil, method == .cash {
        review.refuse(DeskRefusal.missing("a count of the cash"), "counts")
      }
      list.append(
        MethodCount.with {
          $0.method = method
          $0.expected = Amount(minorUnits: expected)
          $0.counted = counted.map { Amount(minorUnits: $0) }
          $0.variance = counted.map {
            Amount(minorUnits: Int64(clamping: Int128($0) - Int128(expected)))
          }
        })
    }
    return list
  }
}

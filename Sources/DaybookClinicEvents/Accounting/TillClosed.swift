public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A till is counted and closed: its session ends, with a number of its own.
///
/// Fact, on the session's stream. The difference of the cash counted and the cash expected is
/// overage or shortage of cash; differences of the other methods are shown and post nothing.
public struct TillClosed: EventPayload, Hashable {
  /// The session.
  public var session = TillSessionID()
  /// The till.
  public var till = TillID()
  /// The number of the closing, without gaps in each till.
  public var number: UInt64 = 0
  /// What was counted and what was expected of each way of paying that the session knows.
  public var counts: Few<MethodCount> = []
  /// The cash that stays in the till; the rest of the count goes to the safe.
  public var left = Amount.zero
  /// How many payments, refunds, sales and returns the session holds.
  public var receiptCount: UInt32 = 0
  /// What there is to say about the count, never about a patient.
  public var note = ""

  /// No session: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .tillClosed }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .tillSession }
  public static var areas: Areas { [.accounting, .humanResources] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "session", &session)
    try fields.visit(2, "till", &till)
    try fields.visit(3, "number", &number)
    try fields.visit(4, "counts", &counts)
    try fields.visit(5, "left", &left)
    try fields.visit(6, "receiptCount", &receiptCount)
    try fields.visit(7, "note", &note)
    try fields.currency()
  }
}

/// What a till counted of one way of paying.
public struct MethodCount: Payload, Hashable {
  /// The way of paying.
  public var method = MethodType.unspecified
  /// What should be there: of cash the float and all that came and went since.
  public var expected = Amount.zero
  /// What is there; nil where nobody counted.
  public var counted: Amount?
  /// Counted less expected; below zero is short.
  public var variance: Amount?

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "method", &method)
    try fields.visit(2, "expected", &expected)
    try fields.visit(3, "counted", &counted)
    try fields.visit(4, "variance", &variance)
  }
}

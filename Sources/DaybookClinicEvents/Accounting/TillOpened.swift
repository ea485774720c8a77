public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A till is open: a session begins.
///
/// Fact, on the session's stream. What was brought debits the till against the safe; a float that
/// is more or less than what the till held and what was brought is overage or shortage of cash.
public struct TillOpened: EventPayload, Hashable {
  /// The session.
  public var session = TillSessionID()
  /// The till.
  public var till = TillID()
  /// The cash with which the session begins, as counted.
  public var float = Amount.zero
  /// What the till held by the books.
  public var held = Amount.zero
  /// What was brought from the safe to make the float.
  public var brought = Amount.zero

  /// No session: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .tillOpened }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .tillSession }
  public static var areas: Areas { [.accounting] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "session", &session)
    try fields.visit(2, "till", &till)
    try fields.visit(3, "float", &float)
    try fields.visit(4, "held", &held)
    try fields.visit(5, "brought", &brought)
    try fields.currency()
  }
}

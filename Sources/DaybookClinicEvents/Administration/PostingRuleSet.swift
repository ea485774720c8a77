public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Which accounts the entries of one event go to, from a day on.
///
/// Plan, on the rule's stream, effective on its first day. The shape of an entry is code and never
/// changes; which account a slot means is data. An entry is made once, when its event is applied, by
/// the latest rule recorded before it whose first day is not after its effective day. Slots that
/// the rule does not name keep their built-in accounts.
public struct PostingRuleSet: EventPayload, Hashable {
  /// The rule: the entries of one type of event have one, with its versions.
  public var rule = PostingRuleID()
  /// The name of the event: `ChargePosted`.
  public var eventType = ""
  /// Which form of the event the rule is for; empty for every one.
  public var variant = ""
  /// What the slots mean from then on.
  public var slots: Few<PostingSlot> = []
  /// The first day.
  public var from = Day()

  /// No rule: to be filled in.
  public init() {}

  public static var tag: AdministrationTag { .postingRuleSet }
  public static var nature: Nature { .plan }
  public static var areas: Areas { [.accounting] }
  public static var streamKind: StreamKind { .postingRule }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "rule", &rule)
    try fields.visit(2, "eventType", &eventType)
    try fields.visit(3, "variant", &variant)
    try fields.visit(4, "slots", &slots)
    try fields.visit(5, "from", &from)
  }
}

/// A place in the shape of an entry, and the account that it means.
public struct PostingSlot: Payload, Hashable {
  /// The slot's name: `exemptIncome`.
  public var slot = ""
  /// The account's code.
  public var account = ""

  /// No slot: to be filled in.
  public init() {}

  /// `slot` means `account`.
  public init(_ slot: String, account: String) {
    self.slot = slot
    self.account = account
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "slot", &slot)
    try fields.visit(2, "account", &account)
  }
}

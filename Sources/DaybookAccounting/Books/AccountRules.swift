import DaybookBytes
import DaybookEvents
import DaybookValues

/// Which accounts the slots of one event's entries mean, from a day on: as `PostingRuleSet` said it.
struct AccountRule: Sendable {
  /// What a slot means.
  struct Meaning: Sendable {
    var slot = 0
    var account: UInt16 = 0
  }

  var position = Position.start
  /// The index of the event's built-in rule.
  var rule = 0
  var from: Int32 = 0
  var meanings: [Meaning] = []
}

/// The rules that were recorded, in position order: an entry is made by the latest one that was
/// recorded before it and holds on its day.
struct AccountRules: Sendable {
  private var rules: [AccountRule] = []

  var isEmpty: Bool { rules.isEmpty }

  mutating func add(_ rule: AccountRule) { rules.append(rule) }

  /// The rule for an event's entries on `day`; nil where the built-in accounts hold.
  ///
  /// - Complexity: O(n) of the rules, which a business changes a few times in its life.
  func latest(_ rule: Int, on day: Int32, at position: Position = .end) -> AccountRule? {
    rules.last { $0.rule == rule && $0.from <= day && $0.position < position }
  }

  /// The version of the rule that made an entry: 1 for the built-in one, and one more with each that
  /// was recorded for the event.
  func version(_ rule: Int, on day: Int32, at position: Position) -> UInt16 {
    guard let made = latest(rule, on: day, at: position) else {
      return PostingRule.builtInVersion
    }
    let before = rules.count { $0.rule == rule && $0.position <= made.position }
    return PostingRule.builtInVersion + UInt16(clamping: before)
  }
}

extension AccountRules: Checkpointed {
  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("rules", &rules)
  }
}

extension AccountRule: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&rule)
    try fields.visit(&from)
    try fields.visit(&meanings)
  }
}

extension AccountRule.Meaning: StoredRecord {
  static var blank: Self { Self() }

  var isSound: Bool { Slot.allCases.indices.contains(slot) }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&slot)
    try fields.visit(&account)
  }
}

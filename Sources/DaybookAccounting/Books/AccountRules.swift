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
  // By the event's built-in rule; made of the rules, and no part of a checkpoint.
  private var versions: [RuleVersions] = []
  private let builtIn: SlotAccounts

  init(_ builtIn: SlotAccounts) { self.builtIn = builtIn }

  var isEmpty: Bool { rules.isEmpty }

  /// How many versions of an event's rule were recorded.
  func versionCount(_ rule: Int) -> Int { rule < versions.count ? versions[rule].count : 0 }

  mutating func add(_ rule: AccountRule) {
    rules.append(rule)
    index(rule)
  }

  private mutating func index(_ rule: AccountRule) {
    while versions.count <= rule.rule { versions.append(RuleVersions()) }
    versions[rule.rule].add(rule, builtIn.with(rule.meanings))
  }

  /// What the slots mean in an event's entries on `day`, by all rules recorded so far.
  ///
  /// - Complexity: O(log n) of the event's rules.
  func accounts(_ rule: Int, on day: Int32) -> SlotAccounts {
    guard rule < versions.count, let found = versions[rule].latest(on: day) else { return builtIn }
    return versions[rule].accounts(of: found)
  }

  /// The version of the rule that made an entry: 1 for the built-in one, and one more with each that
  /// was recorded for the event.
  ///
  /// - Complexity: O(log n) of the event's rules.
  func version(_ rule: Int, on day: Int32, at position: Position) -> UInt16 {
    guard rule < versions.count, let made = versions[rule].latest(on: day, before: position) else {
      return PostingRule.builtInVersion
    }
    return PostingRule.builtInVersion + UInt16(clamping: made + 1)
  }

  /// What the slots of an event's entries mean in that version.
  func accounts(_ rule: Int, version: UInt16) -> SlotAccounts {
    let index = Int(version) - Int(PostingRule.builtInVersion) - 1
    guard index >= 0, rule < versions.count, index < versions[rule].count else { return builtIn }
    return versions[rule].accounts(of: index)
  }

  /// Every account that a slot means or has meant, in any event's entries.
  func meanings(of slot: Slot) -> Set<UInt16> {
    var accounts: Set<UInt16> = [builtIn[slot]]
    for rule in rules {
      for meaning in rule.meanings where meaning.slot == slot.rawValue {
        accounts.insert(meaning.account)
      }
    }
    return accounts
  }

  /// The first day and the position of a version; nil for the built-in one.
  func origin(_ rule: Int, version: UInt16) -> (from: Day, position: Position)? {
    let index = Int(version) - Int(PostingRule.builtInVersion) - 1
    guard index >= 0, rule < versions.count, index < versions[rule].count else { return nil }
    return versions[rule].origin(of: index)
  }

  /// The latest version of any event's rule that can have made an entry up to `day` by `position`.
  func latestVersion(on day: Int32, at position: Position) -> UInt16 {
    versions.indices.map { version($0, on: day, at: position) }.max() ?? PostingRule.builtInVersion
  }
}

extension AccountRules: Checkpointed {
  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("rules", &rules)
    guard parts.isReading else { return }
    for rule in rules {
      guard PostingRule.builtIn.indices.contains(rule.rule) else {
        throw WireError(.outOfRange, at: 0, field: "accountRules.rule")
      }
      index(rule)
    }
  }
}

/// The versions of one event's rule, in position order.
///
/// Each knows the latest one before it that begins earlier. On that way back the first days only
/// descend, so that jumps over it, laid as in a skip list, find the first that is not after a day
/// without a look at each.
private struct RuleVersions: Sendable {
  private struct Version: Sendable {
    var position: Position
    var from: Int32
    var accounts: SlotAccounts
    /// The latest version before it with an earlier first day; -1 for none.
    var earlier: Int
    /// One further on that way back; -1 for none.
    var jump: Int
    /// How many stand on the way back.
    var depth: Int
  }

  private var list: [Version] = []

  var count: Int { list.count }

  mutating func add(_ rule: AccountRule, _ accounts: SlotAccounts) {
    let earlier = rule.from == .min ? nil : latest(on: rule.from - 1)
    var version = Version(
      position: rule.position, from: rule.from, accounts: accounts, earlier: earlier ?? -1,
      jump: -1, depth: 0)
    if let earlier {
      version.depth = list[earlier].depth + 1
      // Two jumps of one length that follow each other are made one of both.
      let jump = list[earlier].jump
      let isEven =
        jump >= 0 && list[jump].jump >= 0
        && list[earlier].depth - list[jump].depth == list[jump].depth - list[list[jump].jump].depth
      version.jump = isEven ? list[jump].jump : earlier
    }
    list.append(version)
  }

  /// The index of the latest version recorded before `position` that holds on `day`.
  func latest(on day: Int32, before position: Position = .end) -> Int? {
    var index = countBefore(position) - 1
    while index >= 0, list[index].from > day {
      let jump = list[index].jump
      index = jump >= 0 && list[jump].from > day ? jump : list[index].earlier
    }
    return index < 0 ? nil : index
  }

  private func countBefore(_ position: Position) -> Int {
    var (low, high) = (0, list.count)
    if let last = list.last, last.position < position { return high }
    while low < high {
      let middle = (low + high) / 2
      if list[middle].position < position { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func accounts(of index: Int) -> SlotAccounts { list[index].accounts }

  func origin(of index: Int) -> (from: Day, position: Position) {
    (Day(daysSince1970: list[index].from), list[index].position)
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

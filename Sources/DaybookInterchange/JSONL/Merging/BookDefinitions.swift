import DaybookBytes
import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookValues

/// What a book has defined for all of its clinics: where two books are merged, one code has one
/// meaning.
struct BookDefinitions {
  /// A definition with all of its versions.
  struct Defined<Version: Hashable> {
    /// Its number.
    var number: UInt64
    /// Where it was defined first.
    var first: Position
    /// All that was said of it, without its number and the day from which it holds.
    var versions: [Version]
  }

  private(set) var accounts: [String: Defined<AccountDefined>] = [:]
  private(set) var taxCodes: [String: Defined<TaxCodeSet>] = [:]
  /// By event and variant.
  private(set) var rules: [String: Defined<PostingRuleSet>] = [:]
  /// Parties with a tax number, by kind and number.
  private(set) var parties: [String: Defined<PartyRegistered>] = [:]
  /// Resources, by serial number.
  private(set) var resources: [String: Defined<ResourceDefined>] = [:]

  private let decoder = EventDecoder()

  init() {}

  /// Takes in what an event defines.
  ///
  /// - Complexity: O(1); only definitions are decoded.
  mutating func note(_ record: RecordView) throws(WireError) {
    guard record.header.family == .administration,
      let tag = AdministrationTag(rawValue: record.header.tag)
    else { return }
    let event = Event(record, decoder)
    decoder.reset()
    let position = record.header.position
    switch tag {
    case .accountDefined:
      var account = try event.payload(AccountDefined.self)
      let number = account.account.number
      account.account = LedgerAccountID()
      Self.add(account, account.code.trimmed, number, position, to: &accounts)
    case .taxCodeSet:
      var code = try event.payload(TaxCodeSet.self)
      let number = code.taxCode.number
      code.taxCode = TaxCodeID()
      // What was decided by it is in the events; from when on each book began to is no difference.
      code.from = Day()
      Self.add(code, code.code.trimmed, number, position, to: &taxCodes)
    case .postingRuleSet:
      var rule = try event.payload(PostingRuleSet.self)
      let number = rule.rule.number
      rule.rule = PostingRuleID()
      rule.from = Day()
      Self.add(rule, Self.key(rule), number, position, to: &rules)
    case .partyRegistered:
      var party = try event.payload(PartyRegistered.self)
      let number = party.party.number
      party.party = PartyID()
      guard let key = Self.key(party) else { return }
      Self.add(party, key, number, position, to: &parties)
    case .resourceDefined:
      var resource = try event.payload(ResourceDefined.self)
      let number = resource.resource.number
      resource.resource = ResourceID()
      guard !resource.serial.trimmed.isEmpty else { return }
      Self.add(resource, resource.serial.trimmed, number, position, to: &resources)
    default: return
    }
  }

  private static func add<Version>(
    _ version: Version, _ key: String, _ number: UInt64, _ position: Position,
    to defined: inout [String: Defined<Version>]
  ) {
    if defined[key] == nil {
      defined[key] = Defined(number: number, first: position, versions: [version])
    } else {
      defined[key]?.versions.append(version)
    }
  }

  static func key(_ rule: PostingRuleSet) -> String { "\(rule.eventType)/\(rule.variant)" }

  /// What a party has alone; nil where it has no tax number.
  static func key(_ party: PartyRegistered) -> String? {
    let taxID = party.taxID.trimmed
    return taxID.isEmpty ? nil : "\(party.type.rawValue)/\(taxID)"
  }

  /// What keeps the books of the export from being merged into this book; empty where nothing does.
  ///
  /// Posting rules change the entries of everything that is posted after them, at every clinic: both
  /// books have the same, or none, from whatever day; whether that changes an entry, the balances tell.
  /// An account that is built in means what it does there, unless both
  /// books say otherwise in the same words.
  func conflicts(with export: BookDefinitions) -> [String] {
    var conflicts: [String] = []
    for key in Set(rules.keys).union(export.rules.keys).sorted()
    where rules[key]?.versions != export.rules[key]?.versions {
      let event = String(key.prefix { $0 != "/" })
      let difference =
        if rules[key] == nil {
          "set in the export alone"
        } else if export.rules[key] == nil {
          "set in the book alone"
        } else {
          "another in the export"
        }
      conflicts.append(
        "the posting rule of \(event) is \(difference); set the same in both books first")
    }
    for line in StandardChart.accounts {
      let here = accounts[line.code]?.versions.last
      let there = export.accounts[line.code]?.versions.last
      guard here == nil || there == nil, let changed = here ?? there,
        changed.name.trimmed != line.name || changed.type != line.type
      else { continue }
      conflicts.append(
        "account \(line.code) is \(Self.text(changed)) in the \(here == nil ? "export" : "book") and "
          + "\(line.name.debugDescription) in the \(here == nil ? "book" : "export"); define it alike "
          + "in one of them first")
    }
    return conflicts
  }

  static func text(_ account: AccountDefined) -> String {
    "\(account.name.trimmed.debugDescription) (\(account.type))"
  }
}

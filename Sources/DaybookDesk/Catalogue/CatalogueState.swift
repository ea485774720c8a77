package import DaybookBytes
package import DaybookClinicEvents
package import DaybookClinicRules
package import DaybookEvents
package import DaybookValues

/// What the Desk knows of an account of the clinic's own.
package struct AccountRecord: Sendable {
  package var code = ""
  package var type: LedgerAccountType = .unspecified
  /// Whether a rule or an entry names it, so that what it is stays.
  package var isUsed = false
  /// The built-in code of the account that has this code in a country's chart; empty for all others.
  package var standsFor = ""
}

/// What a tax code says from a day on.
package struct TaxVersion: Sendable {
  package var rate = Rate()
  package var taxClass: TaxClass = .unspecified
  package var deductible = false

  /// The same as the rules have it.
  var rule: TaxRule { TaxRule(rate: rate, taxClass, deductible: deductible) }
}

/// What the Desk knows of a tax code.
package struct TaxCodeRecord: Sendable {
  package var code = ""
  package var versions = DayVersions<TaxVersion>()
}

/// What a line of the price lists says from a day on.
package struct PriceVersion: Sendable {
  package var unitPrice = UnitPrice()
  /// Whether everybody's price is charged, and what this one is below it taken off at once.
  package var allowance = false
}

/// What the Desk knows of a room, chair, device or steriliser.
package struct ResourceRecord: Sendable {
  package var clinic = ClinicID()
  package var type: ResourceType = .unspecified
  package var serial = ""
  /// None where the clinic's hours are its own.
  package var openHours: Few<OpenHours> = []
  package var retired = false
}

/// Accounts, posting rules, prices, tax codes and resources.
package struct CatalogueState: Sendable {
  package private(set) var accounts = Dense<LedgerAccountKind, AccountRecord>()
  package private(set) var taxCodes = Dense<TaxCodeKind, TaxCodeRecord>()
  package private(set) var resources = Dense<ResourceKind, ResourceRecord>()
  private var prices = Dense<PriceKind, DayVersions<PriceVersion>>()
  // What a business has few of: by what tells one from the others.
  private var accountCodes: [String: LedgerAccountID] = [:]
  /// The accounts that stand for built-in ones in a country's chart, by the built-in codes.
  private var standIns: [String: LedgerAccountID] = [:]
  private var taxCodeNames: [String: TaxCodeID] = [:]
  private var serials: [String: ResourceID] = [:]
  private var rules: [RuleKey: PostingRuleID] = [:]
  private var priceLines: [PriceKey: PriceID] = [:]
  private var ruleCount: UInt64 = 0

  // MARK: - Questions

  /// The clinic's own account of that code; nil where there is none.
  package func account(_ code: String) -> LedgerAccountID? { accountCodes[code] }

  /// What the account of that code is, the clinic's own or a built-in one; nil where there is none.
  package func accountType(_ code: String) -> LedgerAccountType? {
    accountCodes[code].flatMap { accounts[$0]?.type }
      ?? (standIns[code] == nil ? StandardChart.type(of: code) : nil)
  }

  /// The built-in code of the account that is known by `code`; nil where it is none of the built-in.
  ///
  /// The same code as long as no country's chart gives the account another.
  package func builtInCode(_ code: String) -> String? {
    if let account = accountCodes[code].flatMap({ accounts[$0] }), !account.standsFor.isEmpty {
      return account.standsFor
    }
    return standIns[code] == nil && StandardChart.type(of: code) != nil ? code : nil
  }

  /// The code by which the built-in account `builtIn` is known: its own, or that of a country's chart.
  package func ownCode(_ builtIn: String) -> String {
    standIns[builtIn].flatMap { accounts[$0]?.code } ?? builtIn
  }

  /// How entries made by hand may use the account that is known by `code`.
  package func use(of code: String) -> LedgerAccounts.Use {
    builtInCode(code).map { LedgerAccounts.use(of: $0) } ?? .free
  }

  /// Whether the account that is known by `code` is the bank, or a part of it that the clinic has named:
  /// `11001` of `1100`.
  func isBank(_ code: String) -> Bool {
    let bank = ownCode("1100")
    if code == bank { return true }
    return code.hasPrefix(bank) && builtInCode(code) == nil && accountType(code) == .asset
  }

  /// Whether nothing was said yet of accounts, rules and tax: a country's pack may still be taken.
  var isUntouched: Bool { accounts.count == 0 && rules.isEmpty && taxCodes.count == 0 }

  /// The tax code that is known by that text; nil where there is none.
  package func taxCode(_ code: String) -> TaxCodeID? { taxCodeNames[code] }

  /// The rule of a tax code on `day`; before its first day, the first.
  package func taxRule(_ code: TaxCodeID, on day: Day) -> TaxRule? {
    guard let versions = taxCodes[code]?.versions else { return nil }
    return (versions.on(day) ?? versions.first)?.rule
  }

  /// The resource with that serial number; nil for no number.
  package func resource(serial: String) -> ResourceID? { serials[serial] }

  /// The number of the rule for an event; nil where none was set.
  package func rule(of eventType: String, _ variant: String) -> PostingRuleID? {
    rules[RuleKey(eventType: eventType, variant: variant)]
  }

  /// The line of the list for exactly that; nil where none was set.
  package func priceLine(_ key: PriceKey) -> PriceID? { priceLines[key] }

  /// The first day of the latest price of a line.
  package func lastPriceDay(_ line: PriceID) -> Day? { prices[line]?.lastDay }

  /// The price of a unit on `day`: by the payer's list, else by everybody's; of the clinic, else of
  /// the whole book. Nil where no list has a price.
  ///
  /// - Complexity: O(log n) of the prices that a line had.
  package func price(
    of priced: Priced, payer: PartyID?, at clinic: ClinicID, on day: Day
  ) -> PriceVersion? {
    for payer in payer.map({ [$0, nil] }) ?? [nil] {
      for clinic in [clinic, ClinicID()] {
        let key = PriceKey(priced, payer: payer, clinic: clinic)
        if let line = priceLines[key], let price = prices[line]?.on(day) { return price }
      }
    }
    return nil
  }

  // MARK: - Events

  mutating func define(_ event: AccountDefined) throws(WireError) {
    let code = event.code
    guard let known = accounts[event.account] else {
      if !event.standsFor.isEmpty { standIns[event.standsFor] = event.account }
      // A built-in account has its place in built-in entries: it is in use from the beginning.
      let isBuiltIn =
        !event.standsFor.isEmpty
        || standIns[code] == nil && StandardChart.type(of: code) != nil
      try accounts.append(
        AccountRecord(
          code: code, type: event.type, isUsed: isBuiltIn, standsFor: event.standsFor),
        as: event.account)
      accountCodes[code] = event.account
      return
    }
    try accounts.update(event.account) {
      $0 = AccountRecord(
        code: known.code, type: event.type, isUsed: known.isUsed, standsFor: known.standsFor)
    }
  }

  /// Fixes what the accounts of these codes are; a built-in one is fixed anyhow.
  mutating func noteUse(of codes: some Sequence<String>) throws(WireError) {
    for code in codes {
      guard let account = accountCodes[code], accounts[account]?.isUsed == false else { continue }
      try accounts.update(account) { $0.isUsed = true }
    }
  }

  mutating func set(_ event: PostingRuleSet) throws(WireError) {
    let key = RuleKey(eventType: event.eventType, variant: event.variant)
    if rules[key] == nil {
      guard event.rule.number == ruleCount + 1 else {
        throw WireError(.outOfRange, at: 0, field: PostingRuleKind.name)
      }
      ruleCount += 1
      rules[key] = event.rule
    }
    try noteUse(of: event.slots.map(\.account))
  }

  mutating func set(_ event: PriceSet, _ header: RecordHeader) throws(WireError) {
    let key = PriceKey(event.priced, payer: event.payer, clinic: ClinicID(header.clinic))
    let version = PriceVersion(unitPrice: event.unitPrice, allowance: event.allowance)
    if prices.contains(event.price) {
      try prices.update(event.price) { $0.add(version, from: event.from) }
    } else {
      var versions = DayVersions<PriceVersion>()
      versions.add(version, from: event.from)
      try prices.append(versions, as: event.price)
      priceLines[key] = event.price
    }
  }

  mutating func set(_ event: TaxCodeSet) throws(WireError) {
    let version = TaxVersion(
      rate: event.rate, taxClass: event.taxClass, deductible: event.deductible)
    if let known = taxCodes[event.taxCode] {
      if known.code != event.code { taxCodeNames[known.code] = nil }
      try taxCodes.update(event.taxCode) {
        $0.code = event.code
        $0.versions.add(version, from: event.from)
      }
    } else {
      var record = TaxCodeRecord(code: event.code)
      record.versions.add(version, from: event.from)
      try taxCodes.append(record, as: event.taxCode)
    }
    taxCodeNames[event.code] = event.taxCode
  }

  mutating func define(_ event: ResourceDefined, _ header: RecordHeader) throws(WireError) {
    let record = ResourceRecord(
      clinic: ClinicID(header.clinic), type: event.type, serial: event.serial,
      openHours: event.openHours, retired: event.retired)
    if let known = resources[event.resource] {
      if !known.serial.isEmpty { serials[known.serial] = nil }
      try resources.update(event.resource) { $0 = record }
    } else {
      try resources.append(record, as: event.resource)
    }
    if !event.serial.isEmpty { serials[event.serial] = event.resource }
  }
}

extension CatalogueState: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("accounts", &accounts)
    try parts.visit("taxCodes", &taxCodes)
    try parts.visit("resources", &resources)
    try parts.visit("prices", &prices)
    try parts.visit("accountCodes", &accountCodes)
    try parts.visit("standIns", &standIns)
    try parts.visit("taxCodeNames", &taxCodeNames)
    try parts.visit("serials", &serials)
    try parts.visit("rules", &rules)
    try parts.visit("priceLines", &priceLines)
    try parts.visit("ruleCount", &ruleCount)
  }
}

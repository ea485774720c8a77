public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Gives a new book the chart, the posting rules and the tax codes of a country, as one action.
///
/// Answers with `AccountDefined` for every account of the pack, `PostingRuleSet` and `TaxCodeSet`. All
/// built-in accounts get a code and a name: they keep their places in entries and reports, and only
/// what they are called is another. It is for a book in which nothing is posted yet; one that has no
/// clinic yet, since an import brings them, takes it for the whole book.
public struct AdoptPack: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The accounts: every built-in one by another code, and those that the country has beside them.
  public var accounts: Few<PackAccount> = []
  /// Which accounts slots mean, by the codes of the pack.
  public var rules: Few<PackRule> = []
  /// The tax codes, each with its versions in the order of their days.
  public var taxCodes: Few<PackTaxCode> = []

  /// No pack: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "accounts", &accounts)
    try fields.visit(2, "rules", &rules)
    try fields.visit(3, "taxCodes", &taxCodes)
  }
}

/// An account of a country's chart.
public struct PackAccount: Payload, Hashable {
  /// The built-in code of the account; empty for one that the country has beside them.
  public var standsFor = ""
  /// The code that it is known and ordered by.
  public var code = ""
  /// The name that it goes by.
  public var name = ""
  /// What it is; not said of a built-in one, which stays what it is.
  public var type = LedgerAccountType.unspecified

  /// No account: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "standsFor", &standsFor)
    try fields.visit(2, "code", &code)
    try fields.visit(3, "name", &name)
    try fields.visit(4, "type", &type)
  }
}

/// Which accounts the entries of one event go to.
public struct PackRule: Payload, Hashable {
  /// The name of the event: `GoodsReceived`.
  public var eventType = ""
  /// What the slots mean.
  public var slots: Few<PostingSlot> = []

  /// No rule: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "eventType", &eventType)
    try fields.visit(2, "slots", &slots)
  }
}

/// A rule of tax from a day on.
public struct PackTaxCode: Payload, Hashable {
  /// The code that it is known by.
  public var code = ""
  /// The rate; nothing where the class has none of its own.
  public var rate = Rate()
  /// What sort of rule it is.
  public var taxClass = TaxClass.unspecified
  /// Why no tax is asked, as an invoice says it; empty where some is.
  public var reason = ""
  /// The first day.
  public var from = Day()

  /// No rule: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "code", &code)
    try fields.visit(2, "rate", &rate)
    try fields.visit(3, "taxClass", &taxClass)
    try fields.visit(4, "reason", &reason)
    try fields.visit(5, "from", &from)
  }
}

extension AdoptPack {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: [.admin], systemBegins: true,
      needsClinic: state.administration.clinics.count > 0)
    review.requireFact()
    let clinics = (1...UInt64(max(1, state.administration.clinics.count))).compactMap {
      state.administration.clinics[ClinicID($0)]
    }
    if !state.catalogue.isUntouched || clinics.contains(where: \.hasPostings) {
      review.refuse(CatalogueRefusal.bookInUse, "")
    }
    let types = checkAccounts(&review)
    for rule in rules { check(rule, types, &review) }
    let starts = checkTaxCodes(&review)
    try review.conclude(into: &decision)

    try appendAccounts(review, &decision)
    try appendRules(state, review, &decision)
    try appendTaxCodes(starts, review, &decision)
  }

  // MARK: - Rules

  /// Every built-in account once, every code once.
  ///
  /// - Returns: What the accounts are, by their codes.
  private func checkAccounts(_ review: inout Review) -> [String: LedgerAccountType] {
    var types: [String: LedgerAccountType] = [:]
    var named: Set<String> = []
    for account in accounts {
      let code = account.code.trimmed
      review.requireText(code, "accounts.code")
      review.requireText(account.name, "accounts.name")
      var type: LedgerAccountType? = account.type
      if !account.standsFor.isEmpty {
        type = StandardChart.type(of: account.standsFor)
        if type == nil {
          review.refuse(
            DeskRefusal.unknown(kind: "built-in account", name: account.standsFor),
            "accounts.standsFor")
        } else if !named.insert(account.standsFor).inserted {
          review.refuse(DeskRefusal.namedTwice("built-in account"), "accounts.standsFor")
        }
      } else if account.type == .unspecified {
        review.refuse(DeskRefusal.missing("a type"), "accounts.type")
      }
      if types.updateValue(type ?? .unspecified, forKey: code) != nil {
        review.refuse(CatalogueRefusal.accountCodeTaken(code), "accounts.code")
      }
    }
    for line in StandardChart.accounts where !named.contains(line.code) {
      review.refuse(CatalogueRefusal.accountLeftOut(line.code), "accounts")
    }
    return types
  }

  private func check(
    _ rule: PackRule, _ types: [String: LedgerAccountType], _ review: inout Review
  ) {
    if !PostingSlots.events.contains(rule.eventType) {
      review.refuse(CatalogueRefusal.noEntries(rule.eventType), "rules.eventType")
    }
    if rules.filter({ $0.eventType == rule.eventType }).count > 1 {
      review.refuse(DeskRefusal.namedTwice("event"), "rules.eventType")
    }
    if rule.slots.isEmpty { review.refuse(DeskRefusal.missing("a slot"), "rules.slots") }
    for slot in rule.slots {
      if !PostingSlots.names.contains(slot.slot) {
        review.refuse(CatalogueRefusal.noSlot(slot.slot), "rules.slots.slot")
      }
      guard let type = types[slot.account] else {
        review.refuse(
          DeskRefusal.unknown(kind: "account", name: slot.account), "rules.slots.account")
        continue
      }
      if !PostingSlots.allows(type) {
        review.refuse(CatalogueRefusal.notForSlots(slot.account, type), "rules.slots.account")
      }
    }
  }

  /// Each code's versions by ascending days.
  ///
  /// - Returns: When each version takes effect.
  private func checkTaxCodes(_ review: inout Review) -> [Moment] {
    var last: [String: Day] = [:]
    return taxCodes.map { tax in
      let code = tax.code.trimmed
      review.requireText(code, "taxCodes.code")
      if tax.taxClass == .unspecified {
        review.refuse(DeskRefusal.missing("a class"), "taxCodes.taxClass")
      } else if !TaxRule.allows(tax.rate, tax.taxClass) {
        review.refuse(CatalogueRefusal.rateOfClass(tax.rate, tax.taxClass), "taxCodes.rate")
      }
      if let before = last[code], before >= tax.from {
        review.refuse(CatalogueRefusal.versionsNotOrdered(code, before), "taxCodes.from")
      }
      last[code] = tax.from
      return review.beginning(of: tax.from, "taxCodes.from")
    }
  }

  // MARK: - Events

  private func appendAccounts(
    _ review: Review, _ decision: inout Decision
  ) throws(Refusal) {
    // Built-in accounts first: their codes are then free for those beside them.
    let ordered = accounts.filter { !$0.standsFor.isEmpty } + accounts.filter(\.standsFor.isEmpty)
    for account in ordered {
      let id = LedgerAccountID(decision.nextNumber(LedgerAccountKind.streamKind))
      let defined = AccountDefined.with {
        $0.account = id
        $0.code = account.code.trimmed
        $0.name = account.name.trimmed
        $0.type = StandardChart.type(of: account.standsFor) ?? account.type
        $0.standsFor = account.standsFor
      }
      try decision.append(
        defined, to: id.number, expecting: .noStream, effective: review.effective)
    }
  }

  /// From the first day on that a book can have, so that no entry is made by another rule.
  private func appendRules(
    _ state: DeskState, _ review: Review, _ decision: inout Decision
  ) throws(Refusal) {
    let clinics = (0..<state.administration.clinics.count).map { UInt64($0) + 1 }
    for rule in rules {
      let id = PostingRuleID(decision.nextNumber(PostingRuleKind.streamKind))
      let set = PostingRuleSet.with {
        $0.rule = id
        $0.eventType = rule.eventType
        $0.slots = rule.slots
        $0.from = .min
      }
      try decision.append(
        set, to: id.number, expecting: .noStream, effective: review.effective,
        otherClinics: clinics.filter { $0 != review.context.clinic })
    }
  }

  private func appendTaxCodes(
    _ starts: [Moment], _ review: Review, _ decision: inout Decision
  ) throws(Refusal) {
    var known: [String: TaxCodeID] = [:]
    for (tax, start) in zip(taxCodes, starts) {
      let code = tax.code.trimmed
      let id = known[code] ?? TaxCodeID(decision.nextNumber(TaxCodeKind.streamKind))
      let set = TaxCodeSet.with {
        $0.taxCode = id
        $0.code = code
        $0.rate = tax.rate
        $0.taxClass = tax.taxClass
        $0.reason = tax.reason
        // What is exempt takes the right to deduct with it.
        $0.deductible = TaxRule(rate: tax.rate, tax.taxClass).isTaxable
        $0.from = tax.from
      }
      try decision.append(
        set, to: id.number, expecting: known[code] == nil ? .noStream : .any, effective: start)
      known[code] = id
    }
  }
}

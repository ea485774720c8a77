import DaybookBytes
import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

// What the catalogue says of the books themselves: accounts, rules, and the classes of tax.
extension AccountingModel {
  /// A built-in account that this program does not know is an error: it would stay as it is.
  mutating func define(
    _ account: AccountDefined, _ header: RecordHeader
  ) throws(PostingError) {
    let defined = DefinedAccount(
      code: account.code, name: account.name, type: account.type, standsFor: account.standsFor)
    guard chart.hasRoom(for: account.code) else {
      throw PostingError(.tooManyAccounts, at: header.position)
    }
    guard chart.take(defined) else { throw PostingError(.unknownAccount, at: header.position) }
    definedAccounts.append(defined)
  }

  /// The built-in codes of the accounts that have others in a country's chart, by those.
  public var builtInCodes: [String: String] {
    var codes: [String: String] = [:]
    for defined in definedAccounts where !defined.standsFor.isEmpty {
      codes[defined.code] = defined.standsFor
    }
    return codes
  }

  /// A slot or an account that this program does not know is an error: an entry would go elsewhere.
  mutating func set(_ set: PostingRuleSet, _ header: RecordHeader) throws(PostingError) {
    guard let rule = PostingRule.builtIn.firstIndex(where: { $0.event == set.eventType }) else {
      throw PostingError(.unspecified, at: header.position)
    }
    var added = AccountRule(
      position: header.position, rule: rule, from: set.from.daysSince1970)
    for meaning in set.slots {
      guard let slot = Slot.allCases.first(where: { "\($0)" == meaning.slot }),
        let account = chart.index(of: meaning.account)
      else { throw PostingError(.unspecified, at: header.position) }
      added.meanings.append(
        AccountRule.Meaning(slot: slot.rawValue, account: UInt16(account)))
    }
    // The built-in version is the first.
    guard accountRules.versionCount(rule) < UInt16.max - PostingRule.builtInVersion else {
      throw PostingError(.tooManyAccounts, at: header.position)
    }
    accountRules.add(added)
  }

  /// The accounts of an entry: by the rule of its event on its day, else the built-in ones.
  mutating func accounts(_ rule: Int, on day: Int32) -> SlotAccounts {
    accountRules.accounts(rule, on: day)
  }

  mutating func set(_ code: TaxCodeSet, _ header: RecordHeader) {
    taxCodes.note(
      code.taxCode.number, at: header.position,
      TaxCodeFacts(
        taxClass: code.taxClass, from: code.from.daysSince1970,
        rate: Int32(clamping: code.rate.basisPoints)))
  }

  /// Whether income by that code stands among the taxable on `day`: by the version that holds then,
  /// else the first.
  mutating func isTaxable(_ code: TaxCodeID, on day: Int32) -> Bool {
    var row = taxCodes.find(code.number)
    var first = row
    while let found = row, found.facts.from > day {
      first = found
      row = found.previous >= 0 ? taxCodes.rows[found.previous] : nil
    }
    guard let taxClass = (row ?? first)?.facts.taxClass else { return true }
    return TaxRule(rate: .zero, taxClass).isTaxable
  }
}

extension AccountingModel {
  /// The rate of a tax code on a day, in basis points, as known at a position: of the version that holds
  /// then, else the first; 0 for a code that was never set.
  func taxRate(_ code: UInt16, on day: Int32, at position: Position) -> Int32 {
    var row = taxCodes.find(UInt64(code), at: position)
    var first = row
    while let found = row, found.facts.from > day {
      first = found
      row = found.previous >= 0 ? taxCodes.rows[found.previous] : nil
    }
    return (row ?? first)?.facts.rate ?? 0
  }
}

/// What the books know of a tax code from a position on.
struct TaxCodeFacts: RegisteredFacts {
  var taxClass: TaxClass = .unspecified
  /// The first day.
  var from: Int32 = 0
  /// Basis points.
  var rate: Int32 = 0

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(taxClass.rawValue)
    writer.appendLittleEndian(UInt32(bitPattern: from))
    writer.appendLittleEndian(UInt32(bitPattern: rate))
  }
}

extension TaxCodeFacts: StoredRecord {
  static var blank: TaxCodeFacts { TaxCodeFacts() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&taxClass)
    try fields.visit(&from)
    try fields.visit(&rate)
  }
}

/// An account as a clinic defined it.
struct DefinedAccount: Sendable {
  var code = ""
  var name = ""
  var type = LedgerAccountType.unspecified
  /// The built-in code of the account that has this code in a country's chart; empty for all others.
  var standsFor = ""

  var account: Account { Account(code, name, AccountKind(type)) }
}

extension Chart {
  /// Takes an account in as a clinic defined it; false where it stands for one that is not built in.
  mutating func take(_ defined: DefinedAccount) -> Bool {
    if defined.standsFor.isEmpty {
      define(defined.account)
      return true
    }
    return define(defined.account, standingFor: defined.standsFor)
  }
}

extension DefinedAccount: StoredRecord {
  static var blank: DefinedAccount { DefinedAccount() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&code)
    try fields.visit(&name)
    try fields.visit(&type)
    try fields.visit(&standsFor)
  }
}

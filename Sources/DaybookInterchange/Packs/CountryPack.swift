import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookDesk
import DaybookEvents
public import DaybookValues

/// What a country gives a new book: a chart, posting rules, tax codes, where tax is rounded, and whose
/// the tax in a bad debt is.
///
/// A pack is a text that an accountant can edit; `es.pack` beside this file says how it is written.
public struct CountryPack: Hashable, Sendable {
  /// The name that it is asked for by: `es`.
  public private(set) var name = ""
  /// What it is: `España, PGC 2007`.
  public private(set) var title = ""
  /// The currency of a book that names none.
  public private(set) var currency: Currency?
  /// Where the tax of an invoice is rounded.
  public private(set) var taxRounding = TaxRounding.unspecified
  /// Whose the tax in a bad debt is.
  public private(set) var badDebtTax = BadDebtTax.unspecified
  /// The provisional share of input tax that is deductible.
  public private(set) var proRata = Rate.zero
  /// What the Desk is told, once the clinic is there.
  public private(set) var command = AdoptPack()

  /// Reads a pack.
  ///
  /// - Parameter file: What messages call it.
  /// - Throws: `PackError` with every fault of the text, line by line.
  public init(_ text: String, file: String) throws(PackError) {
    var reader = PackReader(file: file)
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, whole) in lines.enumerated() {
      reader.line = index + 1
      let line = Self.trimmed(whole)
      if line.isEmpty || line.hasPrefix("#") { continue }
      let parts = line.split(separator: ";", omittingEmptySubsequences: false)
      read(parts.map { Self.trimmed($0) }, &reader)
    }
    reader.finish(self)
    if !reader.faults.isEmpty { throw PackError(file: file, faults: reader.faults) }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    var view = Substring(text)
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\u{FEFF}" }
    while let first = view.first, isBlank(first) { view.removeFirst() }
    while let last = view.last, isBlank(last) { view.removeLast() }
    return String(view)
  }

  // MARK: - Lines

  private mutating func read(_ parts: [String], _ reader: inout PackReader) {
    switch parts[0] {
    case "pack":
      guard reader.requires(parts, 3, "pack; name; title") else { return }
      (name, title) = (parts[1], parts[2])
    case "currency":
      guard reader.requires(parts, 2, "currency; ISO 4217 code") else { return }
      currency = reader.value(parts[1]) { text throws(ValueError) in try Currency(text) }
    case "tax rounding": readRounding(parts, &reader)
    case "bad debt tax": readBadDebtTax(parts, &reader)
    case "pro rata":
      guard reader.requires(parts, 2, "pro rata; 0%") else { return }
      let share = reader.value(parts[1]) { text throws(ValueError) in try Rate(parsing: text) }
      proRata = share ?? .zero
      if proRata < .zero || proRata > .whole { reader.fault("\(proRata) is no share of the whole") }
    case "account": readAccount(parts, &reader)
    case "own": readOwn(parts, &reader)
    case "rule": readRule(parts, &reader)
    case "tax": readTax(parts, &reader)
    default:
      reader.fault(
        "\(parts[0]) begins no line of a pack; there are pack, currency, tax rounding, "
          + "bad debt tax, pro rata, account, own, rule and tax")
    }
  }

  private mutating func readRounding(_ parts: [String], _ reader: inout PackReader) {
    guard reader.requires(parts, 2, "tax rounding; line or document") else { return }
    switch parts[1] {
    case "line": taxRounding = .perLine
    case "document": taxRounding = .perDocument
    default: reader.fault("tax is rounded by the line or by the document, not by \(parts[1])")
    }
  }

  private mutating func readBadDebtTax(_ parts: [String], _ reader: inout PackReader) {
    guard reader.requires(parts, 2, "bad debt tax; borne or relieved") else { return }
    switch parts[1] {
    case "borne": badDebtTax = .borne
    case "relieved": badDebtTax = .relieved
    default: reader.fault("the tax in a bad debt is borne or relieved, not \(parts[1])")
    }
  }

  private mutating func readAccount(_ parts: [String], _ reader: inout PackReader) {
    guard reader.requires(parts, 4, "account; built-in code; code; name") else { return }
    guard StandardChart.type(of: parts[1]) != nil else {
      reader.fault("there is no built-in account \(parts[1])")
      return
    }
    if command.accounts.contains(where: { $0.standsFor == parts[1] }) {
      reader.fault("the built-in account \(parts[1]) has a line already")
    }
    add(
      PackAccount.with {
        $0.standsFor = parts[1]
        $0.code = parts[2]
        $0.name = parts[3]
      }, &reader)
  }

  private mutating func readOwn(_ parts: [String], _ reader: inout PackReader) {
    guard reader.requires(parts, 4, "own; code; type; name") else { return }
    let types: [String: LedgerAccountType] = [
      "asset": .asset, "liability": .liability, "equity": .equity, "income": .income,
      "expense": .expense,
    ]
    guard let type = types[parts[2]] else {
      reader.fault(
        "\(parts[2]) is no type of account; there are asset, liability, equity, income and expense")
      return
    }
    add(
      PackAccount.with {
        $0.code = parts[1]
        $0.name = parts[3]
        $0.type = type
      }, &reader)
  }

  private mutating func add(_ account: PackAccount, _ reader: inout PackReader) {
    // What exported journals take: no space, no colon.
    let allowed = account.code.unicodeScalars.allSatisfy {
      ("0"..."9").contains($0) || ("A"..."Z").contains($0) || $0 == "-"
    }
    if account.code.isEmpty || !allowed || account.code.hasPrefix("-") {
      reader.fault("an account's code has digits, capitals and hyphens, not \(account.code)")
    }
    if account.name.isEmpty { reader.fault("account \(account.code) has no name") }
    if command.accounts.contains(where: { $0.code == account.code }) {
      reader.fault("another account has the code \(account.code)")
    }
    command.accounts.append(account)
  }

  private mutating func readRule(_ parts: [String], _ reader: inout PackReader) {
    guard reader.requires(parts, 3, "rule; event; slot=code ...") else { return }
    var rule = PackRule()
    rule.eventType = parts[1]
    if !PostingSlots.events.contains(parts[1]) { reader.fault("\(parts[1]) makes no entry") }
    if command.rules.contains(where: { $0.eventType == parts[1] }) {
      reader.fault("\(parts[1]) has a rule already; name all its slots on one line")
    }
    for meaning in parts[2].split(separator: " ") {
      let sides = meaning.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard sides.count == 2, PostingSlots.names.contains(sides[0]) else {
        reader.fault(
          "\(meaning) is no slot with its account; there are "
            + PostingSlots.names.sorted().joined(separator: ", "))
        continue
      }
      rule.slots.append(PostingSlot(sides[0], account: sides[1]))
      reader.named(account: sides[1])
    }
    command.rules.append(rule)
  }

  private mutating func readTax(_ parts: [String], _ reader: inout PackReader) {
    guard reader.requires(parts, 6, "tax; code; class; rate; first day; why no tax is asked")
    else { return }
    let classes: [String: TaxClass] = [
      "standard": .standard, "reduced": .reduced, "zero": .zero, "exempt": .exempt,
      "reverseCharge": .reverseCharge, "outside": .outside,
    ]
    guard let taxClass = classes[parts[2]] else {
      reader.fault(
        "\(parts[2]) is no class of tax; there are standard, reduced, zero, exempt, reverseCharge "
          + "and outside")
      return
    }
    let rate = reader.value(parts[3]) { text throws(ValueError) in try Rate(parsing: text) }
    let from = reader.value(parts[4]) { text throws(ValueError) in try Day(parsing: text) }
    guard let rate, let from else { return }
    if parts[1].isEmpty { reader.fault("the tax code has no code") }
    if !TaxRule.allows(rate, taxClass) { reader.fault("\(rate) is no rate of \(parts[2])") }
    if let last = command.taxCodes.last(where: { $0.code == parts[1] }), last.from >= from {
      reader.fault("\(parts[1]) has a version from \(last.from) already; give them by their days")
    }
    command.taxCodes.append(
      PackTaxCode.with {
        $0.code = parts[1]
        $0.taxClass = taxClass
        $0.rate = rate
        $0.reason = parts[5]
        $0.from = from
      })
  }
}

/// Where a reader of a pack stands, and what it found wrong.
private struct PackReader {
  let file: String
  var line = 0
  var faults: [PackError.Fault] = []
  /// The accounts that rules name, with the line.
  private var accounts: [(code: String, line: Int)] = []

  init(file: String) { self.file = file }

  mutating func fault(_ message: String) {
    faults.append(PackError.Fault(line: line, message: message))
  }

  mutating func named(account code: String) { accounts.append((code, line)) }

  /// Whether the line has so many parts; one that is too long has a semicolon in a name.
  mutating func requires(_ parts: [String], _ count: Int, _ form: String) -> Bool {
    if parts.count == count { return true }
    fault("the line has \(parts.count) parts; write it as: \(form)")
    return false
  }

  mutating func value<Value>(
    _ text: String, _ read: (String) throws(ValueError) -> Value
  ) -> Value? {
    do throws(ValueError) {
      return try read(text)
    } catch {
      fault("\(error)")
      return nil
    }
  }

  /// What only the whole of a pack can lack.
  mutating func finish(_ pack: CountryPack) {
    let accounts = pack.command.accounts
    for (code, line) in self.accounts {
      self.line = line
      let account = accounts.first { $0.code == code }
      let type = account.map { StandardChart.type(of: $0.standsFor) ?? $0.type }
      guard let type else {
        fault("account \(code) has no line")
        continue
      }
      if !PostingSlots.allows(type) {
        fault("account \(code) is of type \(type); a slot means income or expenses")
      }
    }
    line = 0
    if pack.name.isEmpty || pack.title.isEmpty { fault("no line says: pack; name; title") }
    if pack.taxRounding == .unspecified { fault("no line says: tax rounding; line or document") }
    let left = StandardChart.accounts.filter { built in
      !accounts.contains { $0.standsFor == built.code }
    }
    for account in left {
      fault("no line gives the built-in account \(account.code) (\(account.name)) a code")
    }
  }
}

/// What is wrong with the text of a country's pack.
public struct PackError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One thing that is wrong.
  public struct Fault: Hashable, Sendable {
    /// The line, from 1; 0 is the file as a whole.
    public var line: Int
    /// What is wrong and what to do about it.
    public var message: String
  }

  /// What messages call the file.
  public var file: String
  /// What is wrong, line by line.
  public var faults: [Fault]

  /// A line for each fault: where, what, and what now.
  public var description: String {
    faults.map { $0.line > 0 ? "\(file) line \($0.line): \($0.message)" : "\(file): \($0.message)" }
      .joined(separator: "\n")
  }
}

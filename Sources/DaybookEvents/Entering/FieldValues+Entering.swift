public import DaybookValues

/// How a value is entered, for a person.
public struct EntryForm: Hashable, Sendable {
  /// In words, with an example: `an amount, 12.50`.
  public var words: String
  /// The words of which one is meant; empty where any may stand.
  public var choices: [String]

  /// Describes how a value is entered.
  public init(_ words: String, choices: [String] = []) {
    self.words = words
    self.choices = choices
  }

  /// Why `text` is not entered so: `"soon" is no duration; give one such as 30m, 1h30m, 90s`.
  func error(_ text: String) -> EntryError {
    let parts = words.split(separator: ": ", maxSplits: 1)
    let advice = parts.count == 2 ? "; give one such as \(parts[1])" : ""
    return EntryError(.malformed, "\(text.debugDescription) is no \(parts.first ?? "")\(advice)")
  }
}

extension FieldValue {
  /// A value of this kind cannot be entered unless it says how.
  public static func entered(
    _ text: String, field: String, _ terms: any EntryTerms
  ) throws(EntryError) -> Self {
    throw EntryError(.malformed, "it cannot be given as text")
  }

  /// The name of the kind of value.
  public static var entryForm: EntryForm { EntryForm(shape.typeName) }

  /// What `parse` makes of `text`, its error as one of an entry.
  static func entered(
    _ text: String, _ parse: () throws(ValueError) -> Self
  ) throws(EntryError) -> Self {
    do throws(ValueError) {
      return try parse()
    } catch {
      switch error.kind {
      case .empty, .malformed: throw entryForm.error(text)
      default: throw EntryError(.malformed, "\(error)")
      }
    }
  }
}

extension FieldValue where Self: FixedWidthInteger {
  /// A whole number; where the field counts seconds, `90s`, `30m` or `1h30m` too.
  public static func entered(
    _ text: String, field: String, _ terms: any EntryTerms
  ) throws(EntryError) -> Self {
    if let number = Self(text) { return number }
    if Seconds.areCounted(by: field),
      let seconds = Seconds(text).flatMap({ Self(exactly: $0.count) })
    {
      return seconds
    }
    throw Self.entryForm(of: field).error(text)
  }

  /// A whole number.
  public static var entryForm: EntryForm { EntryForm("whole number") }

  static func entryForm(of field: String) -> EntryForm {
    Seconds.areCounted(by: field) ? EntryForm("duration: 30m, 1h30m, 90s") : entryForm
  }
}

/// A length of time as people write it.
struct Seconds {
  let count: Int64

  /// Reads `90s`, `30m`, `1h30m`, `8h`.
  init?(_ text: String) {
    var total: Int64 = 0
    var number: Int64?
    var smallest = Int64.max
    for byte in text.utf8 {
      if (0x30...0x39).contains(byte) {
        let (tens, overflow) = (number ?? 0).multipliedReportingOverflow(by: 10)
        if overflow || tens > 1 << 40 { return nil }
        number = tens + Int64(byte - 0x30)
        continue
      }
      let unit: Int64
      switch byte {
      case UInt8(ascii: "h"): unit = 3600
      case UInt8(ascii: "m"): unit = 60
      case UInt8(ascii: "s"): unit = 1
      default: return nil
      }
      guard let count = number, unit < smallest else { return nil }
      total += count * unit
      smallest = unit
      number = nil
    }
    guard number == nil, smallest < .max else { return nil }
    count = total
  }

  private static let suffix = "Seconds"

  /// Whether a field counts seconds, as its name says.
  static func areCounted(by field: String) -> Bool {
    field.hasSuffix(suffix) || field == "seconds"
  }

  /// The field's name without what it counts: `duration` for `durationSeconds`.
  static func shortName(of field: String) -> String {
    field.hasSuffix(suffix) ? String(field.dropLast(suffix.count)) : field
  }
}

// One body for each kind of value.

extension Bool {
  public static func entered(
    _ text: String, field: String, _ terms: any EntryTerms
  ) throws(EntryError) -> Bool {
    switch text.lowercased() {
    case "true", "yes": return true
    case "false", "no": return false
    default: throw EntryError(.malformed, "\(text.debugDescription) is neither true nor false")
    }
  }
  public static var entryForm: EntryForm { EntryForm("true or false") }
}

extension Amount {
  public static func entered(
    _ text: String, field: String, _ terms: any EntryTerms
  ) throws(EntryError) -> Amount {
    // Without its currency: that of the clinic goes without saying.
    let number = try numberOnly(text, in: terms.currency)
    return try entered(text) { () throws(ValueError) in
      Amount(minorUnits: try Amount(parsing: number, in: terms.currency).minorUnits)
    }
  }

  /// The number in front of a currency, where there is one.
  private static func numberOnly(
    _ text: String, in currency: Currency
  ) throws(EntryError) -> Substring {
    guard let space = text.lastIndex(of: " "),
      let given = try? Currency(String(text[text.index(after: space)...]))
    else { return text[...] }
    guard given == currency || currency.isUnspecified else {
      throw EntryError(
        .malformed,
        "\(text.debugDescription) is in \(given), the clinic's books are in \(currency); convert it "
          + "first")
    }
    return text[..<space]
  }
  public static var entryForm: EntryForm { EntryForm("amount: 12.50") }
}

extension UnitPrice {
  public static func entered(
    _ text: String, field: String, _ terms: any EntryTerms
  ) throws(EntryError) -> UnitPrice {
    try entered(text) { () throws(ValueError) in try UnitPrice(parsing: text) }
  }
  public static var entryForm: EntryForm { EntryForm("price of one, up to four decimals: 4.2075") }
}

extension Quantity {
  public static func entered(
    _ text: String, field: String, _ terms: any EntryTerms
  ) throws(EntryError) -> Quantity {
    try entered(text) { () throws(ValueError) in try Quantity(parsing: text) }
  }
  public static var entryForm: EntryForm {
    EntryForm("quantity in the base unit, up to three decimals: 1.25")
  }
}

extension Rate {
  public static func entered(
    _ text: String, field: String, _ terms: any EntryTerms
  ) throws(EntryError) -> Rate {
    try entered(text) { () throws(ValueError) in
      try Rate(parsing: text.hasSuffix("%") ? text : text + "%")
    }
  }
  public static var entryForm: EntryForm { EntryForm("rate: 21%") }
}

extension Currency {
  public static func entered(
    _ text: String, field: String, _ terms: any EntryTerms
  ) throws(EntryError) -> Currency {
    try entered(text) { () throws(ValueError) in try Currency(text.uppercased()) }
  }
  public static var entryForm: EntryForm { EntryForm("currency, where not the clinic's: USD") }
}

extension Day {
  public static func entered(
    _ text: String, field: String, _ terms: any EntryTerms
  ) throws(EntryError) -> Day { try terms.day(text, field: field) }
  public static var entryForm: EntryForm { EntryForm("day: 2026-03-02, today, +7d") }
}

extension Instant {
  public static func entered(
    _ text: String, field: String, _ terms: any EntryTerms
  ) throws(EntryError) -> Instant { try terms.instant(text) }
  public static var entryForm: EntryForm { EntryForm("time: '2026-03-02 09:30', 09:30") }
}

extension UTCOffset {
  public static func entered(
    _ text: String, field: String, _ terms: any EntryTerms
  ) throws(EntryError) -> UTCOffset {
    try entered(text) { () throws(ValueError) in try UTCOffset(parsing: text) }
  }
  public static var entryForm: EntryForm { EntryForm("offset from UTC: +02:00") }
}

extension Position {
  public static func entered(
    _ text: String, field: String, _ terms: any EntryTerms
  ) throws(EntryError) -> Position {
    try entered(text) { () throws(ValueError) in try Position(parsing: text) }
  }
  public static var entryForm: EntryForm { EntryForm("position in the log: 81377") }
}

extension Identifier {
  public static func entered(
    _ text: String, field: String, _ terms: any EntryTerms
  ) throws(EntryError) -> Identifier {
    Identifier(try terms.number(text, of: Kind.self, field: field))
  }
  public static var entryForm: EntryForm {
    EntryForm("\(Kind.name): \(Kind.prefix)17")
  }
}

extension WireEnum {
  /// The case of that name, however it is written.
  public static func entered(
    _ text: String, field: String, _ terms: any EntryTerms
  ) throws(EntryError) -> Self {
    let wanted = EnteredName.plain(text)
    let found = allCases.first { EnteredName.plain("\($0)") == wanted }
    guard let found else {
      throw EntryError(
        .malformed,
        "\(text.debugDescription) is none of \(entryForm.choices.joined(separator: ", "))")
    }
    return found
  }

  /// All cases but the one that was not said.
  public static var entryForm: EntryForm {
    EntryForm("one of", choices: allCases.filter { $0.rawValue > 0 }.map { "\($0)" })
  }
}

extension String {
  public static func entered(
    _ text: String, field: String, _ terms: any EntryTerms
  ) throws(EntryError) -> String { text }
  public static var entryForm: EntryForm { EntryForm("text") }
}

extension Array where Element == UInt8 {
  /// Hexadecimal digits, two a byte.
  public static func entered(
    _ text: String, field: String, _ terms: any EntryTerms
  ) throws(EntryError) -> [UInt8] {
    var bytes: [UInt8] = []
    var digits = text.utf8.makeIterator()
    while let high = digits.next() {
      guard let low = digits.next(),
        let byte = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
      else { throw EntryError(.malformed, "\(text.debugDescription) is not hexadecimal") }
      bytes.append(byte)
    }
    return bytes
  }
  public static var entryForm: EntryForm { EntryForm("bytes, in hexadecimal digits") }
}

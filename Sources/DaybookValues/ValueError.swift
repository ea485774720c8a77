/// Why a text is not a value, or why an operation on values has no exact result.
///
/// `description` says what is wrong, where, and what to write instead.
public struct ValueError: Error, Hashable, Sendable {
  /// What went wrong, apart from where.
  @nonexhaustive public enum Kind: Hashable, Sendable, CaseIterable {
    /// There is no text.
    case empty
    /// The text does not have the form of the value.
    case malformed
    /// The form is right, but a part lies outside its limits: month 13, 30 February, a weight below 0.
    case outOfRange
    /// There are more decimals than the value keeps.
    case tooPrecise
    /// The exact result does not fit 64 bits.
    case overflow
    /// Two different currencies meet in one operation.
    case currencyMismatch
    /// The code is well formed, but stands in no table of currencies.
    case unknownCurrency
    /// The divisor is zero: weights that add up to nothing, a rate of -100 %.
    case divisionByZero
  }

  /// What went wrong.
  public var kind: Kind
  /// The sort of value, in a word or two: "amount", "day", "patient".
  public var subject: String
  /// The offending text as it was given, or the operation ("1.00 EUR + 1.00 USD").
  public var text: String
  /// Where the fault begins in `text`, in UTF-8 bytes from 0; the length of `text` when it ends too early.
  public var offset: Int

  /// An error about the value called `subject`, whose fault begins at byte `offset` of `text`.
  public init(_ kind: Kind, subject: String, text: String, offset: Int = 0) {
    self.kind = kind
    self.subject = subject
    self.text = text
    self.offset = offset
  }
}

extension ValueError: CustomStringConvertible {
  /// What, where, and what now, in one line.
  public var description: String {
    switch kind {
    case .empty:
      "\(subject): the text is empty; \(advice)"
    case .malformed where offset >= text.utf8.count:
      "\(subject) \(quoted): the text ends too early; \(advice)"
    case .malformed:
      "\(subject) \(quoted): byte \(offset) does not belong there; \(advice)"
    case .outOfRange:
      "\(subject) \(quoted): out of range at byte \(offset); \(advice)"
    case .tooPrecise:
      "\(subject) \(quoted): too many decimals from byte \(offset); \(advice)"
    case .overflow:
      "\(subject) \(quoted): the result does not fit 64 bits; use smaller figures"
    case .currencyMismatch:
      "\(subject) \(quoted): two currencies in one operation; convert one of them first"
    case .unknownCurrency:
      "\(subject) \(quoted): not an active ISO 4217 code; give its decimals too, such as XYZ/2"
    case .divisionByZero:
      "\(subject) \(quoted): division by zero; give a divisor above zero"
    }
  }

  /// The text in quotes, control characters escaped, cut where it becomes unreadable.
  private var quoted: String {
    let shown = text.unicodeScalars.prefix(80)
    let cut = shown.endIndex == text.unicodeScalars.endIndex ? "" : "..."
    return String(shown).debugDescription + cut
  }

  private var advice: String {
    switch subject {
    case "amount": "write digits, and a point before the decimals of the currency: -1234.50"
    case "unit price": "write digits, and up to four decimals after a point: 4.2075"
    case "quantity": "write digits, and up to three decimals after a point: 1.25"
    case "rate": "write digits, up to two decimals after a point, and %: 5.2%"
    case "day": "write YYYY-MM-DD, from 0001-01-01 to 9999-12-31: 2026-03-02"
    case "month": "write YYYY-MM, from 0001-01 to 9999-12: 2026-03"
    case "instant": "write UTC as in RFC 3339: 2026-03-02T09:30:00Z"
    case "moment": "write local time and offset as in RFC 3339: 2026-03-02T09:30:00+01:00"
    case "UTC offset": "write hours and minutes below 24 hours: +02:00"
    case "position": "write a whole number from 0: 81377"
    case "currency": "write three capital letters: EUR"
    default: "write its letters and number as it is printed elsewhere"
    }
  }
}

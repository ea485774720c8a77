public import DaybookValues

/// What entered words mean beside their form: which thing a name names, what day it is, in which
/// currency a figure stands.
public protocol EntryTerms: AnyObject {
  /// The currency that amounts are in unless they say otherwise.
  var currency: Currency { get }

  /// The number of the one thing of a kind that `text` means: an identifier, a reference, a part of a
  /// name.
  ///
  /// - Parameter field: The field's name; `payer` wants a payer where the kind is any party.
  /// - Throws: `.unknown`, `.ambiguous`; `.malformed` where things of that kind have no names.
  func number(_ text: String, of kind: any IdentifierKind.Type, field: String) throws(EntryError)
    -> UInt64

  /// The point in time that `text` means, on the clock of the clinic at hand.
  func instant(_ text: String) throws(EntryError) -> Instant

  /// The day that `text` means: a date, or a word such as `today`.
  ///
  /// - Parameter field: The field's name: a month may stand for its first day or its last.
  func day(_ text: String, field: String) throws(EntryError) -> Day
}

/// Takes words at their face: printed identifiers, dates, times with their offset.
public final class PlainTerms: EntryTerms {
  /// The currency that amounts are in.
  public let currency: Currency

  /// Amounts are in `currency`.
  public init(currency: Currency = .unspecified) { self.currency = currency }

  /// The number behind the kind's letter.
  public func number(
    _ text: String, of kind: any IdentifierKind.Type, field: String
  ) throws(EntryError) -> UInt64 {
    guard let number = Self.printedNumber(text, of: kind) else {
      throw EntryError(
        .malformed, "\(text.debugDescription) is no \(kind.name); give it as \(kind.prefix)17")
    }
    return number
  }

  /// The number of an identifier as it is printed, in capital or small letters; nil for other texts.
  public static func printedNumber(
    _ text: String, of kind: any IdentifierKind.Type
  ) -> UInt64? {
    let prefix = kind.prefix.utf8
    let bytes = text.utf8
    guard bytes.count > prefix.count,
      zip(bytes, prefix).allSatisfy({ $0 & 0xdf == $1 & 0xdf })
    else { return nil }
    let digits = bytes.dropFirst(prefix.count)
    guard digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    return UInt64(String(decoding: digits, as: UTF8.self))
  }

  /// A point in time as in RFC 3339.
  public func instant(_ text: String) throws(EntryError) -> Instant {
    do throws(ValueError) {
      return text.hasSuffix("Z") ? try Instant(parsing: text) : try Moment(parsing: text).instant
    } catch {
      throw EntryError(.malformed, "\(error)")
    }
  }

  /// A date of the calendar.
  public func day(_ text: String, field: String) throws(EntryError) -> Day {
    do throws(ValueError) {
      return try Day(parsing: text)
    } catch {
      throw EntryError(.malformed, "\(error)")
    }
  }
}

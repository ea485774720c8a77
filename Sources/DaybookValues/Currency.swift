/// A currency: three capital letters, and how many decimals its amounts have.
///
/// The exponent stands beside the code, so that a later table never moves a decimal point of an
/// amount already written. `.unspecified` means "the other's": it adopts any currency it meets.
@frozen public struct Currency: Hashable, Sendable {
  /// Code and exponent in one number; 0 is `.unspecified`.
  ///
  /// Bits 14...18, 9...13 and 4...8 hold the letters (A is 1), bits 0...3 the exponent, so that
  /// raw values are ordered by code and take three bytes as a varint.
  public let rawValue: UInt32

  /// The unspecified currency.
  @inlinable public init() {
    rawValue = 0
  }

  @inlinable init(unchecked rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// The currency with this raw value, or nil if no code and exponent make it.
  public init?(rawValue: UInt32) {
    guard rawValue != 0 else {
      self.init()
      return
    }
    guard rawValue < 1 << 19 else { return nil }
    for shift in [14, 9, 4] where !(1...26).contains(rawValue >> UInt32(shift) & 31) {
      return nil
    }
    self.init(unchecked: rawValue)
  }

  /// The active ISO 4217 currency with this code, with the exponent of the table.
  ///
  /// - Throws: `.empty`, `.malformed` (not three capital letters), `.unknownCurrency`.
  public init(_ code: String) throws(ValueError) {
    let letters = try Self.letters(of: code)
    guard let known = CurrencyTable.currency(letters: letters) else {
      throw ValueError(.unknownCurrency, subject: "currency", text: code)
    }
    self = known
  }

  /// Any currency, in the table or not: three capital letters and 0...15 decimals.
  ///
  /// - Throws: `.empty`, `.malformed` (not three capital letters), `.outOfRange` (the exponent).
  public init(code: String, exponent: Int) throws(ValueError) {
    let letters = try Self.letters(of: code)
    guard (0...15).contains(exponent) else {
      throw ValueError(.outOfRange, subject: "currency", text: "\(code)/\(exponent)", offset: 4)
    }
    self.init(unchecked: letters << 4 | UInt32(exponent))
  }

  /// Reads a currency as `description` prints it: `EUR`, or `XYZ/3` for one that the table lacks.
  ///
  /// - Throws: `.empty`, `.malformed`, `.unknownCurrency`, `.outOfRange` (the exponent).
  public init(parsing text: some StringProtocol) throws(ValueError) {
    let text = String(text)
    guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else {
      try self.init(text)
      return
    }
    var reader = try TextReader(text, subject: "currency")
    let code = String(text[..<slash])
    for byte in code.utf8 {
      guard byte >= UInt8(ascii: "A"), byte <= UInt8(ascii: "Z") else {
        throw reader.fault(.malformed)
      }
      reader.advance()
    }
    guard reader.offset == 3 else { throw reader.fault(.malformed, at: min(reader.offset, 3)) }
    try reader.take("/")
    let exponent = try reader.wholeNumber()
    try reader.finish()
    guard exponent <= 15 else { throw reader.fault(.outOfRange, at: 4) }
    try self.init(code: code, exponent: Int(exponent))
  }

  /// The currency of the other party to an operation.
  @inlinable public static var unspecified: Currency { Currency() }

  /// Euro, two decimals.
  @inlinable public static var eur: Currency {
    Currency(unchecked: 5 << 14 | 21 << 9 | 18 << 4 | 2)
  }

  /// US dollar, two decimals.
  @inlinable public static var usd: Currency {
    Currency(unchecked: 21 << 14 | 19 << 9 | 4 << 4 | 2)
  }

  /// Every active ISO 4217 currency that has a minor unit, by code.
  public static var known: [Currency] { CurrencyTable.known }

  /// Whether this is "the other's" currency.
  @inlinable public var isUnspecified: Bool { rawValue == 0 }

  /// The three letters; empty for `.unspecified`.
  public var code: String {
    guard !isUnspecified else { return "" }
    var code = ""
    for shift: UInt32 in [14, 9, 4] {
      code.unicodeScalars.append(Unicode.Scalar(UInt8(64 + (rawValue >> shift & 31))))
    }
    return code
  }

  /// How many decimals an amount has; 2 for `.unspecified`.
  @inlinable public var exponent: Int {
    isUnspecified ? 2 : Int(rawValue & 15)
  }

  /// The letters of `code` in 15 bits.
  static func letters(of code: String) throws(ValueError) -> UInt32 {
    var reader = try TextReader(code, subject: "currency")
    var letters: UInt32 = 0
    for _ in 0..<3 {
      guard let byte = reader.next, byte >= UInt8(ascii: "A"), byte <= UInt8(ascii: "Z") else {
        throw reader.fault(.malformed)
      }
      letters = letters << 5 | UInt32(byte - 64)
      reader.advance()
    }
    try reader.finish()
    return letters
  }
}

extension Currency: Comparable {
  /// Ordered by code, then exponent; `.unspecified` comes first.
  @inlinable public static func < (a: Currency, b: Currency) -> Bool {
    a.rawValue < b.rawValue
  }
}

extension Currency: CustomStringConvertible {
  /// `EUR`; `XYZ/3` where the table does not give the exponent; `unspecified`.
  public var description: String {
    if isUnspecified { return "unspecified" }
    if CurrencyTable.currency(letters: rawValue >> 4) == self { return code }
    return "\(code)/\(exponent)"
  }
}

/// The active codes of ISO 4217 with their exponents.
///
/// Left out: metals, drawing rights, test codes and "no currency", which have no minor unit.
/// Sources: the list of active codes of ISO 4217 as of 2025 (XAD, XCG and ZWG are its newest; BGN
/// gave way to the euro in 2026 and stays, since the books of 2025 hold it);
/// exponents of BOOKS section 3, and 0 for the indexed unit UYI, as ISO gives it.
enum CurrencyTable {
  private static let codesByExponent: [(exponent: UInt32, codes: String)] = [
    (0, codesWithoutDecimals), (2, codesWithTwoDecimals), (3, codesWithThreeDecimals),
    (4, codesWithFourDecimals),
  ]

  private static let codesWithoutDecimals = """
    BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF
    """

  private static let codesWithTwoDecimals = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD
    CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL
    GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR
    LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD
    PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC
    SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR
    ZMW ZWG
    """

  private static let codesWithThreeDecimals = "BHD IQD JOD KWD LYD OMR TND"

  private static let codesWithFourDecimals = "CLF UYW"

  private static let byLetters: [UInt32: Currency] = {
    var table: [UInt32: Currency] = [:]
    for (exponent, codes) in codesByExponent {
      for code in codes.split(whereSeparator: \.isWhitespace) {
        let letters = code.utf8.reduce(UInt32(0)) { $0 << 5 | UInt32($1 - 64) }
        table[letters] = Currency(unchecked: letters << 4 | exponent)
      }
    }
    return table
  }()

  /// All of them, by code.
  static let known: [Currency] = byLetters.values.sorted()

  static func currency(letters: UInt32) -> Currency? {
    byLetters[letters]
  }
}

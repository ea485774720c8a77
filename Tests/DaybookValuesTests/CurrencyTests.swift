import DaybookValues
import Testing

@Suite struct `Currencies` {
  @Test func `have the exponents of ISO 4217`() throws {
    let exponents = [
      0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF UYI",
      3: "BHD IQD JOD KWD LYD OMR TND", 4: "CLF UYW",
      2: "EUR USD GBP CHF CZK HUF SEK PLN MXN COP TWD MRU MGA ZWG XCG SLE VED",
    ]
    for (exponent, codes) in exponents {
      for code in codes.split(separator: " ") {
        #expect(try Currency(String(code)).exponent == exponent, "\(code)")
      }
    }
    let other = Currency.known.filter { $0.exponent != 2 }
    #expect(other.count == 26)
    #expect(Currency.known.count == 166)
    #expect(try Currency("EUR") == .eur)
    #expect(try Currency("USD") == .usd)
  }

  @Test func `read back as they are printed, in their own order`() throws {
    for currency in Currency.known {
      #expect(try Currency(currency.code) == currency)
      #expect(try Currency(parsing: currency.description) == currency)
      #expect(Currency(rawValue: currency.rawValue) == currency)
      for exponent in 0...15 {
        let other = try Currency(code: currency.code, exponent: exponent)
        #expect((other == currency) == (exponent == currency.exponent))
        #expect(try Currency(parsing: other.description) == other)
      }
    }
    #expect(Currency.known == Currency.known.sorted())
    #expect(Currency.known.map(\.code) == Currency.known.map(\.code).sorted())
    #expect(try Currency(code: "XYZ", exponent: 3).description == "XYZ/3")
    #expect(try Currency(code: "EUR", exponent: 2).description == "EUR")
  }

  @Test func `unspecified is raw zero and has no code`() {
    #expect(Currency.unspecified.rawValue == 0)
    #expect(Currency(rawValue: 0) == .unspecified)
    #expect(Currency.unspecified.code == "")
    #expect(Currency.unspecified.exponent == 2)
    #expect(Currency.unspecified < .eur)
  }

  @Test func `exist for exactly the raw values that spell three letters`() {
    var count = 0
    for raw in UInt32(0)..<(1 << 20) {
      guard let currency = Currency(rawValue: raw) else { continue }
      count += 1
      #expect(currency.rawValue == raw)
    }
    #expect(count == 26 * 26 * 26 * 16 + 1)
    #expect(Currency(rawValue: .max) == nil)
    #expect(Currency(rawValue: 1 << 31 | Currency.eur.rawValue) == nil)
  }

  @Test(arguments: [
    Fault("", .empty, at: 0), Fault("eur", .malformed, at: 0), Fault("EU", .malformed, at: 2),
    Fault("EURO", .malformed, at: 3), Fault("E€R", .malformed, at: 1),
    Fault("QQQ", .unknownCurrency, at: 0), Fault("HRK", .unknownCurrency, at: 0),
    Fault("XAU", .unknownCurrency, at: 0), Fault("XXX", .unknownCurrency, at: 0),
    Fault("EUR/", .malformed, at: 4), Fault("EUR/02", .malformed, at: 4),
    Fault("EUR/16", .outOfRange, at: 4), Fault("EUR/2 ", .malformed, at: 5),
    Fault("EU/2", .malformed, at: 2), Fault("EURO/2", .malformed, at: 3),
    Fault("/2", .malformed, at: 0), Fault("E1R/2", .malformed, at: 1),
  ])
  func `refuse a bad text, naming the byte`(_ fault: Fault) {
    #expect(
      fault.describes(error { () throws(ValueError) in _ = try Currency(parsing: fault.text) }))
  }

  @Test(arguments: [-1, 16, Int.min, Int.max]) func `refuse other exponents`(_ exponent: Int) {
    #expect(
      error { () throws(ValueError) in _ = try Currency(code: "EUR", exponent: exponent) }?.kind
        == .outOfRange)
  }
}

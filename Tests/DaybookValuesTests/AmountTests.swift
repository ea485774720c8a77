import DaybookValues
import Testing

@Suite struct `Amounts` {
  @Test(arguments: Samples.seeds) func `read back as they are printed`(_ seed: UInt64) throws {
    var samples = Samples(seed: seed)
    for _ in 0..<2_000 {
      let amount = Amount(minorUnits: samples.int64(), samples.currency())
      #expect(try Amount(parsing: amount.decimal, in: amount.currency) == amount)
    }
  }

  @Test(
    arguments: [
      (-123_450, "EUR", "-1234.50 EUR"), (0, "EUR", "0.00 EUR"), (5, "EUR", "0.05 EUR"),
      (-5, "EUR", "-0.05 EUR"), (1234, "JPY", "1234 JPY"), (-1, "JPY", "-1 JPY"),
      (1, "KWD", "0.001 KWD"), (12_345, "CLF", "1.2345 CLF"),
      (Int64.max, "EUR", "92233720368547758.07 EUR"),
      (Int64.min, "EUR", "-92233720368547758.08 EUR"),
    ] as [(Int64, String, String)])
  func `print every decimal of their currency`(_ units: Int64, _ code: String, _ text: String)
    throws
  {
    #expect(Amount(minorUnits: units, try Currency(code)).description == text)
  }

  @Test func `without a currency print two decimals and no code`() {
    #expect(Amount(minorUnits: -150).description == "-1.50")
    #expect(Amount.zero.description == "0.00")
  }

  @Test func `accept fewer decimals, leading zeros and minus zero`() throws {
    #expect(try Amount(parsing: "7", in: .eur).minorUnits == 700)
    #expect(try Amount(parsing: "7.5", in: .eur).minorUnits == 750)
    #expect(try Amount(parsing: "007.50", in: .eur).minorUnits == 750)
    #expect(try Amount(parsing: "-0.00", in: .eur) == Amount(minorUnits: 0, .eur))
    #expect(try Amount(parsing: "x129.16".dropFirst(), in: .usd).minorUnits == 12_916)
  }

  @Test(arguments: [
    Fault("", .empty, at: 0), Fault("-", .malformed, at: 1), Fault("+1", .malformed, at: 0),
    Fault(" 1", .malformed, at: 0), Fault("1 ", .malformed, at: 1), Fault("1.", .malformed, at: 2),
    Fault(".5", .malformed, at: 0), Fault("12,50", .malformed, at: 2),
    Fault("1,234.50", .malformed, at: 1), Fault("1.2.3", .malformed, at: 3),
    Fault("1e3", .malformed, at: 1), Fault("--1", .malformed, at: 1),
    Fault("1.234", .tooPrecise, at: 4), Fault("1.230", .tooPrecise, at: 4),
    Fault("١", .malformed, at: 0), Fault("1\u{301}", .malformed, at: 1),
    Fault("1\0", .malformed, at: 1), Fault("NaN", .malformed, at: 0),
    Fault("92233720368547758.08", .overflow, at: 20),
    Fault("-92233720368547758.09", .overflow, at: 20),
    Fault("92233720368547759", .overflow, at: 17),
    Fault("99999999999999999999", .overflow, at: 18),
  ])
  func `refuse a bad text, naming the byte`(_ fault: Fault) {
    #expect(
      fault.describes(
        error { () throws(ValueError) in _ = try Amount(parsing: fault.text, in: .eur) }))
  }

  @Test func `adopt the other's currency, and refuse a second one`() throws {
    let euro = Amount(minorUnits: 100, .eur)
    let dollar = Amount(minorUnits: 100, .usd)
    let none = Amount(minorUnits: 1)
    #expect(try euro.adding(none) == Amount(minorUnits: 101, .eur))
    #expect(try none.adding(euro) == Amount(minorUnits: 101, .eur))
    #expect(try none.subtracting(euro) == Amount(minorUnits: -99, .eur))
    #expect(try none.adding(none).currency == .unspecified)
    for operation in [Amount.adding, Amount.subtracting] {
      #expect(
        error { () throws(ValueError) in _ = try operation(euro)(dollar) }?.kind
          == .currencyMismatch)
    }
    let old = Amount(minorUnits: 100, try Currency(code: "EUR", exponent: 3))
    #expect(
      error { () throws(ValueError) in _ = try euro.adding(old) }?.text
        == "1.00 EUR + 0.100 EUR/3")
  }

  @Test(arguments: Samples.seeds) func `add and subtract exactly or not at all`(_ seed: UInt64) {
    var samples = Samples(seed: seed)
    for _ in 0..<2_000 {
      let (a, b) = (samples.int64(), samples.int64())
      let (x, y) = (Amount(minorUnits: a, .eur), Amount(minorUnits: b, .eur))
      let (sum, difference) = (Int128(a) + Int128(b), Int128(a) - Int128(b))
      #expect((try? x.adding(y).minorUnits) == Int64(exactly: sum))
      #expect((try? x.subtracting(y).minorUnits) == Int64(exactly: difference))
      #expect((try? x.negated().minorUnits) == Int64(exactly: -Int128(a)))
      #expect((try? x.magnitude().minorUnits) == Int64(exactly: a.magnitude))
      #expect((try? Amount.sum([x, y]).minorUnits) == Int64(exactly: sum))
    }
  }

  @Test func `sum beyond 64 bits on the way, as long as the whole fits`() throws {
    let most = Amount(minorUnits: .max, .eur)
    let least = Amount(minorUnits: -.max, .eur)
    #expect(try Amount.sum([most, most, least, least]) == Amount(minorUnits: 0, .eur))
    #expect(try Amount.sum([]) == .zero)
    #expect(try Amount.sum([.zero, most]).currency == .eur)
    #expect(error { () throws(ValueError) in _ = try Amount.sum([most, most]) }?.kind == .overflow)
    #expect(
      error { () throws(ValueError) in
        _ = try Amount.sum([most, .zero, Amount(minorUnits: 1, .usd)])
      }?.kind == .currencyMismatch)
  }

  @Test func `are ordered by minor units, in one order with equality`() {
    #expect(Amount(minorUnits: -1, .usd) < Amount(minorUnits: 0, .eur))
    #expect(Amount(minorUnits: 0) < Amount(minorUnits: 0, .eur))
    #expect(Amount(minorUnits: 0) != Amount(minorUnits: 0, .eur))
    #expect(Amount(minorUnits: 0, .eur).isZero)
    #expect(!Amount(minorUnits: 0, .eur).isPositive)
    #expect(Amount(minorUnits: -1).isNegative)
  }

  @Test func `accumulate in 128 bits`() throws {
    var sum = MinorSum()
    for _ in 0..<1_000 { sum.add(.max) }
    #expect(sum.total == Int128(Int64.max) * 1_000)
    #expect(error { () throws(ValueError) in _ = try sum.narrowed() }?.kind == .overflow)
    for _ in 0..<1_000 { sum = sum.adding(-.max) }
    #expect(try sum.narrowed() == 0)
    #expect(sum.description == "0")
  }
}

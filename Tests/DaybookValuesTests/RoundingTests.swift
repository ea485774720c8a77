import DaybookValues
import Testing

@Suite struct `Rounding` {
  @Test func `goes half away from zero, for each sign`() throws {
    func rounded(_ dividend: Int128, _ divisor: Int128) throws -> Int128 {
      try DaybookValues.Rounding.halfAwayFromZero(dividend, dividedBy: divisor)
    }
    for (dividend, divisor, quotient) in [
      (5, 10, 1), (4, 10, 0), (15, 10, 2), (14, 10, 1), (1, 3, 0), (2, 3, 1), (0, 7, 0), (7, 1, 7),
    ] as [(Int128, Int128, Int128)] {
      #expect(try rounded(dividend, divisor) == quotient)
      #expect(try rounded(-dividend, divisor) == -quotient)
      #expect(try rounded(dividend, -divisor) == -quotient)
      #expect(try rounded(-dividend, -divisor) == quotient)
    }
    #expect(try rounded(.max, .max) == 1)
    #expect(try rounded(.max / 2, .max) == 0)
    #expect(try rounded(.max / 2 + 1, .max) == 1)
    #expect(try rounded(.min, .min) == 1)
    #expect(try rounded(.min, .max) == -1)
    #expect(try rounded(.min / 2, .min) == 1)
  }

  @Test func `refuses to divide by zero, and the quotient that has no place`() {
    for (dividend, divisor, kind) in [
      (1, 0, .divisionByZero), (0, 0, .divisionByZero), (.min, -1, .overflow),
    ] as [(Int128, Int128, ValueError.Kind)] {
      #expect(
        error { () throws(ValueError) in
          _ = try DaybookValues.Rounding.halfAwayFromZero(dividend, dividedBy: divisor)
        }?.kind == kind)
    }
  }

  @Test func `of tax is per line or per document, as it is asked`() throws {
    let vat = Rate(basisPoints: 2100)
    let line = Amount(minorUnits: 1001, .eur)
    let perLine = try Amount.sum((0..<3).map { _ in try line.applying(vat) })
    #expect(perLine.decimal == "6.30")
    #expect(try Amount.sum([line, line, line]).applying(vat).decimal == "6.31")
  }

  @Test func `of a rate happens once, at the end`() throws {
    func share(_ units: Int64, _ points: Int64) throws -> Int64 {
      try Amount(minorUnits: units, .eur).applying(Rate(basisPoints: points)).minorUnits
    }
    #expect(try share(50, 100) == 1)
    #expect(try share(49, 100) == 0)
    #expect(try share(-50, 100) == -1)
    #expect(try share(50, -100) == -1)
    #expect(try share(.max, 10_000) == .max)
    #expect(try share(.min, 10_000) == .min)
    #expect(try share(.max, -10_000) == -.max)
    for (units, points) in [(.max, 10_001), (.min, -10_000), (.max, .max)] as [(Int64, Int64)] {
      #expect(
        error { () throws(ValueError) in
          _ = try Amount(minorUnits: units).applying(Rate(basisPoints: points))
        }?.kind == .overflow)
    }
  }

  @Test func `of a running share leaves no remainder at the end`() throws {
    let price = Amount(minorUnits: 10_000, .eur)
    let running = try (0...3).map { try price.scaled(by: $0, over: 3).minorUnits }
    #expect(running == [0, 3_333, 6_667, 10_000])
    #expect(
      error { () throws(ValueError) in _ = try price.scaled(by: 1, over: 0) }?.kind
        == .divisionByZero)
    #expect(
      error { () throws(ValueError) in _ = try price.scaled(by: .max, over: 1) }?.kind == .overflow)
  }

  @Test func `of the tax inside a gross amount keeps net and tax together`() throws {
    let gross = Amount(minorUnits: 12_100, .eur)
    #expect(try gross.taxIncluded(at: Rate(basisPoints: 2100)).minorUnits == 2_100)
    #expect(try gross.taxIncluded(at: .zero).minorUnits == 0)
    #expect(try gross.negated().taxIncluded(at: Rate(basisPoints: 2100)).minorUnits == -2_100)
    #expect(
      try Amount(minorUnits: .max).taxIncluded(at: Rate(basisPoints: .max)).minorUnits
        == Int64.max - 10_000)
    for (points, kind) in [(-10_000, .divisionByZero), (-10_001, .outOfRange), (.min, .outOfRange)]
      as [(Int64, ValueError.Kind)]
    {
      #expect(
        error { () throws(ValueError) in
          _ = try gross.taxIncluded(at: Rate(basisPoints: points))
        }?.kind == kind)
    }
  }

  // BOOKS section 3 gives these shares, computed there over every total up to 2,000.00.
  @Test(arguments: [(2000, 167), (2100, 174), (1900, 160), (400, 38), (2500, 200)])
  func `finds the gross totals that no net amount gives`(_ points: Int64, _ perMille: Int) throws {
    let rate = Rate(basisPoints: points)
    let totals = 200_000
    var reached = Array(repeating: false, count: totals + 1)
    for net in 0...totals {
      let tax = try Amount(minorUnits: Int64(net)).applying(rate).minorUnits
      if net + Int(tax) <= totals { reached[net + Int(tax)] = true }
    }
    var unreachable = 0
    var wrong = 0
    for gross in 1...totals {
      let tax = Int(try Amount(minorUnits: Int64(gross)).taxIncluded(at: rate).minorUnits)
      let back = Int(try Amount(minorUnits: Int64(gross - tax)).applying(rate).minorUnits)
      // Where a net amount gives the total, the gross rule finds exactly it.
      if (back == tax) != reached[gross] { wrong += 1 }
      if !reached[gross] { unreachable += 1 }
    }
    #expect(wrong == 0)
    #expect((unreachable * 1_000 + totals / 2) / totals == perMille)
  }
}

@Suite struct `Unit prices` {
  @Test(arguments: Samples.seeds) func `read back as they are printed`(_ seed: UInt64) throws {
    var samples = Samples(seed: seed)
    for _ in 0..<2_000 {
      let price = UnitPrice(tenThousandths: samples.int64())
      #expect(try UnitPrice(parsing: price.description) == price)
    }
  }

  @Test func `print four decimals and refuse a fifth`() throws {
    #expect(UnitPrice(tenThousandths: 125_000).description == "12.5000")
    #expect(UnitPrice(tenThousandths: -1).description == "-0.0001")
    let fault = Fault("0.00001", .tooPrecise, at: 6)
    #expect(
      fault.describes(error { () throws(ValueError) in _ = try UnitPrice(parsing: fault.text) }))
  }

  @Test func `times a quantity round once, half away from zero`() throws {
    func times(_ price: String, _ quantity: String, _ code: String = "EUR") throws -> String {
      try UnitPrice(parsing: price).times(Quantity(parsing: quantity), in: Currency(code)).decimal
    }
    #expect(try times("0.0425", "100") == "4.25")
    #expect(try times("2.10", "0.8") == "1.68")
    #expect(try times("1.99", "1.25") == "2.49")
    #expect(try times("0.005", "1") == "0.01")
    #expect(try times("0.005", "-1") == "-0.01")
    #expect(try times("0.0049", "1") == "0.00")
    #expect(try times("1.005", "0.999") == "1.00")
    #expect(try times("0.5", "1", "JPY") == "1")
    #expect(try times("0.0005", "1", "KWD") == "0.001")
    #expect(try times("1.2345", "0.001", "CLF") == "0.0012")
    let fine = try Currency(code: "XYZ", exponent: 15)
    #expect(
      try UnitPrice(tenThousandths: 1).times(Quantity(thousandths: 1), in: fine).minorUnits
        == 100_000_000)
  }

  @Test func `refuse an amount beyond 64 bits`() throws {
    let price = UnitPrice(tenThousandths: .max)
    #expect(try price.times(Quantity(thousandths: 1), in: .eur).minorUnits == 92_233_720_368_548)
    for exponent in [0, 2, 7, 8, 15] {
      let currency = try Currency(code: "XYZ", exponent: exponent)
      #expect(
        error { () throws(ValueError) in
          _ = try price.times(Quantity(thousandths: .min), in: currency)
        }?.kind == .overflow)
    }
  }

  @Test func `are found from what several units cost`() throws {
    let amount = try Amount(parsing: "10.00", in: .eur)
    #expect(try UnitPrice(amount).description == "10.0000")
    #expect(try UnitPrice(amount, per: Quantity(units: 3)).description == "3.3333")
    #expect(try UnitPrice(amount, per: Quantity(units: -6)).description == "-1.6667")
    #expect(try UnitPrice(Amount(minorUnits: 10, Currency("JPY"))).description == "10.0000")
    let fine = try Currency(code: "XYZ", exponent: 15)
    #expect(
      try UnitPrice(Amount(minorUnits: 1_500_000_000_000_000, fine)).description == "1.5000")
    #expect(
      error { () throws(ValueError) in _ = try UnitPrice(amount, per: .zero) }?.kind
        == .divisionByZero)
    #expect(
      error { () throws(ValueError) in _ = try UnitPrice(Amount(minorUnits: .max, .eur)) }?.kind
        == .overflow)
  }
}

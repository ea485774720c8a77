import DaybookValues
import Testing

@Suite struct `Quantities` {
  @Test(arguments: Samples.seeds) func `read back as they are printed`(_ seed: UInt64) throws {
    var samples = Samples(seed: seed)
    for _ in 0..<2_000 {
      let quantity = Quantity(thousandths: samples.int64())
      #expect(try Quantity(parsing: quantity.description) == quantity)
    }
  }

  @Test(
    arguments: [
      (1250, "1.25"), (3000, "3"), (0, "0"), (1, "0.001"), (-500, "-0.5"), (10_000, "10"),
      (Int64.max, "9223372036854775.807"), (Int64.min, "-9223372036854775.808"),
    ] as [(Int64, String)])
  func `print as short as they are exact`(_ thousandths: Int64, _ text: String) {
    #expect(Quantity(thousandths: thousandths).description == text)
  }

  @Test func `accept zeros at the end`() throws {
    #expect(try Quantity(parsing: "1.250").thousandths == 1250)
    #expect(try Quantity(units: 3) == Quantity(parsing: "3"))
    #expect(Quantity.one.thousandths == 1000)
  }

  @Test(arguments: Samples.seeds) func `add and subtract exactly or not at all`(_ seed: UInt64) {
    var samples = Samples(seed: seed)
    for _ in 0..<2_000 {
      let (a, b) = (samples.int64(), samples.int64())
      let (x, y) = (Quantity(thousandths: a), Quantity(thousandths: b))
      #expect((try? x.adding(y).thousandths) == Int64(exactly: Int128(a) + Int128(b)))
      #expect((try? x.subtracting(y).thousandths) == Int64(exactly: Int128(a) - Int128(b)))
      #expect((try? x.negated().thousandths) == Int64(exactly: -Int128(a)))
      #expect((try? Quantity(units: a).thousandths) == Int64(exactly: Int128(a) * 1_000))
      #expect((x < y) == (a < b))
    }
  }

  @Test(arguments: [
    Fault("", .empty, at: 0), Fault("1.2345", .tooPrecise, at: 5), Fault("1kg", .malformed, at: 1),
    Fault("9223372036854775.808", .overflow, at: 20), Fault("1.-5", .malformed, at: 2),
  ])
  func `refuse a bad text, naming the byte`(_ fault: Fault) {
    #expect(
      fault.describes(error { () throws(ValueError) in _ = try Quantity(parsing: fault.text) }))
  }
}

@Suite struct `Rates` {
  @Test(arguments: Samples.seeds) func `read back as they are printed`(_ seed: UInt64) throws {
    var samples = Samples(seed: seed)
    for _ in 0..<2_000 {
      let rate = Rate(basisPoints: samples.int64())
      #expect(try Rate(parsing: rate.description) == rate)
    }
  }

  @Test(arguments: [(2100, "21%"), (520, "5.2%"), (1, "0.01%"), (0, "0%"), (-50, "-0.5%")])
  func `print as percentages`(_ points: Int64, _ text: String) {
    #expect(Rate(basisPoints: points).description == text)
  }

  @Test(arguments: [
    Fault("", .empty, at: 0), Fault("21", .malformed, at: 2), Fault("%", .malformed, at: 0),
    Fault("21 %", .malformed, at: 2), Fault("21%%", .malformed, at: 3),
    Fault("5.201%", .tooPrecise, at: 4), Fault("5.%", .malformed, at: 2),
  ])
  func `refuse a bad text, naming the byte`(_ fault: Fault) {
    #expect(fault.describes(error { () throws(ValueError) in _ = try Rate(parsing: fault.text) }))
  }
}

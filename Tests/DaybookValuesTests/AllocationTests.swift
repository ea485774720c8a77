import DaybookValues
import Testing

@Suite struct `Allocation` {
  private func parts(_ units: Int64, _ weights: [Int64]) throws -> [Int64] {
    try Amount(minorUnits: units, .eur).allocated(by: weights).map(\.minorUnits)
  }

  @Test func `gives what is left to the largest remainders, ties to the lowest index`() throws {
    #expect(try parts(100, [1, 1, 1]) == [34, 33, 33])
    #expect(try parts(101, [1, 1, 1]) == [34, 34, 33])
    #expect(try parts(10, [1, 2, 4]) == [1, 3, 6])
    #expect(try parts(1, [1, 1, 1, 2]) == [0, 0, 0, 1])
    #expect(try parts(2, [3, 3, 3, 2]) == [1, 1, 0, 0])
    #expect(try parts(7, [0, 1, 0]) == [0, 7, 0])
  }

  @Test func `mirrors a negative amount`() throws {
    #expect(try parts(-100, [1, 1, 1]) == [-34, -33, -33])
    #expect(try parts(.min, [1]) == [.min])
    #expect(try parts(.min, [.max, 1]).reduce(0, +) == .min)
    #expect(try parts(.max, [.max, .max, .max]).reduce(0, +) == .max)
  }

  @Test func `splits nothing into nothings`() throws {
    #expect(try parts(0, []) == [])
    #expect(try parts(0, [0, 0]) == [0, 0])
    #expect(try Amount(minorUnits: 9, .usd).allocated(by: [1, 2]).map(\.currency) == [.usd, .usd])
  }

  @Test func `refuses weights below zero, and weights of nothing for something`() {
    func kind(_ units: Int64, _ weights: [Int64]) -> ValueError.Kind? {
      error { () throws(ValueError) in _ = try Amount(minorUnits: units).allocated(by: weights) }?
        .kind
    }
    #expect(kind(1, [1, -1]) == .outOfRange)
    #expect(kind(0, [-1]) == .outOfRange)
    #expect(kind(1, []) == .divisionByZero)
    #expect(kind(-1, [0, 0]) == .divisionByZero)
  }

  @Test(arguments: Samples.seeds)
  func `adds up, and puts no part a whole unit off`(_ seed: UInt64) throws {
    var samples = Samples(seed: seed)
    for _ in 0..<1_000 {
      let units = samples.int64()
      var weights = (0..<Int(samples.below(7) + 1)).map { _ in samples.int64() & .max }
      weights[0] |= 1
      let total = weights.reduce(Int128(0)) { $0 + Int128($1) }
      let parts = try parts(units, weights)
      #expect(parts.reduce(Int128(0)) { $0 + Int128($1) } == Int128(units), "seed \(seed)")
      for (part, weight) in zip(parts, weights) {
        // |part - units x weight / total| < 1 without a division; 126 bits a product at most.
        let exact = Int128(units) * Int128(weight)
        let (floor, rest) = exact.quotientAndRemainder(dividingBy: total)
        let away = Int128(part) - floor
        #expect(away == 0 || (rest != 0 && away == exact.signum()), "seed \(seed)")
      }
    }
  }

  @Test(arguments: Samples.seeds)
  func `never gives a unit to a smaller remainder`(_ seed: UInt64) throws {
    var samples = Samples(seed: seed)
    for _ in 0..<1_000 {
      let units = Int64(samples.below(1_000))
      var weights = (0..<5).map { _ in Int64(samples.below(50)) }
      weights[4] += 1
      let total = weights.reduce(0, +)
      let parts = try parts(units, weights)
      let rests = weights.map { units * $0 % total }
      let extras = zip(parts, weights).map { $0 - units * $1 / total }
      for a in 0..<5 where extras[a] == 0 {
        for b in 0..<5 where extras[b] == 1 {
          #expect(rests[b] > rests[a] || (rests[b] == rests[a] && b < a), "seed \(seed)")
        }
      }
    }
  }
}

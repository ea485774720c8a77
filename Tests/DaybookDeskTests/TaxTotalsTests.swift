import DaybookClinicEvents
import DaybookClinicRules
import DaybookValues
import Testing

/// Every gross total from 0.01 to 2,000.00 at every rate that the packs of our countries know best.
@Suite struct `Tax over all totals` {
  private static let totals: ClosedRange<Int64> = 1...200_000
  private static let rates: [Int64] = [2_100, 2_000, 1_900, 1_000, 400, 0]

  private func rule(_ basisPoints: Int64) -> TaxRule {
    basisPoints == 0
      ? TaxRule(rate: .zero, .exempt) : TaxRule(rate: Rate(basisPoints: basisPoints), .standard)
  }

  /// Half away from zero by whole numbers alone: the greatest V with 2 x V x (100 + r) at most
  /// 2 x G x r and (100 + r).
  private func included(_ gross: Int64, _ basisPoints: Int64) -> Int64 {
    (2 * gross * basisPoints + 10_000 + basisPoints) / (2 * (10_000 + basisPoints))
  }

  private func onTop(_ net: Int64, _ basisPoints: Int64) -> Int64 {
    (2 * net * basisPoints + 10_000) / 20_000
  }

  // One test a rate, and one claim a rate, so that a million totals are no million expectations.
  @Test(arguments: rates)
  func `the tax inside a gross total is rounded once, and net and tax are the total`(
    _ basisPoints: Int64
  ) throws {
    let rule = rule(basisPoints)
    let rate = rule.askedRate
    var wrong: [Int64] = []
    for gross in Self.totals {
      let tax = try rule.tax(includedIn: gross)
      let net = gross - tax
      let twice = 2 * (10_000 + basisPoints)
      // V is the nearest cent to G x r / (100 + r), and the higher of two that are as near.
      let isNearest =
        twice * tax <= 2 * gross * basisPoints + 10_000 + basisPoints
        && twice * (tax + 1) > 2 * gross * basisPoints + 10_000 + basisPoints
      let ticket = try TicketLine.tax(in: gross, at: rate)
      let back = try rule.tax(includedIn: 0 - gross)
      if net + tax != gross || net < 0 || tax < 0 || tax != included(gross, basisPoints)
        || !isNearest || ticket != tax || back != 0 - tax
      {
        wrong.append(gross)
      }
    }
    #expect(wrong.prefix(10) == [], "at \(basisPoints) basis points")
  }

  @Test(arguments: rates)
  func `the tax on top of a net total is rounded once, half away from zero`(
    _ basisPoints: Int64
  ) throws {
    let rule = rule(basisPoints)
    var wrong: [Int64] = []
    for net in Self.totals {
      let tax = try rule.tax(onTopOf: net)
      let asked = try ChargeTax(list: net, discount: net / 7, rule)
      let rest = onTop(net - net / 7, basisPoints)
      if tax != onTop(net, basisPoints) || asked.tax != rest
        || (asked.listTax ?? asked.tax) != tax || (asked.listTax ?? tax) < asked.tax
      {
        wrong.append(net)
      }
    }
    #expect(wrong.prefix(10) == [], "at \(basisPoints) basis points")
  }

  // Source: BOOKS section 3: one total in six at 20 %, 17.4 % at 21 %, 16.0 % at 19 %, 3.8 % at 4 %.
  @Test(arguments: [(2_100, 173_6), (2_000, 166_7), (1_900, 159_7), (400, 38_5), (1_000, 90_9)])
  func `as many gross totals as said cannot be written as a net price and its tax`(
    _ basisPoints: Int64, _ perTenThousand: Int64
  ) throws {
    var reached: Set<Int64> = []
    for net in Self.totals { reached.insert(net + onTop(net, basisPoints)) }
    let missing = Self.totals.count { !reached.contains($0) }
    #expect(abs(Int64(missing) * 10_000 / 200_000 - perTenThousand) <= 1)
    // Such a total still has one net and one tax.
    let rule = rule(basisPoints)
    for gross in Self.totals.prefix(1_000) where !reached.contains(gross) {
      let tax = try rule.tax(includedIn: gross)
      #expect(abs(onTop(gross - tax, basisPoints) - tax) == 1)
    }
  }

  @Test func `a document of lines differs from them by less than a cent a line`() throws {
    for basisPoints in Self.rates {
      let rule = rule(basisPoints)
      for seed in Int64(1)...2_000 {
        let lines = (0..<7).map { (seed * 7_919 + Int64($0) * 104_729) % 30_000 + 1 }
        let each = try lines.map { net in try rule.tax(onTopOf: net) }.reduce(0, +)
        let whole = try rule.tax(onTopOf: lines.reduce(0, +))
        #expect(abs(each - whole) <= 4)
      }
    }
  }
}

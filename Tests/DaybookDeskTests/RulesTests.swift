import DaybookClinicEvents
import DaybookClinicRules
import DaybookValues
import Testing

@Suite struct `The order of settlement` {
  private let patient = Debtor.patient(PatientID(1))
  private let first = Debtor.payer(PartyID(1), .primary)
  private let second = Debtor.payer(PartyID(2), .secondary)

  private func take(_ amount: Int64, paidBy party: Party) -> [Int64] {
    let owed = [(debtor: second, amount: 10 as Int64), (first, 20), (patient, 30)]
    let taken = SettlementOrder.take(amount, from: owed, paidBy: party)
    return [patient, first, second].map { debtor in
      taken.first { $0.debtor == debtor }?.amount ?? 0
    }
  }

  @Test func `own part, then the patient's, then payers by priority`() {
    #expect(take(35, paidBy: .walkIn) == [30, 5, 0])
    #expect(take(35, paidBy: .patient(PatientID(1))) == [30, 5, 0])
    #expect(take(35, paidBy: .payer(PartyID(1))) == [15, 20, 0])
    #expect(take(35, paidBy: .payer(PartyID(2))) == [25, 0, 10])
    // Somebody else's credit is nobody's own part.
    #expect(take(35, paidBy: .patient(PatientID(2))) == [30, 5, 0])
  }

  @Test func `takes no more than there is, of either`() {
    #expect(take(1000, paidBy: .walkIn) == [30, 20, 10])
    #expect(take(0, paidBy: .walkIn) == [0, 0, 0])
    #expect(SettlementOrder.take(5, from: [(patient, 0)], paidBy: .walkIn).isEmpty)
    #expect(SettlementOrder.take(5, from: [], paidBy: .walkIn).isEmpty)
  }

  @Test func `equals keep their order`() {
    let owed = [
      (debtor: Debtor.payer(PartyID(1), .primary), amount: 10 as Int64),
      (.payer(PartyID(2), .primary), 10),
    ]
    let taken = SettlementOrder.take(15, from: owed, paidBy: .walkIn)
    #expect(taken.map(\.amount) == [10, 5])
    #expect(taken.first?.debtor == .payer(PartyID(1), .primary))
  }
}

@Suite struct `The split by coverage` {
  @Test(
    arguments: [
      (0, 0), (1, 0), (9, 1), (10, 2), (1000, 200), (1001, 200), (1004, 200), (1005, 201),
    ] as [(Int64, Int64)]) func `rounds the patient's share down`(_ total: Int64, _ part: Int64)
  {
    #expect(
      CoverageSplit.patientPart(of: total, .share(Rate(basisPoints: 2000))) == part)
  }

  @Test func `stays between nothing and the whole`() {
    let fixed = Copay.fixed(Amount(minorUnits: 500))
    #expect(CoverageSplit.patientPart(of: 400, fixed) == 400)
    #expect(CoverageSplit.patientPart(of: 600, fixed) == 500)
    #expect(CoverageSplit.patientPart(of: 600, .fixed(Amount(minorUnits: -1))) == 0)
    #expect(CoverageSplit.patientPart(of: .max, .share(.whole)) == .max)
    #expect(CoverageSplit.patientPart(of: .max, .share(Rate(basisPoints: .max))) == .max)
    #expect(CoverageSplit.patientPart(of: 5, .share(Rate(basisPoints: -1))) == 0)
  }
}

@Suite struct `Picking lots` {
  private func lot(_ name: String, _ expiry: Int32?, _ available: Int64) -> LotOnHand {
    LotOnHand(lot: name, expiry: expiry.map(Day.init(daysSince1970:)), available: available)
  }

  @Test func `goes by expiry, then by name, lots without expiry last`() {
    let lots = [lot("d", nil, 1), lot("c", 9, 1), lot("b", 5, 1), lot("a", 9, 1)]
    let picked = LotPicking.pick(4, from: lots)
    #expect(picked.taken.map { lots[$0.index].lot } == ["b", "a", "c", "d"])
    #expect(picked.short == 0)
  }

  @Test func `splits over lots and says what is short`() {
    let lots = [lot("a", 1, 3), lot("b", 2, 0), lot("c", 3, 4)]
    #expect(LotPicking.pick(3, from: lots).taken.map(\.quantity) == [3])
    #expect(LotPicking.pick(5, from: lots).taken.map(\.quantity) == [3, 2])
    #expect(LotPicking.pick(9, from: lots).short == 2)
    #expect(LotPicking.pick(1, from: []).short == 1)
  }

  @Test func `the last day counts`() {
    let day = Day(daysSince1970: 10)
    #expect(LotPicking.isUsable(lot("a", 10, 1), on: day))
    #expect(!LotPicking.isUsable(lot("a", 9, 1), on: day))
    #expect(LotPicking.isUsable(lot("a", nil, 1), on: day))
  }

  @Test func `an emptied lot is worth nothing, however it was emptied`() throws {
    var onHand: Int64 = 7000
    var value: Int64 = 100
    var parts: [Int64] = []
    while onHand > 0 {
      let part = try LotCost.value(of: 1000, onHand: onHand, worth: value)
      parts.append(part)
      onHand -= 1000
      value -= part
    }
    #expect(value == 0)
    #expect(parts.reduce(0, +) == 100)
    #expect(parts.allSatisfy { (14...15).contains($0) })
    #expect(try LotCost.value(of: .max, onHand: .max, worth: .max) == .max)
    #expect(try LotCost.value(of: .max - 1, onHand: .max, worth: .max) == .max - 1)
    #expect(try LotCost.value(of: 0, onHand: 0, worth: 0) == 0)
  }
}

@Suite struct `A line of a payer's answer` {
  @Test func `adds up without overflow`() {
    let line = AdjudicatedLine.with {
      $0.billed = Amount(minorUnits: 10)
      $0.paid = Amount(minorUnits: .max)
      $0.other = Amount(minorUnits: 10 - .max)
    }
    #expect(ClaimLine.isBalanced(line))
    #expect(ClaimLine.isBalanced(AdjudicatedLine()))
    #expect(
      !ClaimLine.isBalanced(
        AdjudicatedLine.with {
          $0.paid = Amount(minorUnits: .max)
          $0.contractual = Amount(minorUnits: .max)
          $0.patientDue = Amount(minorUnits: 2)
        }))
  }
}

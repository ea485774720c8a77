import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Commission over a random life of a charge` {
  /// Adjusted, recovered, paid, allocated and taken back, in any order.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `is always the share of what stands, or is collected, of it`(_ seed: UInt64) throws {
    var random = Seeded(seed)
    let basis: CommissionBasis = seed % 2 == 0 ? .charged : .collected
    let share = Int64.random(in: 1...10_000, using: &random)
    let price = Int64.random(in: 1...100_000, using: &random)
    var spec = Clinic.seen().by(.staff(1), .admin).given(
      SetCommissionRule.with {
        $0.staff = Clinic.doctor
        $0.services = [Clinic.implanting]
        $0.basis = basis
        $0.yield = .share(Rate(basisPoints: share))
        $0.from = Clinic.day("2026-03-01")
      }
    ).by(.staff(2), .practitioner).given(Clinic.treat(price)).by(.staff(4), .accountant)
    var sum: Int64 = 0
    func take(_ next: Spec) throws {
      spec = next
      for event in next.events where event.isEvent(CommissionAccrued.self) {
        sum += try event.decoded(as: CommissionAccrued.self).amount.minorUnits
      }
    }
    // What was accrued with the charge itself.
    sum = spec.state.people.commission.unsettled(of: Clinic.doctor, at: Clinic.id, before: .max)
    for _ in 0..<30 {
      let amount = cents(Int64.random(in: 1...price, using: &random))
      switch Int.random(in: 0..<5, using: &random) {
      case 0:
        try take(
          spec.when(
            ReceivePayment.with {
              $0.from = .party(.patient(Clinic.patient))
              $0.amount = amount
              $0.method = .card(CardTender())
              $0.settling = [Clinic.charge]
            }))
      case 1: try take(spec.whenReversed(PaymentReceived.self))
      case 2: try take(spec.whenReversed(AdjustmentPosted.self))
      default:
        let types: [AdjustmentType] = [.courtesy, .badDebt, .recovery]
        let type = types[Int.random(in: 0..<3, using: &random)]
        try take(
          spec.when(
            PostAdjustment.with {
              $0.charge = Clinic.charge
              $0.type = type
              $0.amount = amount
            }))
      }
      let known = try #require(spec.state.people.commission[Clinic.charge])
      let whole = try CommissionRules.whole(
        .share(Rate(basisPoints: share)), of: price, units: 1)
      let earned = CommissionRules.part(of: whole, done: known.done, total: price)
      #expect(sum == earned && known.accrued == earned, "seed \(seed)")
      #expect(known.done >= 0 && known.done <= price, "seed \(seed)")
    }
  }
}

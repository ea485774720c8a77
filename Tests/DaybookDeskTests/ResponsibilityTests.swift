import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

private let patient = Debtor.patient(Clinic.patient)
private let insurer = Debtor.payer(Clinic.insurer, .primary)
private let second = Debtor.payer(Clinic.second, .secondary)

@Suite struct `A transfer of responsibility` {
  private func transfer(
    _ minor: Int64, _ change: (inout TransferResponsibility) -> Void = { _ in }
  ) -> TransferResponsibility {
    .with {
      $0.charge = Clinic.charge
      $0.to = patient
      $0.amount = cents(minor)
      $0.reason = .notCovered
      change(&$0)
    }
  }

  private var insured: Spec { Clinic.charged(100, insured: true) }

  @Test func `moves a part from who is responsible now`() {
    let spec = insured.when(transfer(30))
    spec.then(
      ResponsibilityTransferred.with {
        $0.charge = Clinic.charge
        $0.from = insurer
        $0.to = patient
        $0.amount = cents(30)
        $0.reason = .notCovered
      })
    let charge = spec.state.billing.charges[Clinic.charge]
    #expect(charge?.owed(by: insurer) == 70)
    #expect(charge?.owed(by: patient) == 30)
    #expect(charge?.current == patient)
  }

  @Test func `of more than is owed is refused`() {
    insured.when(transfer(101))
      .thenRefused(BillingRefusal.aboveOwed(Clinic.charge, owed: Amount(minorUnits: 100, .usd)))
    insured.when(transfer(1) { $0.from = second }).thenRefused(.overAllocated)
  }

  @Test func `of more than is owed moves what is owed for history, and is found`() throws {
    let spec = insured.importing.when(transfer(101))
    spec.thenFound(.overAllocated)
    let moved = try #require(
      try spec.events.first?.decoded(as: ResponsibilityTransferred.self))
    #expect(moved.amount == cents(100))
    insured.importing.when(transfer(1) { $0.from = second }).thenFound(.overAllocated)
      .thenNothing()
  }

  @Test func `between the same party makes no event`() {
    insured.when(transfer(30) { $0.to = insurer }).thenNothing()
    insured.importing.when(transfer(300) { $0.to = insurer }).thenFound().thenNothing()
  }

  @Test func `of nothing makes no event, below nothing is refused or found`() {
    insured.when(transfer(0)).thenNothing()
    insured.when(transfer(-1)).thenRefused(.amountNegative)
    insured.importing.when(transfer(-1)).thenFound(.amountNegative).thenNothing()
  }

  @Test func `to a payer needs coverage on the charge's day`() {
    let next = transfer(30) {
      $0.to = second
      $0.reason = .nextPayer
    }
    insured.when(next)
      .thenRefused(CareRefusal.notCovered(Clinic.second, Clinic.patient, Clinic.today))
    insured.importing.when(next).thenFound(.coverageNotActive)
    insured.by(.staff(2), .reception).given(Clinic.coverage(Clinic.second, .secondary))
      .by(.staff(4), .accountant).when(next).thenEvents(ResponsibilityTransferred.self)
  }

  @Test func `needs reason, charge and parties`() {
    insured.when(transfer(30) { $0.reason = .unspecified }).thenRefused(.fieldRequired)
    insured.when(transfer(30) { $0.charge = ChargeID(9) }).thenRefused(.unknownReference)
    insured.when(transfer(30) { $0.to = .patient(Clinic.other) })
      .thenRefused(CareRefusal.otherDebtor(Clinic.patient))
    insured.when(transfer(30) { $0.to = .payer(PartyID(9), .primary) })
      .thenRefused(.unknownReference, .coverageNotActive)
    insured.when(transfer(30) { $0.to = .payer(Clinic.insurer, .unspecified) })
      .thenRefused(.fieldRequired)
    insured.when(transfer(0) { $0.amount = Amount(minorUnits: 5, .eur) })
      .thenRefused(.currencyMismatch)
  }

  @Test func `takes effect no earlier than the charge`() {
    let earlier = Clinic.moment("2026-03-01T09:00:00Z")
    let spec = insured.at(earlier, recorded: Clinic.nine.instant).when(transfer(30))
    #expect(spec.events.first?.effective == Clinic.nine)
    let later = Clinic.moment("2026-03-05T09:00:00Z")
    #expect(insured.at(later).when(transfer(30)).events.first?.effective == later)
  }

  @Test func `is in the books of the charge's clinic`() {
    let roles = SetRoles.with {
      $0.staff = Clinic.accountant
      $0.clinic = ClinicID(2)
      $0.roles = [.accountant]
    }
    insured.by(.staff(1), .admin).given(Clinic.defineClinic).given(roles)
      .by(.staff(4), .accountant).at(clinic: 2).when(transfer(30))
      .thenRefused(DeskRefusal.elsewhere("charge C1", clinic: Clinic.id))
  }

  @Test func `there and back leaves what was there`() {
    let back = transfer(30) {
      $0.from = patient
      $0.to = insurer
      $0.reason = .covered
    }
    let spec = insured.given(transfer(30)).when(back)
    #expect(spec.state.billing.charges[Clinic.charge]?.owed(by: insurer) == 100)
    #expect(spec.state.billing.charges[Clinic.charge]?.owed(by: patient) == 0)
  }
}

@Suite struct `An adjustment` {
  private func adjust(
    _ type: AdjustmentType, _ minor: Int64,
    _ change: (inout PostAdjustment) -> Void = { _ in }
  ) -> PostAdjustment {
    .with {
      $0.charge = Clinic.charge
      $0.type = type
      $0.amount = cents(minor)
      change(&$0)
    }
  }

  @Test(arguments: [
    AdjustmentType.contractual, .denied, .writeOff, .badDebt, .courtesy, .rounding,
  ]) func `lowers what is owed, to nothing and not below`(_ type: AdjustmentType) {
    let spec = Clinic.charged(100).when(adjust(type, 100) { $0.reasonCode = "CO-45" })
    spec.then(
      AdjustmentPosted.with {
        $0.charge = Clinic.charge
        $0.debtor = patient
        $0.type = type
        $0.amount = cents(100)
        $0.reasonCode = "CO-45"
      })
    #expect(spec.owed() == 0)
    Clinic.charged(100).when(adjust(type, 101))
      .thenRefused(BillingRefusal.aboveOwed(Clinic.charge, owed: Amount(minorUnits: 100, .usd)))
    Clinic.charged(100).importing.when(adjust(type, 101)).thenRefused(.overAllocated)
  }

  @Test func `is cut to what is owed when it says so`() throws {
    let spec = Clinic.charged(100).importing
      .when(adjust(.contractual, 150) { $0.upToOwed = true })
    #expect(try spec.events.first?.decoded(as: AdjustmentPosted.self).amount == cents(100))
    Clinic.charged(0).importing.when(adjust(.contractual, 150) { $0.upToOwed = true })
      .thenNothing()
  }

  @Test func `takes the part of whom it names`() {
    let shared = Clinic.charged(100, copay: .fixed(cents(20)), insured: true)
    shared.when(adjust(.writeOff, 21)).thenRefused(.overAllocated)
    let spec = shared.when(adjust(.contractual, 21) { $0.debtor = insurer })
    #expect(spec.state.billing.charges[Clinic.charge]?.owed(by: insurer) == 59)
  }

  @Test func `a recovery takes back at most what was held to be lost`() {
    let lost = Clinic.charged(100).given(adjust(.badDebt, 60))
    let spec = lost.when(adjust(.recovery, 60))
    spec.thenEvents(AdjustmentPosted.self)
    #expect(spec.owed() == 100)
    lost.when(adjust(.recovery, 61))
      .thenRefused(BillingRefusal.aboveBadDebt(Clinic.charge, lost: Amount(minorUnits: 60, .usd)))
    lost.given(adjust(.recovery, 60)).when(adjust(.recovery, 1)).thenRefused(.overAllocated)
    Clinic.charged(100).given(adjust(.writeOff, 60)).when(adjust(.recovery, 1))
      .thenRefused(.overAllocated)
  }

  @Test func `a bad debt says what of it was provided for, and nothing else does`() throws {
    let lost = Clinic.charged(100).when(adjust(.badDebt, 60) { $0.provided = cents(25) })
    let event = try lost.events[0].decoded(as: AdjustmentPosted.self)
    #expect(event.amount == cents(60) && event.provided == cents(25))
    Clinic.charged(100).when(adjust(.badDebt, 60) { $0.provided = cents(61) })
      .thenRefused(BillingRefusal.aboveLost(Amount(minorUnits: 60, .usd)), field: "provided")
    Clinic.charged(100).when(adjust(.badDebt, 60) { $0.provided = cents(-1) })
      .thenRefused(.amountNegative)
    Clinic.charged(100).when(adjust(.writeOff, 60) { $0.provided = cents(1) })
      .thenRefused(BillingRefusal.notProvidedFor, field: "provided")
  }

  /// 100.00 and 21.00 of tax, in a clinic that has the tax of bad debts back or not.
  private func taxed(_ whose: BadDebtTax = .relieved) -> Spec {
    var clinic = Clinic.defineClinic
    clinic.clinic = Clinic.id
    clinic.badDebtTax = whose
    return Clinic.seen().by(.staff(1), .admin).given(clinic)
      .given(
        SetTaxCode.with {
          $0.code = "S21"
          $0.rate = Rate(basisPoints: 2_100)
          $0.taxClass = .standard
        }
      )
      .by(.staff(2), .practitioner).given(Clinic.treat(100_00) { $0.taxCode = TaxCodeID(1) })
      .by(.staff(4), .accountant)
  }

  private func tax(_ spec: Spec) throws -> Amount? {
    try spec.events.first?.decoded(as: AdjustmentPosted.self).tax
  }

  @Test func `has the tax of a bad debt back, the last part what is left of it`() throws {
    // 40.33 x 21 / 121 = 6.9994...
    let first = taxed().when(adjust(.badDebt, 40_33))
    #expect(try tax(first) == cents(7_00))
    let rest = first.when(adjust(.badDebt, 80_67))
    #expect(try tax(rest) == cents(14_00))
    // 61.00 stay lost: 61.00 x 21 / 121 = 10.586...
    let recovered = rest.when(adjust(.recovery, 60_00))
    #expect(try tax(recovered) == cents(10_41))
    let all = recovered.when(adjust(.recovery, 61_00))
    #expect(try tax(all) == cents(10_59))
    #expect(all.state.billing.charges[Clinic.charge]?.relievedTax == 0)
  }

  @Test func `bears the tax of a bad debt unless clinic or command say otherwise`() throws {
    #expect(try tax(taxed(.unspecified).when(adjust(.badDebt, 121_00))) == .zero)
    #expect(try tax(taxed(.borne).when(adjust(.badDebt, 121_00))) == .zero)
    let relieved = adjust(.badDebt, 121_00) { $0.badDebtTax = .relieved }
    #expect(try tax(taxed(.borne).when(relieved)) == cents(21_00))
    let borne = adjust(.badDebt, 121_00) { $0.badDebtTax = .borne }
    #expect(try tax(taxed().when(borne)) == .zero)
    // Nothing comes back of another sort of adjustment, of what has no tax, or of history.
    #expect(try tax(taxed().when(adjust(.writeOff, 121_00))) == .zero)
    taxed().when(adjust(.writeOff, 1) { $0.badDebtTax = .relieved })
      .thenRefused(BillingRefusal.notRelieved, field: "badDebtTax")
    #expect(try tax(Clinic.charged(100).when(adjust(.badDebt, 100))) == .zero)
    #expect(try tax(taxed().importing.when(adjust(.badDebt, 121_00))) == .zero)
  }

  @Test func `provides for what is lost beside the tax that comes back`() {
    taxed().when(adjust(.badDebt, 121_00) { $0.provided = cents(100_00) })
      .thenEvents(AdjustmentPosted.self)
    taxed().when(adjust(.badDebt, 121_00) { $0.provided = cents(100_01) })
      .thenRefused(
        BillingRefusal.aboveLost(Amount(minorUnits: 100_00, .usd)), field: "provided")
  }

  @Test func `above the clinic's limit wants a second person`() {
    var limited = Clinic.defineClinic
    limited.clinic = Clinic.id
    limited.limits.writeOff = cents(10)
    limited.limits.discount = cents(20)
    let spec = Clinic.charged(100).by(.staff(1), .admin).given(limited).by(.staff(4), .accountant)
    for type in [AdjustmentType.writeOff, .badDebt, .denied, .rounding] {
      spec.when(adjust(type, 10)).thenEvents(AdjustmentPosted.self)
      spec.when(adjust(type, 11)).thenRefused(.needsSecondPerson)
      spec.when(adjust(type, 11) { $0.approver = Clinic.accountant })
        .thenRefused(.needsSecondPerson)
      spec.when(adjust(type, 11) { $0.approver = Clinic.doctor }).thenRefused(.notPermitted)
      spec.when(adjust(type, 11) { $0.approver = Clinic.admin })
        .thenEvents(AdjustmentPosted.self)
    }
    spec.when(adjust(.courtesy, 20)).thenEvents(AdjustmentPosted.self)
    spec.when(adjust(.courtesy, 21)).thenRefused(.needsSecondPerson)
    spec.when(adjust(.contractual, 100)).thenEvents(AdjustmentPosted.self)
    spec.importing.when(adjust(.writeOff, 100)).thenEvents(AdjustmentPosted.self)
  }

  @Test func `needs a type, an amount and a charge`() {
    Clinic.charged(100).when(adjust(.unspecified, 0)).thenRefused(
      .fieldRequired, .amountNotPositive)
    Clinic.charged(100).when(adjust(.writeOff, 1) { $0.charge = ChargeID(9) })
      .thenRefused(.unknownReference)
    Clinic.charged(100).when(adjust(.writeOff, 1) { $0.debtor = .patient(Clinic.other) })
      .thenRefused(.invalidState, .overAllocated)
  }
}

import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

private let patient = Debtor.patient(Clinic.patient)
private let insurer = Debtor.payer(Clinic.insurer, .primary)

private func submit(
  _ charges: Few<ClaimRequest> = [ClaimRequest(Clinic.charge)],
  _ change: (inout SubmitClaim) -> Void = { _ in }
) -> SubmitClaim {
  .with {
    $0.payer = Clinic.insurer
    $0.charges = charges
    change(&$0)
  }
}

private func answer(
  _ outcome: ClaimOutcome = .adjudicated, _ lines: Few<AdjudicatedLine>
) -> AdjudicateClaim {
  .with {
    $0.claim = ClaimID(1)
    $0.outcome = outcome
    $0.lines = lines
  }
}

private func line(
  _ billed: Int64, paid: Int64 = 0, contractual: Int64 = 0, patient: Int64 = 0, other: Int64 = 0,
  charge: ChargeID = Clinic.charge, codes: Few<String> = []
) -> AdjudicatedLine {
  .with {
    $0.charge = charge
    $0.billed = cents(billed)
    $0.paid = cents(paid)
    $0.contractual = cents(contractual)
    $0.patientDue = cents(patient)
    $0.other = cents(other)
    $0.codes = codes
  }
}

@Suite struct `Submitting a claim` {
  private var insured: Spec { Clinic.charged(100, insured: true) }

  @Test func `asks for all that the payer owes`() {
    let spec = insured.when(submit())
    spec.then(
      ClaimSubmitted.with {
        $0.claim = ClaimID(1)
        $0.payer = Clinic.insurer
        $0.priority = .primary
        $0.patient = Clinic.patient
        $0.charges = [ClaimedCharge(Clinic.charge, cents(100))]
        $0.total = cents(100)
      })
    #expect(spec.events.first?.correlation == 1)
  }

  @Test func `takes charges of nothing`() throws {
    let spec = Clinic.charged(0, insured: true).when(submit())
    let claim = try #require(try spec.events.first?.decoded(as: ClaimSubmitted.self))
    #expect(claim.charges.count == 1)
    #expect(claim.total.isZero)
  }

  @Test func `may ask for the whole charge, not for more`() {
    let shared = Clinic.charged(100, copay: .fixed(cents(20)), insured: true)
    shared.when(submit([ClaimRequest(Clinic.charge, cents(100))]))
      .thenEvents(ClaimSubmitted.self)
    shared.when(submit([ClaimRequest(Clinic.charge, cents(101))]))
      .thenRefused(ClaimRefusal.aboveCharge(Clinic.charge, total: Amount(minorUnits: 100, .usd)))
    shared.when(submit([ClaimRequest(Clinic.charge, cents(-1))])).thenRefused(.amountNegative)
  }

  @Test func `names charges that the payer owes`() {
    Clinic.charged(100).when(submit())
      .thenRefused(ClaimRefusal.notOwedByPayer(Clinic.charge, Clinic.insurer))
    insured.when(submit { $0.payer = Clinic.second }).thenRefused(.invalidState)
    insured.when(submit { $0.priority = .secondary }).thenRefused(.invalidState)
    insured.when(submit([ClaimRequest(ChargeID(9))])).thenRefused(.unknownReference)
    insured.when(submit([])).thenRefused(.fieldRequired)
    insured.when(submit { $0.payer = Clinic.supplier }).thenRefused(.invalidState, .invalidState)
  }

  @Test func `names a charge once, and one patient's`() {
    insured.when(submit([ClaimRequest(Clinic.charge), ClaimRequest(Clinic.charge)]))
      .thenRefused(DeskRefusal.namedTwice("charge"))
    var other = Clinic.coverage(Clinic.insurer)
    other.patient = Clinic.other
    let two = insured.by(.staff(2), .reception).given(other)
      .given(CheckInPatient.with { $0.patient = Clinic.other })
      .by(.staff(2), .practitioner)
      .given(
        StartEncounter.with {
          $0.visit = VisitID(2)
          $0.practitioner = Clinic.doctor
        }
      )
      .given(Clinic.treat(50) { $0.encounter = EncounterID(2) }).by(.staff(4), .accountant)
    two.when(submit([ClaimRequest(ChargeID(1)), ClaimRequest(ChargeID(2))]))
      .thenRefused(ClaimRefusal.severalPatients)
  }

  @Test func `a charge stands on one live claim`() {
    insured.given(submit()).when(submit())
      .thenRefused(ClaimRefusal.onAnotherClaim(Clinic.charge, ClaimID(1)))
    insured.given(submit()).importing.when(submit()).thenRefused(.invalidState)
    insured.given(submit()).given(answer(.rejected, [])).when(submit())
      .thenEvents(ClaimSubmitted.self)
  }

  @Test func `the stated total is the sum`() {
    insured.when(submit { $0.total = cents(100) }).thenEvents(ClaimSubmitted.self)
    insured.when(submit { $0.total = cents(99) })
      .thenRefused(
        ClaimRefusal.total(
          stated: Amount(minorUnits: 99, .usd), sum: Amount(minorUnits: 100, .usd)))
  }

  @Test func `replaces a claim once, of the same payer and patient`() {
    let again = submit { $0.replaces = ClaimID(1) }
    let spec = insured.given(submit())
    let replaced = spec.when(again)
    replaced.thenEvents(ClaimSubmitted.self)
    #expect(replaced.state.claims.claims[ClaimID(1)]?.replacedBy == ClaimID(2))
    replaced.when(submit { $0.replaces = ClaimID(1) })
      .thenRefused(.invalidState, .invalidState)
    replaced.when(answer(.adjudicated, [line(100, paid: 100)]))
      .thenRefused(.invalidState, .unknownReference)
    spec.when(submit { $0.replaces = ClaimID(9) })
      .thenRefused(.invalidState, .unknownReference)
    let withSecond = spec.by(.staff(2), .reception)
      .given(Clinic.coverage(Clinic.second, .secondary)).by(.staff(2), .practitioner)
      .given(Clinic.treat(10) { $0.responsible = .payer(Clinic.second, .secondary) })
      .by(.staff(4), .accountant)
    withSecond.when(
      submit([ClaimRequest(ChargeID(2))]) {
        $0.payer = Clinic.second
        $0.replaces = ClaimID(1)
      }
    ).thenRefused(ClaimRefusal.replacesOther(ClaimID(1)))
  }

  @Test func `a replaced claim lets go of its charges`() {
    let spec = insured.by(.staff(2), .practitioner).given(Clinic.treat(50))
      .by(.staff(4), .accountant)
      .given(submit([ClaimRequest(ChargeID(1)), ClaimRequest(ChargeID(2))]))
      .given(submit([ClaimRequest(ChargeID(1))]) { $0.replaces = ClaimID(1) })
    spec.when(submit([ClaimRequest(ChargeID(2))])).thenEvents(ClaimSubmitted.self)
    spec.when(submit([ClaimRequest(ChargeID(1))])).thenRefused(.invalidState)
  }
}

@Suite struct `Adjudicating a claim` {
  private var submitted: Spec { Clinic.charged(100, insured: true).given(submit()) }

  @Test func `adjusts what the contract and the payer take off, and moves the patient's due`() {
    let spec = submitted.when(
      answer(
        .adjudicated,
        [line(100, paid: 50, contractual: 25, patient: 20, other: 5, codes: ["CO-45"])]))
    spec.then(
      ClaimAdjudicated.with {
        $0.claim = ClaimID(1)
        $0.outcome = .adjudicated
        $0.lines = [
          line(100, paid: 50, contractual: 25, patient: 20, other: 5, codes: ["CO-45"])
        ]
      },
      adjustment(.contractual, 25), adjustment(.denied, 5),
      ResponsibilityTransferred.with {
        $0.charge = Clinic.charge
        $0.from = insurer
        $0.to = patient
        $0.amount = cents(20)
        $0.reason = .patientDue
      })
    #expect(spec.events.map(\.cause) == [.command, .event(0), .event(0), .event(0)])
    let charge = spec.state.billing.charges[Clinic.charge]
    #expect(charge?.owed(by: insurer) == 50)
    #expect(charge?.owed(by: patient) == 20)
  }

  private func adjustment(_ type: AdjustmentType, _ minor: Int64) -> AdjustmentPosted {
    .with {
      $0.charge = Clinic.charge
      $0.debtor = insurer
      $0.type = type
      $0.amount = cents(minor)
      $0.reasonCode = "CO-45"
    }
  }

  @Test func `leaves the payer owing exactly what it will pay, whatever came before`() {
    let paidAtDesk = pay(15) { $0.settling = [Clinic.charge] }
    let paidByInsurer = pay(60) {
      $0.from = .party(.payer(Clinic.insurer))
      $0.settling = [Clinic.charge]
    }
    let lines: Few = [line(100, paid: 60, contractual: 20, patient: 20)]
    func owed(_ spec: Spec) -> [Int64?] {
      let charge = spec.by(.staff(4), .accountant).when(answer(.adjudicated, lines)).state.billing
        .charges[Clinic.charge]
      return [charge?.owed(by: insurer), charge?.owed(by: patient)]
    }
    #expect(owed(submitted) == [60, 20])
    // The patient paid 15 of the due at the desk, on the payer's line.
    #expect(owed(submitted.atTheTill.given(paidAtDesk)) == [60, 5])
    // The money came before its explanation.
    #expect(owed(submitted.atTheTill.given(paidByInsurer)) == [0, 20])
    #expect(owed(submitted.atTheTill.given(paidAtDesk).given(paidByInsurer)) == [0, 5])
    // The co-payment was split off at the treatment, and the claim asks for the whole charge.
    let split = Clinic.charged(100, copay: .fixed(cents(20)), insured: true)
      .given(submit([ClaimRequest(Clinic.charge, cents(100))]))
    #expect(owed(split) == [60, 20])
    // Paid at the desk before the claim went out.
    let early = Clinic.charged(100, insured: true).atTheTill.given(paidAtDesk)
      .by(.staff(4), .accountant).given(submit([ClaimRequest(Clinic.charge, cents(100))]))
    #expect(owed(early) == [60, 5])
  }

  @Test func `posts of the contract what was not taken off before`() throws {
    let byHand = PostAdjustment.with {
      $0.charge = Clinic.charge
      $0.debtor = insurer
      $0.type = .contractual
      $0.amount = cents(20)
    }
    let lines: Few = [line(100, paid: 75, contractual: 25)]
    let after = submitted.given(byHand).when(answer(.adjudicated, lines))
    after.thenEvents(ClaimAdjudicated.self, AdjustmentPosted.self)
    #expect(try after.events[1].decoded(as: AdjustmentPosted.self).amount == cents(5))
    let before = Clinic.charged(100, insured: true).given(byHand)
      .given(submit([ClaimRequest(Clinic.charge, cents(100))]))
    #expect(before.state.billing.charges[Clinic.charge]?.claim?.contractual == 20)
    #expect(before.state.billing.charges[Clinic.charge]?.claim?.fallsToPatient == 0)
    let answered = before.when(answer(.adjudicated, lines))
    #expect(answered.state.billing.charges[Clinic.charge]?.owed(by: insurer) == 75)
  }

  @Test func `never takes more than the payer owes`() {
    let spec = submitted.given(
      TransferResponsibility.with {
        $0.charge = Clinic.charge
        $0.to = patient
        $0.amount = cents(90)
        $0.reason = .notCovered
      })
    spec.when(answer(.adjudicated, [line(100, paid: 80, contractual: 20)]))
      .thenRefused(BillingRefusal.aboveOwed(Clinic.charge, owed: Amount(minorUnits: 10, .usd)))
  }

  @Test func `billed is the sum of the four others`() {
    submitted.when(answer(.adjudicated, [line(100, paid: 99)]))
      .thenRefused(ClaimRefusal.unbalancedLine(Clinic.charge))
    submitted.importing.when(answer(.adjudicated, [line(100, paid: 99)])).thenRefused(.unbalanced)
    submitted.when(
      answer(.adjudicated, [line(-2, paid: .max, contractual: .max)])
    ).thenRefused(.amountNegative, .tooLarge, .tooLarge, .unbalanced)
    submitted.when(answer(.adjudicated, [line(100, paid: 110, other: -10)]))
      .thenEvents(ClaimAdjudicated.self)
  }

  @Test func `billed is what the claim asked for`() {
    let other = answer(.adjudicated, [line(90, paid: 90)])
    submitted.when(other)
      .thenRefused(
        ClaimRefusal.otherBilled(Clinic.charge, billed: Amount(minorUnits: 100, .usd)))
    submitted.importing.when(other).thenFound(.unbalanced)
  }

  @Test func `no part is below nothing but other`() {
    submitted.when(answer(.adjudicated, [line(100, paid: -10, contractual: 110)]))
      .thenRefused(.amountNegative, .overAllocated)
    submitted.when(answer(.adjudicated, [line(100, paid: 110, contractual: -10)]))
      .thenRefused(.amountNegative)
    submitted.when(answer(.adjudicated, [line(100, paid: 110, patient: -10)]))
      .thenRefused(.amountNegative)
  }

  @Test func `answers every charge of the claim once, and no other`() {
    submitted.when(answer(.adjudicated, [])).thenRefused(ClaimRefusal.unanswered(Clinic.charge))
    submitted.when(answer(.adjudicated, [line(100, paid: 100), line(100, paid: 100)]))
      .thenRefused(DeskRefusal.namedTwice("charge"))
    submitted.when(
      answer(.adjudicated, [line(100, paid: 100), line(5, paid: 5, charge: ChargeID(2))])
    ).thenRefused(ClaimRefusal.notOnClaim(ChargeID(2), ClaimID(1)))
  }

  @Test func `happens once`() {
    let spec = submitted.given(answer(.adjudicated, [line(100, paid: 100)]))
    spec.when(answer(.adjudicated, [line(100, paid: 100)]))
      .thenRefused(.invalidState, .unknownReference)
    spec.when(answer(.rejected, [])).thenRefused(ClaimRefusal.notLive(ClaimID(1)))
  }

  @Test func `that comes after it was taken back is kept of history, if it is a no`() {
    let at = submitted.history.lastPosition
    let back = submitted.given(
      ReverseEvent.with {
        $0.of = at
        $0.reason = "storno"
      })
    back.when(answer(.rejected, [])).thenRefused(ClaimRefusal.takenBack(ClaimID(1)))
    let spec = back.importing.when(answer(.rejected, []))
    spec.thenEvents(ClaimAdjudicated.self)
    spec.thenFound(.invalidState)
    back.importing.when(answer(.adjudicated, [line(100, paid: 100)]))
      .thenRefused(.invalidState, .unknownReference)
    spec.when(answer(.rejected, [])).thenRefused(ClaimRefusal.notLive(ClaimID(1)))
    spec.when(submit()).thenEvents(ClaimSubmitted.self)
  }

  @Test func `rejected has no lines, denied pays nothing`() {
    submitted.when(answer(.rejected, [])).thenEvents(ClaimAdjudicated.self)
    submitted.when(answer(.rejected, [line(100, paid: 100)]))
      .thenRefused(ClaimRefusal.outcomeLines(.rejected))
    submitted.when(answer(.denied, [line(100, paid: 100)]))
      .thenRefused(ClaimRefusal.outcomeLines(.denied))
    submitted.when(answer(.denied, [line(100, patient: 100)]))
      .thenEvents(ClaimAdjudicated.self, ResponsibilityTransferred.self)
    submitted.when(answer(.denied, [line(100, other: 100)]))
      .thenEvents(ClaimAdjudicated.self, AdjustmentPosted.self)
  }

  @Test func `needs an outcome and a claim`() {
    submitted.when(answer(.unspecified, [line(100, paid: 100)])).thenRefused(.fieldRequired)
    submitted.when(AdjudicateClaim.with { $0.outcome = .rejected }).thenRefused(.unknownReference)
  }

  @Test func `of history causes nothing`() {
    submitted.importing.when(answer(.adjudicated, [line(100, paid: 50, contractual: 50)]))
      .thenEvents(ClaimAdjudicated.self)
  }

  @Test func `of history without lines has those of the books`() {
    let spec = submitted.importing
      .given(pay(10) { $0.settling = [Clinic.charge] })
      .given(
        pay(55) {
          $0.from = .owing(Clinic.charge)
          $0.settling = [Clinic.charge]
        }
      )
      .given(
        PostAdjustment.with {
          $0.charge = Clinic.charge
          $0.type = .contractual
          $0.amount = cents(5)
        }
      )
      .given(
        TransferResponsibility.with {
          $0.charge = Clinic.charge
          $0.to = patient
          $0.amount = cents(20)
          $0.reason = .imported
        }
      )
    spec.when(answer(.adjudicated, [])).then(
      ClaimAdjudicated.with {
        $0.claim = ClaimID(1)
        $0.outcome = .adjudicated
        $0.lines = [line(100, paid: 55, contractual: 5, patient: 30, other: 10)]
      })
  }

  @Test func `lets the next payer be asked`() {
    let second = Debtor.payer(Clinic.second, .secondary)
    let spec = submitted.by(.staff(2), .reception)
      .given(Clinic.coverage(Clinic.second, .secondary)).by(.staff(4), .accountant)
      .given(answer(.adjudicated, [line(100, paid: 60, patient: 40)]))
      .given(
        TransferResponsibility.with {
          $0.charge = Clinic.charge
          $0.from = patient
          $0.to = second
          $0.amount = cents(40)
          $0.reason = .nextPayer
        })
    spec.when(submit { $0.payer = Clinic.second }).then(
      ClaimSubmitted.with {
        $0.claim = ClaimID(2)
        $0.payer = Clinic.second
        $0.priority = .secondary
        $0.patient = Clinic.patient
        $0.charges = [ClaimedCharge(Clinic.charge, cents(40))]
        $0.total = cents(40)
      })
  }
}

import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

private let insurer = Debtor.payer(Clinic.insurer, .primary)

private func usd(_ minor: Int64) -> Amount { Amount(minorUnits: minor, .usd) }

private func remit(
  _ paid: Int64..., total: Int64? = nil, _ change: (inout ReceiveRemittance) -> Void = { _ in }
) -> ReceiveRemittance {
  .with {
    $0.payer = Clinic.insurer
    $0.reference = "RA-1"
    $0.lines = Few(paid.map { RemittedCharge(ClaimID(1), Clinic.charge, cents($0)) })
    $0.total = total.map(cents)
    change(&$0)
  }
}

private func adjustment(_ type: ProviderAdjustmentType, _ amount: Int64) -> ProviderAdjustment {
  ProviderAdjustment(type, "X", cents(amount))
}

/// 100 on a claim of the insurer, not answered; the accountant acts.
private var claimed: Spec {
  Clinic.charged(100, insured: true).given(
    SubmitClaim.with {
      $0.payer = Clinic.insurer
      $0.charges = [ClaimRequest(Clinic.charge)]
    })
}

private func owed(_ spec: Spec) -> Int64? {
  spec.state.billing.charges[Clinic.charge]?.owed(by: insurer)
}

@Suite struct `Receiving a remittance` {
  @Test func `pays what the payer owes, claim by claim`() {
    let spec = claimed.when(remit(60, total: 60))
    spec.then(
      RemittanceReceived.with {
        $0.payment = PaymentID(1)
        $0.payer = Clinic.insurer
        $0.reference = "RA-1"
        $0.date = Clinic.today
        $0.lines = [
          RemittanceLine.with {
            $0.claim = ClaimID(1)
            $0.charge = Clinic.charge
            $0.priority = .primary
            $0.paid = cents(60)
          }
        ]
        $0.total = cents(60)
      })
    #expect(owed(spec) == 40)
    spec.when(remit(41)).thenRefused(BillingRefusal.aboveOwed(Clinic.charge, owed: usd(40)))
    spec.when(remit(40)).thenEvents(RemittanceReceived.self)
  }

  @Test func `opens again what the payer takes back, at most what was paid`() {
    let paid = claimed.given(remit(100))
    #expect(owed(paid) == 0)
    let taken = paid.when(
      remit(-30, 0) { $0.providerAdjustments = [adjustment(.balance, 30)] })
    taken.thenEvents(RemittanceReceived.self)
    #expect(owed(taken) == 30)
    #expect(taken.state.claims.carried(by: Clinic.insurer, at: Clinic.id) == 30)
    paid.when(remit(-101) { $0.providerAdjustments = [adjustment(.balance, 101)] })
      .thenRefused(ClaimRefusal.abovePaid(Clinic.charge, paid: usd(100)))
  }

  // Random histories found that a payer took back what the patient had paid (HistoryTests).
  @Test func `gives a payer back what it has paid itself, and nothing of others`() {
    let shared = claimed.given(remit(60)).atTheTill
      .given(
        pay(40) { $0.allocations = [ChargeAmount(Clinic.charge, cents(40))] }
      ).accounting
    #expect(owed(shared) == 0)
    func takeBack(_ amount: Int64) -> ReceiveRemittance {
      remit(-amount, 0) { $0.providerAdjustments = [adjustment(.balance, amount)] }
    }
    shared.when(takeBack(61)).thenRefused(ClaimRefusal.abovePaid(Clinic.charge, paid: usd(60)))
    let taken = shared.given(takeBack(60))
    #expect(owed(taken) == 60)
    // The patient's payment can be undone still; one that the payer took back cannot.
    taken.whenReversed(PaymentReceived.self).thenEvents(Reversed.self)
    let plain = claimed.atTheTill.given(
      pay(60) {
        $0.from = .party(.payer(Clinic.insurer))
        $0.allocations = [ChargeAmount(Clinic.charge, cents(60))]
      }
    ).accounting
    plain.given(takeBack(60)).whenReversed(PaymentReceived.self).thenRefused(.hasDependents)
    plain.whenReversed(PaymentReceived.self).thenEvents(Reversed.self)
  }

  @Test func `corrects a payment by taking it back and paying it anew`() {
    let spec = claimed.given(remit(100)).when(remit(80, -100, 20))
    spec.thenEvents(RemittanceReceived.self)
    #expect(owed(spec) == 0)
  }

  @Test func `adds up to its total, which is below zero where the payer takes more than it pays`()
    throws
  {
    claimed.when(remit(60, total: 61))
      .thenRefused(ClaimRefusal.total(stated: usd(61), sum: usd(60)), field: "total")
    let taken = claimed.given(remit(100)).when(remit(-30))
    let event = try taken.events[0].decoded(as: RemittanceReceived.self)
    #expect(event.total == cents(-30))
    #expect(owed(taken) == 30)
    claimed.when(
      remit(60, total: 65) {
        $0.providerAdjustments = [adjustment(.interest, 7), adjustment(.fee, -2)]
      }
    ).thenEvents(RemittanceReceived.self)
  }

  @Test func `uses up no more of a balance than was carried`() {
    let carried = claimed.given(
      remit(60) { $0.providerAdjustments = [adjustment(.balance, 10)] })
    carried.when(remit(40) { $0.providerAdjustments = [adjustment(.balance, -11)] })
      .thenRefused(ClaimRefusal.aboveCarried(Clinic.insurer, carried: usd(10)))
    carried.when(remit(40) { $0.providerAdjustments = [adjustment(.balance, -10)] })
      .thenEvents(RemittanceReceived.self)
  }

  @Test func `names a payer, a reference and claims of that payer`() {
    claimed.when(remit(1) { $0.payer = Clinic.second })
      .thenRefused(ClaimRefusal.otherPayer(ClaimID(1), Clinic.insurer))
    claimed.when(remit(1) { $0.reference = " " }).thenRefused(.fieldRequired)
    claimed.when(remit { $0.lines = [] }).thenRefused(.fieldRequired)
    claimed.when(remit(1) { $0.lines = [RemittedCharge(ClaimID(9), Clinic.charge, cents(1))] })
      .thenRefused(.unknownReference)
    claimed.by(.staff(2), .practitioner).given(Clinic.treat(10)).by(.staff(4), .accountant)
      .when(remit { $0.lines = [RemittedCharge(ClaimID(1), ChargeID(2), cents(1))] })
      .thenRefused(ClaimRefusal.notOnClaim(ChargeID(2), ClaimID(1)))
    claimed.when(remit(1) { $0.payer = Clinic.supplier }).thenRefused(.invalidState, .invalidState)
  }

  @Test func `says what each adjustment is, and how much`() {
    claimed.when(remit(1) { $0.providerAdjustments = [adjustment(.unspecified, 1)] })
      .thenRefused(.fieldRequired)
    claimed.when(remit(1) { $0.providerAdjustments = [adjustment(.fee, 0)] })
      .thenRefused(.outOfRange)
    claimed.when(
      remit(1) {
        $0.providerAdjustments = [adjustment(.fee, -1)]
        $0.providerAdjustments[0].claim = ClaimID(9)
      }
    ).thenRefused(.unknownReference)
    claimed.when(remit(1) { $0.date = Clinic.day("2026-03-03") }).thenRefused(.outOfRange)
    claimed.by(.staff(3), .cashier).when(remit(1)).thenRefused(.notPermitted)
  }
}

@Suite struct `An answer with its money` {
  private func answer(
    _ outcome: ClaimOutcome, paid: Int64 = 0, contractual: Int64 = 0, patient: Int64 = 0,
    other: Int64 = 0, codes: Few<String> = [],
    _ change: (inout AdjudicateClaim) -> Void = { _ in }
  ) -> AdjudicateClaim {
    .with {
      $0.claim = ClaimID(1)
      $0.outcome = outcome
      $0.lines = [
        .with {
          $0.charge = Clinic.charge
          $0.billed = cents(100)
          $0.paid = cents(paid)
          $0.contractual = cents(contractual)
          $0.patientDue = cents(patient)
          $0.other = cents(other)
          $0.codes = codes
        }
      ]
      change(&$0)
    }
  }

  @Test func `is adjusted, transferred and paid in one action`() throws {
    let spec = claimed.when(
      answer(.adjudicated, paid: 50, contractual: 30, patient: 20) {
        $0.payment = .transfer(BankTender())
        $0.remittance = "RA-2"
      })
    spec.thenEvents(
      ClaimAdjudicated.self, AdjustmentPosted.self, ResponsibilityTransferred.self,
      PaymentReceived.self)
    let payment = try spec.events[3].decoded(as: PaymentReceived.self)
    #expect(payment.from == .payer(Clinic.insurer) && payment.amount == cents(50))
    #expect(payment.remittance == "RA-2")
    #expect(owed(spec) == 0)
    #expect(spec.state.billing.charges[Clinic.charge]?.owed == 20)
  }

  @Test func `pays no more than the payer owes with what is taken off`() {
    let paid = claimed.given(remit(60))
    paid.when(answer(.adjudicated, paid: 60, contractual: 40)).thenEvents(
      ClaimAdjudicated.self, AdjustmentPosted.self)
    paid.when(
      answer(.adjudicated, paid: 60, contractual: 40) { $0.payment = .transfer(BankTender()) }
    ).thenRefused(BillingRefusal.aboveOwed(Clinic.charge, owed: usd(40)))
  }

  @Test func `comes through a bank, with something paid, and not from an import`() {
    claimed.when(answer(.adjudicated, paid: 100) { $0.payment = .cash(CashTender()) })
      .thenRefused(.tillNotOpen)
    claimed.when(answer(.denied, other: 100) { $0.payment = .transfer(BankTender()) })
      .thenRefused(.fieldRequired)
    claimed.importing.when(
      answer(.adjudicated, paid: 100) { $0.payment = .transfer(BankTender()) }
    ).thenRefused(ClaimRefusal.importedMoney)
  }

  @Test func `of a denial is not payable, or a bad debt where the clinic was late`() throws {
    let denied = claimed.when(answer(.denied, other: 100, codes: ["CO-97"]))
    let adjustment = try denied.events[1].decoded(as: AdjustmentPosted.self)
    #expect(adjustment.type == .denied && adjustment.reasonCode == "CO-97")
    let late = claimed.when(answer(.denied, other: 100, codes: ["PR-1", "CO-45", "CO-29"]))
    let lost = try late.events[1].decoded(as: AdjustmentPosted.self)
    #expect(lost.type == .badDebt && lost.reasonCode == "CO-29")
    #expect(late.state.billing.charges[Clinic.charge]?.badDebt == 100)
  }

  @Test func `of a rejection leaves the debt, and the charge free for another claim`() {
    let rejected = claimed.given(
      AdjudicateClaim.with {
        $0.claim = ClaimID(1)
        $0.outcome = .rejected
      })
    #expect(owed(rejected) == 100)
    rejected.when(
      SubmitClaim.with {
        $0.payer = Clinic.insurer
        $0.charges = [ClaimRequest(Clinic.charge)]
        $0.replaces = ClaimID(1)
      }
    ).thenEvents(ClaimSubmitted.self)
  }
}

@Suite struct `A bad debt` {
  private func adjust(_ type: AdjustmentType, _ amount: Int64) -> PostAdjustment {
    .with {
      $0.charge = Clinic.charge
      $0.type = type
      $0.amount = cents(amount)
    }
  }

  @Test func `is had after all by a recovery, and then by money`() {
    let lost = Clinic.charged(100).given(adjust(.badDebt, 80))
    #expect(lost.state.billing.charges[Clinic.charge]?.owed == 20)
    lost.when(adjust(.recovery, 81)).thenRefused(.overAllocated)
    let recovered = lost.given(adjust(.recovery, 50))
    #expect(recovered.state.billing.charges[Clinic.charge]?.owed == 70)
    recovered.when(
      ReceivePayment.with {
        $0.from = .party(.patient(Clinic.patient))
        $0.amount = cents(70)
        $0.method = .transfer(BankTender())
        $0.allocations = [ChargeAmount(Clinic.charge, cents(70))]
      }
    ).thenEvents(PaymentReceived.self)
    recovered.when(adjust(.recovery, 31)).thenRefused(.overAllocated)
  }
}

import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

private let patient = Party.patient(Clinic.patient)

private func refund(
  _ minor: Int64, _ change: (inout PayRefund) -> Void = { _ in }
) -> PayRefund {
  .with {
    $0.to = patient
    $0.amount = cents(minor)
    $0.method = .transfer(BankTender())
    change(&$0)
  }
}

@Suite struct `A refund` {
  /// Credit of 30.00 and 20.00 and a deposit of 50.00; the cashier acts.
  private var spec: Spec {
    Counter.opened.given(pay(30_00)).given(pay(20_00)).given(pay(50_00) { $0.deposit = Deposit() })
  }

  // LESSONS 3, rows 13 to 15: what settles nothing is a balance of its own.
  @Test func `pays out the oldest credit first, and leaves deposits alone`() {
    let paid = spec.when(refund(35_00))
    paid.then(
      RefundPaid.with {
        $0.refund = PaymentID(4)
        $0.to = patient
        $0.amount = cents(35_00)
        $0.method = .transfer(BankTender())
        $0.parts = [
          RefundedPart(PaymentID(1), cents(30_00)), RefundedPart(PaymentID(2), cents(5_00)),
        ]
      })
    #expect(paid.unapplied(1) == 0 && paid.unapplied(2) == 15_00 && paid.unapplied(3) == 50_00)
    let account = paid.state.billing.accounts[patient]
    #expect(account.credit == 15_00 && account.deposit == 50_00)
    #expect(account.firstOpen == PaymentID(2))
  }

  @Test func `is never above the credit, or the deposit`() {
    spec.when(refund(50_01))
      .thenRefused(
        BillingRefusal.aboveCredit(
          credit: Amount(minorUnits: 50_00, .usd), deposit: Amount(minorUnits: 50_00, .usd)),
        field: "amount")
    spec.when(refund(50_00) { $0.ofDeposit = true }).thenEvents(RefundPaid.self)
    spec.given(refund(50_00) { $0.ofDeposit = true }).when(refund(1) { $0.ofDeposit = true })
      .thenRefused(.creditExceeded)
    spec.when(refund(1) { $0.to = .patient(Clinic.other) }).thenRefused(.creditExceeded)
    spec.when(refund(20_01) { $0.payment = PaymentID(2) }).thenRefused(.creditExceeded)
    spec.when(refund(0)).thenRefused(.amountNotPositive)
    spec.when(refund(1) { $0.payment = PaymentID(9) }).thenRefused(.unknownReference)
    spec.given(refund(1)).when(refund(1) { $0.payment = PaymentID(4) })
      .thenRefused(.invalidState, .creditExceeded)
    spec.given(pay(9) { $0.from = .party(.patient(Clinic.other)) })
      .when(refund(1) { $0.payment = PaymentID(4) }).thenRefused(.invalidState)
  }

  @Test func `in cash comes out of an open till, at most what is in it`() {
    let cash = refund(30_00) { $0.method = Counter.cash() }
    #expect(spec.given(cash).expected() == 120_00)
    spec.given(Counter.move(.out, .bank, 130_00)).when(cash).thenRefused(.quantityExceeded)
    spec.given(Counter.close(150_00)).when(cash).thenRefused(.tillNotOpen)
  }

  @Test func `above the limit takes a second person`() {
    var limited = Clinic.defineClinic
    limited.clinic = Clinic.id
    limited.limits.refund = cents(10_00)
    let spec = spec.by(.staff(1), .admin).given(limited).atTheTill
    spec.when(refund(10_00)).thenEvents(RefundPaid.self)
    spec.when(refund(10_01)).thenRefused(.needsSecondPerson)
    spec.when(refund(10_01) { $0.approver = Clinic.cashier }).thenRefused(.needsSecondPerson)
    spec.when(refund(10_01) { $0.approver = Clinic.accountant }).thenEvents(RefundPaid.self)
  }

  // 121.00 has 21.00 of tax: half of it 10.50, and the rest the remainder.
  @Test func `of a taxable deposit takes its tax along`() {
    let spec = Counter.opened
      .given(pay(121_00) { $0.deposit = Deposit.with { $0.taxCode = Counter.standard } })
    let half = spec.when(refund(60_49) { $0.ofDeposit = true })
    #expect((try? half.events[0].decoded(as: RefundPaid.self))?.parts[0].tax == cents(10_50))
    let rest = half.when(refund(60_51) { $0.ofDeposit = true })
    #expect((try? rest.events[0].decoded(as: RefundPaid.self))?.parts[0].tax == cents(10_50))
  }
}

@Suite struct `A released allocation` {
  private func release(_ minor: Int64?, _ reason: String = "another charge") -> ReleaseAllocation {
    .with {
      $0.payment = PaymentID(1)
      $0.charge = Clinic.charge
      $0.amount = minor.map(cents)
      $0.reason = reason
    }
  }

  private var paid: Spec {
    Clinic.charged(100_00).atTheTill.given(pay(80_00) { $0.settling = [Clinic.charge] })
  }

  @Test func `opens the debt again, and the money is credit`() {
    let spec = paid.when(release(30_00))
    spec.then(
      AllocationReleased.with {
        $0.part = ReleasedPart.with {
          $0.payment = PaymentID(1)
          $0.from = patient
          $0.allocation = Allocation(
            Clinic.charge, owedBy: .patient(Clinic.patient), cents(30_00))
        }
        $0.reason = "another charge"
      })
    #expect(spec.owed() == 50_00 && spec.unapplied() == 30_00)
    #expect(spec.state.billing.accounts[patient].credit == 30_00)
  }

  @Test func `is at most what the payment settles of the charge`() {
    paid.when(release(80_01)).thenRefused(.overAllocated)
    paid.given(release(nil)).when(release(nil)).thenRefused(.overAllocated)
    paid.when(release(1, "")).thenRefused(.reasonRequired)
    paid.when(release(0)).thenRefused(.amountNotPositive)
    paid.when(ReleaseAllocation.with { $0.reason = "r" })
      .thenRefused(.unknownReference, .unknownReference)
  }

  // LESSONS 3, row 13: a partly applied prepayment goes on.
  @Test func `lets a deposit settle, be released and settle again`() {
    let deposit = Billed.charged.atTheTill
      .given(pay(121_00) { $0.deposit = Deposit.with { $0.taxCode = Counter.standard } })
    let allocate = AllocatePayment.with {
      $0.payment = PaymentID(1)
      $0.allocations = [ChargeAmount(Clinic.charge, cents(40_33))]
    }
    var spec = deposit.given(allocate).given(allocate).when(release(40_33))
    let part = (try? spec.events[0].decoded(as: AllocationReleased.self))?.part
    // 80.66 had 14.00 of the tax, 40.33 has 7.00.
    #expect(part?.tax == cents(7_00) && part?.ofDeposit == true)
    spec = spec.given(allocate).when(
      AllocatePayment.with {
        $0.payment = PaymentID(1)
        $0.settling = [Clinic.charge]
      })
    #expect((try? spec.events[0].decoded(as: PaymentAllocated.self))?.tax == cents(7_00))
    #expect(spec.owed() == 0 && spec.unapplied() == 0)
    #expect(spec.state.billing.accounts[patient].deposit == 0)
  }

  @Test func `of a taxable deposit goes to charges of its own tax`() {
    Billed.charged.atTheTill
      .given(pay(121_00) { $0.deposit = Deposit.with { $0.taxCode = Counter.standard } })
      .when(
        AllocatePayment.with {
          $0.payment = PaymentID(1)
          $0.settling = [ChargeID(2)]
        }
      ).thenRefused(
        BillingRefusal.otherTax(ChargeID(2), deposit: Counter.standard), field: "settling")
  }
}

@Suite struct `A returned payment` {
  private func takenBack(
    _ minor: Int64?, _ reason: PaymentReturnReason = .chargeback,
    _ change: (inout ReturnPayment) -> Void = { _ in }
  ) -> ReturnPayment {
    .with {
      $0.payment = PaymentID(1)
      $0.amount = minor.map(cents)
      $0.reason = reason
      change(&$0)
    }
  }

  /// 30.00 on one charge, then 40.00 on another, 10.00 of credit; the accountant acts.
  private var paid: Spec {
    Clinic.seen().given(Clinic.treat(30_00)).given(Clinic.treat(40_00)).atTheTill
      .given(pay(80_00) { $0.settling = [ChargeID(1), ChargeID(2)] }).by(.staff(4), .accountant)
  }

  private func part(_ charge: UInt64, _ minor: Int64) -> Allocation {
    Allocation(ChargeID(charge), owedBy: .patient(Clinic.patient), cents(minor))
  }

  @Test func `takes credit first, then opens the newest allocations again`() {
    let spec = paid.when(takenBack(60_00) { $0.fee = cents(5_00) })
    spec.then(
      PaymentReturned.with {
        $0.payment = PaymentID(1)
        $0.from = patient
        $0.amount = cents(60_00)
        $0.method = .card
        $0.reason = .chargeback
        $0.fee = cents(5_00)
        $0.reopened = [part(2, 40_00), part(1, 10_00)]
      })
    #expect(spec.owed(ChargeID(1)) == 10_00 && spec.owed(ChargeID(2)) == 40_00)
    #expect(spec.unapplied() == 0)
    let rest = spec.when(takenBack(nil))
    #expect((try? rest.events[0].decoded(as: PaymentReturned.self))?.amount == cents(20_00))
    #expect(rest.owed(ChargeID(1)) == 30_00)
  }

  @Test func `is at most what is left of it, in a way that fits`() {
    paid.when(takenBack(80_01)).thenRefused(
      BillingRefusal.abovePayment(PaymentID(1), left: Amount(minorUnits: 80_00, .usd)))
    paid.given(takenBack(nil)).when(takenBack(nil)).thenRefused(.overAllocated)
    paid.when(takenBack(1, .cheque))
      .thenRefused(BillingRefusal.notReturnable(PaymentID(1)), field: "reason")
    paid.when(takenBack(1, .unspecified)).thenRefused(.reasonRequired)
    paid.when(takenBack(0)).thenRefused(.amountNotPositive)
    paid.when(takenBack(1) { $0.payment = PaymentID(9) }).thenRefused(.unknownReference)
    paid.when(takenBack(1) { $0.fee = cents(-1) }).thenRefused(.amountNegative)
    paid.atTheTill.given(
      PayRefund.with {
        $0.to = patient
        $0.amount = cents(10_00)
        $0.method = .transfer(BankTender())
      }
    ).by(.staff(4), .accountant).when(takenBack(1) { $0.payment = PaymentID(2) })
      .thenRefused(.invalidState, .overAllocated)
  }
}

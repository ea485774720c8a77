import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Setting a rule of commission` {
  private func rule(
    _ change: (inout SetCommissionRule) -> Void = { _ in }
  ) -> SetCommissionRule {
    .with {
      $0.staff = Clinic.doctor
      $0.basis = .charged
      $0.yield = .share(Rate(basisPoints: 3_000))
      $0.from = Clinic.day("2026-03-01")
      change(&$0)
    }
  }

  private var desk: Spec { Clinic.open.by(.staff(1), .admin).at(clinic: 1) }

  @Test func `keeps who earns how much of what, effective on its first day`() {
    let spec = desk.when(
      rule {
        $0.services = [Clinic.implanting]
        $0.payer = Clinic.insurer
        $0.yield = .fixed(cents(1_500))
        $0.deductMaterials = true
        $0.to = Clinic.day("2026-12-31")
      })
    spec.then(
      CommissionRuleSet.with {
        $0.rule = CommissionRuleID(1)
        $0.staff = Clinic.doctor
        $0.services = [Clinic.implanting]
        $0.payer = Clinic.insurer
        $0.basis = .charged
        $0.yield = .fixed(cents(1_500))
        $0.deductMaterials = true
        $0.from = Clinic.day("2026-03-01")
        $0.to = Clinic.day("2026-12-31")
      })
    #expect(spec.events.first?.effective == Clinic.moment("2026-03-01T00:00:00Z"))
  }

  @Test func `no charge falls under two rules of one person`() {
    let spec = desk.given(
      rule {
        $0.services = [Clinic.implanting]
        $0.payer = Clinic.insurer
        $0.to = Clinic.day("2026-03-31")
      })
    spec.when(rule()).thenRefused(PayrollRefusal.scopeTaken(CommissionRuleID(1)))
    spec.when(rule { $0.services = [Clinic.consult] }).thenEvents(CommissionRuleSet.self)
    spec.when(rule { $0.services = [Clinic.consult, Clinic.implanting] }).thenRefused(.overlap)
    spec.when(rule { $0.payer = Clinic.second }).thenEvents(CommissionRuleSet.self)
    spec.when(rule { $0.from = Clinic.day("2026-04-01") }).thenEvents(CommissionRuleSet.self)
    spec.when(rule { $0.from = Clinic.day("2026-03-31") }).thenRefused(.overlap)
    spec.when(rule { $0.staff = Clinic.admin }).thenEvents(CommissionRuleSet.self)
  }

  @Test func `a rule may be changed, and ended by its last day`() {
    let ended = rule {
      $0.rule = CommissionRuleID(1)
      $0.to = Clinic.day("2026-03-31")
    }
    let spec = desk.given(rule())
    spec.when(ended).thenEvents(CommissionRuleSet.self)
    spec.given(ended).when(rule { $0.from = Clinic.day("2026-04-01") })
      .thenEvents(CommissionRuleSet.self)
    var other = ended
    other.staff = Clinic.admin
    spec.when(other).thenRefused(PayrollRefusal.otherRule(CommissionRuleID(1), Clinic.doctor))
  }

  @Test func `needs a person, a basis, a yield and days in order, of things that exist`() {
    desk.when(
      SetCommissionRule.with {
        $0.rule = CommissionRuleID(9)
        $0.staff = StaffID(99)
        $0.services = [ServiceID(9), ServiceID(9)]
        $0.payer = PartyID(9)
        $0.yield = .share(Rate(basisPoints: 10_001))
        $0.from = Clinic.day("2026-03-02")
        $0.to = Clinic.day("2026-03-01")
      }
    ).thenRefused(
      .unknownReference, .unknownReference, .unknownReference, .unknownReference, .invalidState,
      .unknownReference, .fieldRequired, .outOfRange, .outOfRange)
    desk.when(rule { $0.payer = Clinic.supplier }).thenRefused(.invalidState)
    desk.when(rule { $0.yield = .fixed(cents(-1)) }).thenRefused(.amountNegative)
  }
}

@Suite struct `Commission` {
  private func rule(
    _ change: (inout SetCommissionRule) -> Void = { _ in }
  ) -> SetCommissionRule {
    .with {
      $0.staff = Clinic.doctor
      $0.services = [Clinic.implanting]
      $0.basis = .charged
      $0.yield = .share(Rate(basisPoints: 3_000))
      $0.from = Clinic.day("2026-03-01")
      change(&$0)
    }
  }

  /// The patient is seen, and the doctor earns by a rule.
  private func seen(
    insured: Bool = false, _ change: (inout SetCommissionRule) -> Void = { _ in }
  ) -> Spec {
    Clinic.seen(insured: insured).by(.staff(1), .admin).given(rule(change))
      .by(.staff(2), .practitioner)
  }

  private func accrued(
    _ basis: Int64, _ amount: Int64, _ cause: CommissionCause, charge: UInt64 = 1
  ) -> CommissionAccrued {
    .with {
      $0.rule = CommissionRuleID(1)
      $0.staff = Clinic.doctor
      $0.charge = ChargeID(charge)
      $0.cause = cause
      $0.basis = cents(basis)
      $0.amount = cents(amount)
    }
  }

  private func adjust(_ amount: Int64, _ type: AdjustmentType = .courtesy) -> PostAdjustment {
    .with {
      $0.charge = Clinic.charge
      $0.type = type
      $0.amount = cents(amount)
    }
  }

  private func pay(_ amount: Int64) -> ReceivePayment {
    .with {
      $0.from = .owing(Clinic.charge)
      $0.amount = cents(amount)
      $0.method = .card(CardTender())
      $0.settling = [Clinic.charge]
    }
  }

  /// The commission among the events of the last command.
  private func commission(_ spec: Spec) throws -> [CommissionAccrued] {
    try spec.events.filter { $0.isEvent(CommissionAccrued.self) }
      .map { try $0.decoded(as: CommissionAccrued.self) }
  }

  @Test func `of what is charged accrues beside its charge`() throws {
    let spec = seen().when(Clinic.treat(10_000) { $0.discount = cents(1_000) })
    spec.thenEvents(TreatmentPerformed.self, ChargePosted.self, CommissionAccrued.self)
    #expect(try commission(spec) == [accrued(9_000, 2_700, .charge)])
    #expect(spec.events.last?.cause == .event(1))
    #expect(spec.events.last?.clinic == 1)
  }

  @Test func `follows the rule of the practitioner, the service, the payer and the day`() throws {
    let by = { (spec: Spec) in spec.when(Clinic.treat(10_000)) }
    #expect(try commission(by(seen { $0.staff = Clinic.admin })) == [])
    #expect(try commission(by(seen { $0.services = [Clinic.consult] })) == [])
    #expect(try commission(by(seen { $0.payer = Clinic.insurer })) == [])
    #expect(try commission(by(seen { $0.from = Clinic.day("2026-03-03") })) == [])
    #expect(
      try commission(by(seen { $0.to = Clinic.day("2026-03-02") }))
        == [accrued(10_000, 3_000, .charge)])
    #expect(
      try commission(by(seen(insured: true) { $0.payer = Clinic.insurer }))
        == [accrued(10_000, 3_000, .charge)])
    // A rule for all services is for those that count towards commission.
    #expect(try commission(by(seen { $0.services = [] })) == [])
    var counting = Clinic.service("Implanting")
    counting.service = Clinic.implanting
    counting.commissionable = true
    let commissionable = seen { $0.services = [] }.by(.staff(1), .admin).given(counting)
      .by(.staff(2), .practitioner)
    #expect(try commission(by(commissionable)) == [accrued(10_000, 3_000, .charge)])
  }

  // Lessons, section 3, row 23.
  @Test func `is taken back at the rate of the original, whatever the rule says by then`() throws {
    let raised = rule {
      $0.rule = CommissionRuleID(1)
      $0.yield = .share(Rate(basisPoints: 5_000))
    }
    let charged = seen().given(Clinic.treat(10_001)).by(.staff(1), .admin).given(raised)
      .by(.staff(4), .accountant)
    // 30 % of 100.01 are 30.00; what is left of it after 33.33 is 20.00 of 66.68.
    let part = charged.when(adjust(3_333))
    #expect(try commission(part) == [accrued(-3_333, -1_000, .adjustment)])
    let rest = charged.given(adjust(3_333)).when(adjust(6_668))
    #expect(try commission(rest) == [accrued(-6_668, -2_000, .adjustment)])
    #expect(
      rest.state.people.commission.unsettled(of: Clinic.doctor, at: Clinic.id, before: .max) == 0)
  }

  @Test func `a bad debt takes it back and a recovery gives it again`() throws {
    let lost = seen().given(Clinic.treat(10_000)).by(.staff(4), .accountant)
      .given(adjust(10_000, .badDebt))
    let had = lost.when(adjust(4_000, .recovery))
    #expect(try commission(had) == [accrued(4_000, 1_200, .adjustment)])
  }

  @Test func `of what is collected accrues with each payment and with what it brings back`() throws
  {
    let charged = seen { $0.basis = .collected }.given(Clinic.treat(10_000))
      .by(.staff(4), .accountant)
    #expect(try commission(charged) == [])
    let first = charged.when(pay(3_333))
    first.thenEvents(PaymentReceived.self, CommissionAccrued.self)
    #expect(try commission(first) == [accrued(3_333, 1_000, .allocation)])
    let second = charged.given(pay(3_333)).when(pay(6_667))
    #expect(try commission(second) == [accrued(6_667, 2_000, .allocation)])
    // Nothing that is only adjusted was collected.
    #expect(try commission(charged.when(adjust(1_000))) == [])
  }

  @Test func `of credit that is allocated later accrues then`() throws {
    let credit = ReceivePayment.with {
      $0.from = .party(.patient(Clinic.patient))
      $0.amount = cents(5_000)
      $0.method = .card(CardTender())
    }
    let spec = seen { $0.basis = .collected }.given(Clinic.treat(10_000))
      .by(.staff(4), .accountant).given(credit)
      .when(
        AllocatePayment.with {
          $0.payment = PaymentID(1)
          $0.settling = [Clinic.charge]
        })
    spec.thenEvents(PaymentAllocated.self, CommissionAccrued.self)
    #expect(try commission(spec) == [accrued(5_000, 1_500, .allocation)])
  }

  // Lessons, section 3, row 23: money that goes back takes its commission along, with its sign.
  @Test func `of money that goes back, or settles it no longer, is taken back`() throws {
    let paid = seen { $0.basis = .collected }.given(Clinic.treat(10_000))
      .by(.staff(4), .accountant).given(pay(10_000))
    let released = paid.when(
      ReleaseAllocation.with {
        $0.payment = PaymentID(1)
        $0.charge = Clinic.charge
        $0.amount = cents(3_333)
        $0.reason = "another charge was meant"
      })
    released.thenEvents(AllocationReleased.self, CommissionAccrued.self)
    #expect(try commission(released) == [accrued(-3_333, -1_000, .refund)])
    let returned = paid.when(
      ReturnPayment.with {
        $0.payment = PaymentID(1)
        $0.reason = .chargeback
      })
    returned.thenEvents(PaymentReturned.self, CommissionAccrued.self)
    #expect(try commission(returned) == [accrued(-10_000, -3_000, .refund)])
  }

  @Test func `an amount for each unit is shared out by what is collected of the charge`() throws {
    let charged = seen {
      $0.basis = .collected
      $0.yield = .fixed(cents(1_000))
    }.given(Clinic.treat(10_000) { $0.units = 2 }).by(.staff(4), .accountant)
    #expect(try commission(charged.when(pay(2_500))) == [accrued(2_500, 500, .allocation)])
  }

  @Test func `materials that the treatment uses up are taken off first`() throws {
    let goods = ReceiveGoods.with {
      $0.supplier = Clinic.supplier
      $0.lines = [
        .with {
          $0.item = Clinic.gloves
          $0.quantity = Quantity(thousandths: 10_000)
          $0.value = cents(1_000)
        }
      ]
    }
    let treat = Clinic.treat(10_000) { $0.uses = [ItemUse(Clinic.gloves, .one)] }
    func treated(_ deduct: Bool) -> Spec {
      seen { $0.deductMaterials = deduct }.by(.staff(3), .buyer).given(goods)
        .by(.staff(2), .practitioner).when(treat)
    }
    treated(true).thenEvents(
      TreatmentPerformed.self, ChargePosted.self, StockIssued.self, CommissionAccrued.self)
    #expect(try commission(treated(true)) == [accrued(9_900, 2_970, .charge)])
    #expect(try commission(treated(false)) == [accrued(10_000, 3_000, .charge)])
    // The state goes by the same: a write-off of the whole takes all of it back.
    let lost = treated(true).by(.staff(4), .accountant)
      .when(adjust(10_000, .badDebt))
    #expect(try commission(lost) == [accrued(-9_900, -2_970, .adjustment)])
  }

  // Random histories found that what is issued later, by itself, was taken off at the next change
  // alone, and only of the last treatment (HistoryTests).
  @Test func `materials that are issued later change nothing`() throws {
    let goods = ReceiveGoods.with {
      $0.supplier = Clinic.supplier
      $0.lines = [
        .with {
          $0.item = Clinic.gloves
          $0.quantity = Quantity(thousandths: 10_000)
          $0.value = cents(1_000)
        }
      ]
    }
    let treated = seen { $0.deductMaterials = true }.by(.staff(3), .buyer).given(goods)
      .by(.staff(2), .practitioner).given(Clinic.treat(10_000))
    let late = issue(Clinic.gloves, 1, for: .treatment) {
      $0.encounterLine = EncounterLine(EncounterID(1), line: 1)
    }
    let lost = treated.by(.staff(3), .buyer).given(late).by(.staff(4), .accountant)
      .when(adjust(5_000, .badDebt))
    #expect(try commission(lost) == [accrued(-5_000, -1_500, .adjustment)])
  }

  @Test func `waits in the next payroll, and only once`() throws {
    let earned = seen().given(Clinic.treat(10_000)).on("2026-04-02T09:00:00Z").by(.staff(1), .admin)
    let line = PayrollLine.with {
      $0.staff = Clinic.doctor
      $0.contract = .employee
      $0.commission = cents(3_000)
      $0.net = cents(3_000)
    }
    let run = ApprovePayroll.with {
      $0.from = Clinic.day("2026-03-01")
      $0.to = Clinic.day("2026-03-31")
      $0.lines = [line]
    }
    earned.when(run).thenEvents(PayrollApproved.self)
    var missing = run
    missing.lines = []
    earned.when(missing).thenRefused(PayrollRefusal.missingLine(Clinic.doctor))
    var next = run
    next.from = Clinic.day("2026-04-01")
    next.to = Clinic.day("2026-04-02")
    next.lines = []
    earned.given(run).when(next).thenEvents(PayrollApproved.self)
    // What was not paid in March is still owed in April.
    next.lines = [line]
    earned.when(next).thenEvents(PayrollApproved.self)
  }

  @Test func `below nothing is carried over to the next run`() throws {
    let clawed = seen().given(Clinic.treat(10_000)).on("2026-03-31T09:00:00Z").by(.staff(1), .admin)
      .given(
        ApprovePayroll.with {
          $0.from = Clinic.day("2026-03-01")
          $0.to = Clinic.day("2026-03-31")
          $0.lines = [
            .with {
              $0.staff = Clinic.doctor
              $0.contract = .employee
              $0.commission = cents(3_000)
              $0.net = cents(3_000)
            }
          ]
        }
      ).on("2026-04-01T09:00:00Z").by(.staff(4), .accountant).given(adjust(10_000, .badDebt))
      .by(.staff(1), .admin).on("2026-05-01T09:00:00Z")
    let april = ApprovePayroll.with {
      $0.from = Clinic.day("2026-04-01")
      $0.to = Clinic.day("2026-04-30")
    }
    clawed.when(april).thenEvents(PayrollApproved.self)
    #expect(
      clawed.given(april).state.people.commission
        .unsettled(of: Clinic.doctor, at: Clinic.id, before: .max) == -3_000)
  }
}

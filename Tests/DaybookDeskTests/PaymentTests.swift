import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

private let patient = Debtor.patient(Clinic.patient)
private let insurer = Debtor.payer(Clinic.insurer, .primary)

/// A payment by card from the patient, unless changed.
func pay(_ minor: Int64, _ change: (inout ReceivePayment) -> Void = { _ in }) -> ReceivePayment {
  .with {
    $0.from = .party(.patient(Clinic.patient))
    $0.amount = cents(minor)
    $0.method = .card(CardTender())
    change(&$0)
  }
}

private func received(
  _ minor: Int64, _ allocations: Few<Allocation> = [],
  _ change: (inout PaymentReceived) -> Void = { _ in }
) -> PaymentReceived {
  .with {
    $0.payment = PaymentID(1)
    $0.from = .patient(Clinic.patient)
    $0.amount = cents(minor)
    $0.allocations = allocations
    $0.method = .card(CardTender())
    change(&$0)
  }
}

extension DeciderSpec<DeskState> {
  /// From now on the cashier acts.
  var atTheTill: Self { by(.staff(3), .cashier) }

  func owed(_ charge: ChargeID = Clinic.charge) -> Int64? { state.billing.charges[charge]?.owed }

  func unapplied(_ payment: UInt64 = 1) -> Int64? {
    state.billing.payments[PaymentID(payment)]?.unapplied
  }
}

@Suite struct `A payment` {
  @Test func `settles up to what is owed, and the rest is credit of who paid`() {
    let spec = Clinic.charged(100_00).atTheTill
      .when(pay(120_00) { $0.settling = [Clinic.charge] })
    spec.then(received(120_00, [Allocation(Clinic.charge, owedBy: patient, cents(100_00))]))
    #expect(spec.owed() == 0)
    #expect(spec.unapplied() == 20_00)
    #expect(spec.events.first?.correlation == 1)
  }

  @Test func `settles several charges in their order as long as it lasts`() {
    Clinic.seen().given(Clinic.treat(10)).given(Clinic.treat(20)).given(Clinic.treat(30)).atTheTill
      .when(pay(35) { $0.settling = [ChargeID(3), ChargeID(1), ChargeID(2)] })
      .then(
        received(
          35,
          [
            Allocation(ChargeID(3), owedBy: patient, cents(30)),
            Allocation(ChargeID(1), owedBy: patient, cents(5)),
          ]))
  }

  @Test func `over a charge of nothing is credit`() {
    Clinic.charged(0).atTheTill.when(pay(5) { $0.settling = [Clinic.charge] }).then(received(5))
  }

  @Test func `takes exactly what is said`() {
    let exact = pay(50) { $0.allocations = [ChargeAmount(Clinic.charge, cents(30))] }
    let spec = Clinic.charged(100).atTheTill.when(exact)
    spec.then(received(50, [Allocation(Clinic.charge, owedBy: patient, cents(30))]))
    #expect(spec.owed() == 70)
    #expect(spec.unapplied() == 20)
  }

  @Test func `never settles more than is owed`() {
    let exact = pay(500) { $0.allocations = [ChargeAmount(Clinic.charge, cents(101))] }
    Clinic.charged(100).atTheTill.when(exact)
      .thenRefused(
        BillingRefusal.aboveOwed(Clinic.charge, owed: Amount(minorUnits: 100, .usd)),
        field: "allocations.amount")
    Clinic.charged(100).importing.when(exact).thenRefused(.overAllocated)
  }

  @Test func `never settles more than it is`() {
    let exact = pay(50) {
      $0.allocations = [ChargeAmount(ChargeID(1), cents(30)), ChargeAmount(ChargeID(2), cents(21))]
    }
    Clinic.seen().given(Clinic.treat(100)).given(Clinic.treat(100)).atTheTill.when(exact)
      .thenRefused(BillingRefusal.aboveUnapplied(nil, left: Amount(minorUnits: 50, .usd)))
  }

  @Test func `names a charge once`() {
    Clinic.charged(100).atTheTill.when(
      pay(50) {
        $0.allocations = [ChargeAmount(Clinic.charge, cents(30))]
        $0.settling = [Clinic.charge]
      }
    ).thenRefused(DeskRefusal.namedTwice("charge"))
  }

  @Test(arguments: [0, -1] as [Int64]) func `is above nothing`(_ minor: Int64) {
    Clinic.charged(100).atTheTill.when(pay(minor)).thenRefused(.amountNotPositive)
    Clinic.charged(100).importing.when(pay(minor)).thenRefused(.amountNotPositive)
  }

  @Test func `without a charge is credit whole`() {
    let spec = Clinic.open.atTheTill.when(pay(50))
    spec.then(received(50))
    #expect(spec.unapplied() == 50)
    #expect(spec.events.first?.correlation == 0)
  }

  @Test func `is in the clinic's currency`() {
    Clinic.open.atTheTill.when(pay(0) { $0.amount = Amount(minorUnits: 5, .eur) })
      .thenRefused(.currencyMismatch)
    Clinic.open.atTheTill.when(pay(0) { $0.amount = Amount(minorUnits: 5, .usd) })
      .then(received(5))
  }

  // More would let a few payments take the sum of all debits beyond what can be added up.
  @Test func `is of ten million million at most`() {
    let most: Int64 = 1_000_000_000_000_000
    Clinic.charged(most).atTheTill.when(pay(most) { $0.settling = [Clinic.charge] })
      .then(received(most, [Allocation(Clinic.charge, owedBy: patient, cents(most))]))
    for amount in [most + 1, .max] {
      Clinic.open.atTheTill.when(pay(amount)).thenRefused(
        DeskRefusal.tooLarge("\(Amount(minorUnits: amount, .usd))"), field: "amount")
    }
  }

  @Test func `settles a charge of a later day on that day`() {
    let earlier = Clinic.moment("2026-03-01T09:00:00Z")
    let spec = Clinic.charged(100).atTheTill.at(earlier, recorded: Clinic.nine.instant)
      .when(pay(120) { $0.settling = [Clinic.charge] })
    spec.then(
      received(120),
      PaymentAllocated.with {
        $0.payment = PaymentID(1)
        $0.from = .patient(Clinic.patient)
        $0.allocation = Allocation(Clinic.charge, owedBy: patient, cents(100))
      })
    #expect(spec.events.map(\.effective) == [earlier, Clinic.nine])
    #expect(spec.events.map(\.cause) == [.command, .event(0)])
    #expect(spec.unapplied() == 20)
    #expect(spec.owed() == 0)
  }

  @Test func `settles a charge of another clinic, if the currency is the same`() {
    let south = SetRoles.with {
      $0.staff = Clinic.cashier
      $0.clinic = ClinicID(2)
      $0.roles = [.cashier]
    }
    func two(_ currency: Currency) -> Spec {
      let clinic = DefineClinic.with {
        $0 = Clinic.defineClinic
        $0.currency = currency
      }
      return Clinic.charged(100).by(.staff(1), .admin).given(clinic).given(south).atTheTill
        .at(clinic: 2)
    }
    two(.usd).when(pay(100) { $0.settling = [Clinic.charge] }).thenEvents(PaymentReceived.self)
    two(.eur).when(pay(100) { $0.settling = [Clinic.charge] })
      .thenRefused(BillingRefusal.otherBooks(Clinic.charge, clinic: Clinic.id))
  }

  @Test func `comes from somebody who exists, named as what they are`() {
    let spec = Clinic.open.atTheTill
    spec.when(pay(5) { $0.from = .party(.patient(PatientID(9))) }).thenRefused(.unknownReference)
    spec.when(pay(5) { $0.from = .party(.payer(PartyID(9))) }).thenRefused(.unknownReference)
    spec.when(pay(5) { $0.from = .party(.payer(Clinic.supplier)) })
      .thenRefused(AdministrationRefusal.notAPayer(Clinic.supplier))
    spec.when(pay(5) { $0.from = .party(.other(Clinic.insurer)) })
      .thenRefused(BillingRefusal.wrongParty(Clinic.insurer))
    spec.when(pay(5) { $0.from = .party(.other(Clinic.supplier)) })
      .thenEvents(PaymentReceived.self)
    spec.when(pay(5) { $0.from = .owing(ChargeID(9)) })
      .thenRefused(.unknownReference)
  }

  @Test func `of a walk-in leaves no credit`() {
    let spec = Clinic.charged(100).atTheTill
    let walkIn = pay(100) {
      $0.from = .party(.walkIn)
      $0.settling = [Clinic.charge]
    }
    spec.when(walkIn).thenEvents(PaymentReceived.self)
    spec.when(
      ReceivePayment.with {
        $0 = walkIn
        $0.amount = cents(101)
      }
    ).thenRefused(BillingRefusal.walkInCredit(Amount(minorUnits: 1, .usd)))
  }
}

@Suite struct `Who a payment settles for` {
  /// The insurer owes 80, the patient 20.
  private var shared: Spec {
    Clinic.charged(100, copay: .fixed(cents(20)), insured: true).atTheTill
  }

  @Test func `money of the patient settles the patient's part first`() {
    shared.when(pay(50) { $0.settling = [Clinic.charge] }).then(
      received(
        50,
        [
          Allocation(Clinic.charge, owedBy: patient, cents(20)),
          Allocation(Clinic.charge, owedBy: insurer, cents(30)),
        ]))
  }

  @Test func `money of the insurer settles the insurer's part first`() {
    shared.when(
      pay(90) {
        $0.from = .party(.payer(Clinic.insurer))
        $0.settling = [Clinic.charge]
      }
    ).then(
      received(
        90,
        [
          Allocation(Clinic.charge, owedBy: insurer, cents(80)),
          Allocation(Clinic.charge, owedBy: patient, cents(10)),
        ]
      ) { $0.from = .payer(Clinic.insurer) })
  }

  @Test func `other money settles patient, then payers in their order`() {
    let second = Debtor.payer(Clinic.second, .secondary)
    let spec = shared.by(.staff(2), .reception).given(Clinic.coverage(Clinic.second, .secondary))
      .by(.staff(4), .accountant)
      .given(
        TransferResponsibility.with {
          $0.charge = Clinic.charge
          $0.from = insurer
          $0.to = second
          $0.amount = cents(40)
          $0.reason = .nextPayer
        }
      ).atTheTill
    spec.when(
      pay(70) {
        $0.from = .party(.other(Clinic.supplier))
        $0.settling = [Clinic.charge]
      }
    ).then(
      received(
        70,
        [
          Allocation(Clinic.charge, owedBy: patient, cents(20)),
          Allocation(Clinic.charge, owedBy: insurer, cents(40)),
          Allocation(Clinic.charge, owedBy: second, cents(10)),
        ]
      ) { $0.from = .other(Clinic.supplier) })
  }

  @Test func `a co-payment over a payer's line lowers what the payer owes`() {
    let spec = Clinic.charged(100, insured: true).importing
      .when(pay(20) { $0.settling = [Clinic.charge] })
    spec.then(received(20, [Allocation(Clinic.charge, owedBy: insurer, cents(20))]))
    #expect(spec.state.billing.charges[Clinic.charge]?.owed(by: insurer) == 80)
  }

  @Test func `of whom only the charge is known is the payer that owes, else the patient`() throws {
    func payer(_ spec: Spec) throws -> Party? {
      try spec.importing.when(
        pay(1) {
          $0.from = .owing(Clinic.charge)
          $0.settling = [Clinic.charge]
        }
      ).events.first?.decoded(as: PaymentReceived.self).from
    }
    let whole = TransferResponsibility.with {
      $0.charge = Clinic.charge
      $0.to = patient
      $0.amount = cents(100)
      $0.reason = .imported
    }
    // Whole with the payer, shared, whole with the patient.
    #expect(try payer(Clinic.charged(100, insured: true)) == .payer(Clinic.insurer))
    #expect(try payer(shared) == .payer(Clinic.insurer))
    #expect(
      try payer(Clinic.charged(100, insured: true).given(whole)) == .patient(Clinic.patient))
    #expect(try payer(Clinic.charged(100)) == .patient(Clinic.patient))
    // Nothing is owed any more: the last one responsible.
    #expect(try payer(Clinic.charged(0, insured: true)) == .payer(Clinic.insurer))
    let settled = pay(100) { $0.settling = [Clinic.charge] }
    #expect(
      try payer(Clinic.charged(100, insured: true).importing.given(settled))
        == .payer(Clinic.insurer))
    #expect(
      try payer(Clinic.charged(100, insured: true).given(whole).importing.given(settled))
        == .patient(Clinic.patient))
  }
}

@Suite struct `Ways of paying` {
  private func cash(_ change: (inout CashTender) -> Void = { _ in }) -> PaymentMethod {
    var tender = CashTender()
    change(&tender)
    return .cash(tender)
  }

  @Test func `cash needs an open till, and history does not`() {
    Clinic.open.atTheTill.when(pay(5) { $0.method = cash() })
      .thenRefused(BillingRefusal.tillNotOpen, field: "method")
    Clinic.open.importing.when(pay(5) { $0.method = cash() })
      .thenFound(.tillNotOpen).then(received(5) { $0.method = cash() })
  }

  @Test func `what is tendered less the change is amount, rounding and tip`() {
    func tender(_ tendered: Int64, _ change: Int64, _ rounding: Int64, tip: Int64)
      -> ReceivePayment
    {
      pay(98) {
        $0.method = cash {
          $0.tendered = cents(tendered)
          $0.change = cents(change)
          $0.rounding = cents(rounding)
        }
        $0.tip = cents(tip)
      }
    }
    Clinic.open.importing.when(tender(120, 15, 2, tip: 5)).thenFound(.tillNotOpen)
    Clinic.open.importing.when(tender(120, 15, -2, tip: 5))
      .thenRefused(
        BillingRefusal.tender(
          expected: Amount(minorUnits: 101, .usd), found: Amount(minorUnits: 105, .usd)))
    Clinic.open.importing.when(tender(120, -15, 2, tip: 5))
      .thenRefused(.amountNegative, .unbalanced)
    Clinic.open.importing.when(tender(.max, .max, .max, tip: .max)).thenRefused(
      .tooLarge, .tooLarge, .tooLarge, .tooLarge, .unbalanced)
  }

  @Test func `a tip is not below nothing`() {
    Clinic.open.atTheTill.when(pay(5) { $0.tip = cents(-1) }).thenRefused(.amountNegative)
    Clinic.open.atTheTill.when(pay(5) { $0.tip = cents(1) })
      .then(received(5) { $0.tip = cents(1) })
  }

  @Test func `cheque, transfer and the others need no till`() {
    let methods: [PaymentMethod] = [
      .transfer(BankTender()), .directDebit(BankTender()), .cheque(BankTender()),
      .voucher(VoucherTender()), .online(CardTender()),
    ]
    for method in methods {
      Clinic.open.atTheTill.when(pay(5) { $0.method = method })
        .then(received(5) { $0.method = method })
    }
  }
}

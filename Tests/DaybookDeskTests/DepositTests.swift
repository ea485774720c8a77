import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

private let patient = Debtor.patient(Clinic.patient)

@Suite struct `Deposits and credit` {
  private var deposit: ReceivePayment { pay(50) { $0.deposit = Deposit() } }

  @Test func `a deposit is for something that exists`() {
    let booked = Clinic.open.by(.staff(2), .reception).given(
      BookAppointment.with {
        $0.patient = Clinic.patient
        $0.practitioner = Clinic.doctor
        $0.start = Clinic.moment("2026-03-02T10:00:00Z").instant
        $0.durationSeconds = 60
      }
    ).atTheTill
    func purpose(_ purpose: DepositPurpose) -> ReceivePayment {
      pay(50) { $0.deposit = .with { $0.purpose = purpose } }
    }
    booked.when(purpose(.appointment(AppointmentID(1)))).thenEvents(PaymentReceived.self)
    booked.when(purpose(.appointment(AppointmentID(2)))).thenRefused(.unknownReference)
    booked.when(purpose(.plan(PlanID(1)))).thenRefused(.unknownReference)
    booked.when(purpose(.package(PackageID(1)))).thenRefused(.unknownReference)
    booked.when(pay(50) { $0.deposit = .with { $0.taxCode = TaxCodeID(1) } })
      .thenRefused(.unknownReference)
  }

  @Test func `a deposit settles charges later`() {
    let spec = Clinic.open.atTheTill.given(deposit).by(.staff(2), .reception)
      .given(CheckInPatient.with { $0.patient = Clinic.patient })
      .by(.staff(2), .practitioner)
      .given(
        StartEncounter.with {
          $0.visit = VisitID(1)
          $0.practitioner = Clinic.doctor
        }
      ).at(Clinic.moment("2026-03-05T09:00:00Z")).given(Clinic.treat(30)).atTheTill
      .at(Clinic.moment("2026-03-09T09:00:00Z"))
      .when(
        AllocatePayment.with {
          $0.payment = PaymentID(1)
          $0.settling = [Clinic.charge]
        })
    spec.then(
      PaymentAllocated.with {
        $0.payment = PaymentID(1)
        $0.from = .patient(Clinic.patient)
        $0.allocation = Allocation(Clinic.charge, owedBy: patient, cents(30))
        $0.ofDeposit = true
      })
    // At the later of payment and charge, whenever it is decided.
    #expect(spec.events.first?.effective == Clinic.moment("2026-03-05T09:00:00Z"))
    #expect(spec.unapplied() == 20)
    #expect(spec.events.first?.correlation == 1)
  }

  @Test func `credit that came after the charge settles it on its own day`() {
    let later = Clinic.moment("2026-03-05T09:00:00Z")
    let spec = Clinic.charged(30).atTheTill.at(later).given(pay(50))
      .when(
        AllocatePayment.with {
          $0.payment = PaymentID(1)
          $0.allocations = [ChargeAmount(Clinic.charge, cents(30))]
        })
    #expect(spec.events.first?.effective == later)
  }

  @Test func `old credit settles an old debt when it is done, where their days are closed`() {
    let april = Clinic.moment("2026-04-02T09:00:00Z")
    let old = Clinic.charged(30).atTheTill.given(pay(50)).by(.staff(4), .accountant).at(april)
    let closed = old.givenClosed("2026-03-31").atTheTill
    let allocate = AllocatePayment.with {
      $0.payment = PaymentID(1)
      $0.allocations = [ChargeAmount(Clinic.charge, cents(30))]
    }
    #expect(closed.when(allocate).events.first?.effective == april)
    #expect(old.atTheTill.when(allocate).events.first?.effective == Clinic.nine)
    // Dated into the closed days itself, it is refused.
    closed.at(Clinic.moment("2026-03-30T09:00:00Z"), recorded: april.instant).when(allocate)
      .thenRefused(.periodClosed)
  }

  @Test func `never more than is left, nor more than is owed`() {
    let spec = Clinic.charged(30).atTheTill.given(pay(20))
    func allocate(_ minor: Int64) -> AllocatePayment {
      .with {
        $0.payment = PaymentID(1)
        $0.allocations = [ChargeAmount(Clinic.charge, cents(minor))]
      }
    }
    spec.when(allocate(21))
      .thenRefused(
        BillingRefusal.aboveUnapplied(PaymentID(1), left: Amount(minorUnits: 20, .usd)))
    spec.when(allocate(31)).thenRefused(.overAllocated)
    spec.when(allocate(0)).thenRefused(.amountNotPositive)
    spec.given(allocate(20)).when(allocate(1)).thenRefused(.overAllocated)
    #expect(spec.given(allocate(20)).unapplied() == 0)
  }

  @Test func `credit of one party settles another's debt only so`() {
    let spec = Clinic.charged(30).atTheTill
      .given(pay(50) { $0.from = .party(.patient(Clinic.other)) })
    #expect(spec.owed() == 30)
    spec.when(
      AllocatePayment.with {
        $0.payment = PaymentID(1)
        $0.settling = [Clinic.charge]
      }
    ).then(
      PaymentAllocated.with {
        $0.payment = PaymentID(1)
        $0.from = .patient(Clinic.other)
        $0.allocation = Allocation(Clinic.charge, owedBy: patient, cents(30))
      })
  }

  @Test func `needs a payment and a charge`() {
    let spec = Clinic.charged(30).atTheTill.given(pay(50))
    spec.when(AllocatePayment.with { $0.payment = PaymentID(1) }).thenRefused(.fieldRequired)
    spec.when(
      AllocatePayment.with {
        $0.payment = PaymentID(9)
        $0.settling = [Clinic.charge]
      }
    ).thenRefused(.unknownReference)
    spec.when(
      AllocatePayment.with {
        $0.payment = PaymentID(1)
        $0.settling = [ChargeID(9)]
      }
    ).thenRefused(.unknownReference)
  }

  @Test func `of a charge that owes nothing nothing happens`() {
    Clinic.charged(0).atTheTill.given(pay(50)).when(
      AllocatePayment.with {
        $0.payment = PaymentID(1)
        $0.settling = [Clinic.charge]
      }
    ).thenNothing()
  }
}

import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

/// What does not hang on the broken rule is told in the same refusal.
@Suite struct `Beside an unknown reference` {
  private let nobody = Debtor.payer(PartyID(9), .primary)

  @Test func `of a charge, a transfer names its parties and its amount`() {
    Clinic.charged(100).when(
      TransferResponsibility.with {
        $0.charge = ChargeID(9)
        $0.from = nobody
        $0.to = .patient(PatientID(9))
        $0.amount = Amount(minorUnits: 1, .eur)
        $0.reason = .notCovered
      }
    ).thenRefused(.unknownReference, .unknownReference, .unknownReference, .currencyMismatch)
    Clinic.charged(100).when(
      TransferResponsibility.with {
        $0.charge = ChargeID(9)
        $0.to = .patient(Clinic.patient)
        $0.amount = cents(-1)
        $0.reason = .notCovered
      }
    ).thenRefused(.unknownReference, .amountNegative)
  }

  @Test func `of a clinic, a payment does not complain of a currency that cannot be known`() {
    Clinic.charged(100).at(clinic: 9).by(.staff(2), .reception).when(
      ReceivePayment.with {
        $0.from = .party(.patient(Clinic.patient))
        $0.amount = Amount(minorUnits: 6000, .eur)
        $0.method = .card(CardTender())
      }
    ).thenRefused(.unknownReference, .notPermitted)
  }

  @Test func `of a charge, an adjustment names its debtor and its approver`() {
    Clinic.charged(100).when(
      PostAdjustment.with {
        $0.charge = ChargeID(9)
        $0.debtor = nobody
        $0.type = .writeOff
        $0.amount = cents(1)
        $0.approver = StaffID(9)
      }
    ).thenRefused(.unknownReference, .unknownReference, .unknownReference)
  }

  @Test func `of a payment, an allocation names its charges and amounts`() {
    Clinic.charged(100).when(
      AllocatePayment.with {
        $0.payment = PaymentID(9)
        $0.allocations = [
          ChargeAmount(ChargeID(9), cents(1)), ChargeAmount(Clinic.charge, cents(0)),
        ]
      }
    ).thenRefused(.unknownReference, .unknownReference, .amountNotPositive)
  }

  @Test func `of a claim, an answer names the lines that do not add up`() {
    Clinic.charged(100).when(
      AdjudicateClaim.with {
        $0.claim = ClaimID(9)
        $0.outcome = .adjudicated
        $0.lines = [.with { $0.billed = cents(1) }]
      }
    ).thenRefused(.unknownReference, .unbalanced)
  }

  @Test func `of a visit, an encounter names its practitioner`() {
    Clinic.open.by(.staff(2), .practitioner).when(
      StartEncounter.with {
        $0.visit = VisitID(9)
        $0.practitioner = StaffID(9)
      }
    ).thenRefused(.unknownReference, .unknownReference)
  }

  @Test func `of an appointment, a check-in names its patient`() {
    Clinic.open.by(.staff(2), .reception).when(
      CheckInPatient.with {
        $0.appointment = AppointmentID(9)
        $0.patient = PatientID(9)
      }
    ).thenRefused(.unknownReference, .unknownReference)
  }

  @Test func `of an encounter, a treatment names its payer`() {
    Clinic.seen().when(
      Clinic.treat(100) {
        $0.encounter = EncounterID(9)
        $0.responsible = nobody
      }
    ).thenRefused(.unknownReference, .unknownReference)
  }
}

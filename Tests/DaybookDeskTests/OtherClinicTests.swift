import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

private let doctorThere = StaffID(5)

/// Three sessions are sold here for 11.00, and may be used at a second clinic, by a doctor of
/// there.
private var twoClinics: Spec {
  packageClinic
    .given(
      SellPackage.with {
        $0.patient = Clinic.patient
        $0.service = ServiceID(3)
        $0.sessions = 3
        $0.price = cents(1_100)
        $0.priceReason = .agreed
      }
    )
    .by(.staff(1), .admin).at(clinic: 0).given(Clinic.defineClinic)
    .given(
      HireStaff.with {
        $0 = Clinic.hire("Fay")
        $0.clinics = [ClinicID(2)]
      }
    )
    .given(
      SetRoles.with {
        $0.staff = doctorThere
        $0.clinic = ClinicID(2)
        $0.roles = [.practitioner, .reception]
      }
    )
    .at(clinic: 2).by(.staff(5), .reception)
    .given(CheckInPatient.with { $0.patient = Clinic.patient })
    .by(.staff(5), .practitioner)
    .given(
      StartEncounter.with {
        $0.visit = VisitID(2)
        $0.practitioner = doctorThere
      })
}

private let use = PerformTreatment.with {
  $0.encounter = EncounterID(2)
  $0.service = Clinic.implanting
  $0.units = 1
  $0.package = PackageID(1)
}

extension DeciderSpec where State == DeskState {
  /// In April, the books of the first clinic are kept.
  fileprivate var afterMarch: Self {
    at(clinic: 1).by(.staff(4), .accountant).at(Clinic.moment("2026-04-02T09:00:00Z"))
  }

  /// In April, at the second clinic.
  fileprivate var thereAfterMarch: Self {
    at(clinic: 2).by(.staff(5), .practitioner).at(Clinic.moment("2026-04-02T09:00:00Z"))
  }
}

@Suite struct `A session that is used at another clinic` {
  @Test func `earns nothing on a day that is closed where the package was sold`() {
    let closed = twoClinics.afterMarch.givenClosed("2026-03-31")
    closed.thereAfterMarch
      .at(
        Clinic.moment("2026-03-02T10:00:00Z"),
        recorded: Clinic.moment("2026-04-02T09:00:00Z").instant
      )
      .when(use)
      .thenRefused(
        PeriodRefusal.closed(
          Clinic.today, .accounting, Clinic.id, through: Clinic.day("2026-03-31")),
        field: "effective")
    closed.thereAfterMarch.when(use).thenEvents(TreatmentPerformed.self, ChargePosted.self)
  }

  @Test func `outdates what was added up there, and so does its reversal`() {
    let early = twoClinics.afterMarch.closing("2026-03-31")
    let used = twoClinics.given(use)
    used.afterMarch.when(early).thenRefused(
      PeriodRefusal.outdated(.accounting, at: used.history.lastPosition), field: "totals")
    let late = used.afterMarch.closing("2026-03-31")
    used.afterMarch.when(late).thenEvents(PeriodClosed.self)
    let undone = used.givenReversed(TreatmentPerformed.self)
    undone.afterMarch.when(late).thenRefused(.versionConflict)
  }

  @Test func `is undone on the first day that is open at both`() throws {
    let used = twoClinics.given(use)
    let closed = used.afterMarch.givenClosed("2026-03-31").thereAfterMarch
    let spec = closed.whenReversed(TreatmentPerformed.self)
    spec.thenEvents(Reversed.self, Reversed.self)
    let first = Clinic.day("2026-04-01")
    #expect(spec.events.map(\.effective.day) == [first, first])
    let free = used.thereAfterMarch.whenReversed(TreatmentPerformed.self)
    #expect(free.events.map(\.effective.day) == [Clinic.today, Clinic.today])
  }
}

@Suite struct `A remittance that is received at another clinic` {
  @Test func `outdates what was added up where the charge is`() {
    let claimed = Clinic.charged(100, insured: true).given(
      SubmitClaim.with {
        $0.payer = Clinic.insurer
        $0.charges = [ClaimRequest(Clinic.charge)]
      }
    ).by(.staff(1), .admin).at(clinic: 0).given(Clinic.defineClinic)
      .given(
        SetRoles.with {
          $0.staff = Clinic.accountant
          $0.clinic = ClinicID(2)
          $0.roles = [.accountant]
        })
    let early = claimed.afterMarch.closing("2026-03-31")
    let remitted = claimed.at(clinic: 2).accounting.given(
      ReceiveRemittance.with {
        $0.payer = Clinic.insurer
        $0.reference = "RA-1"
        $0.lines = [RemittedCharge(ClaimID(1), Clinic.charge, cents(60))]
      })
    remitted.afterMarch.when(early).thenRefused(
      PeriodRefusal.outdated(.accounting, at: remitted.history.lastPosition), field: "totals")
    remitted.afterMarch.whenClosed("2026-03-31").thenEvents(PeriodClosed.self)
  }
}

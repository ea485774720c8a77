import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Registering a patient` {
  private var desk: Spec { Clinic.open.by(.staff(2), .reception) }

  @Test func `keeps the person apart from the year of birth`() {
    let patient = RegisterPatient.with {
      $0.person.givenName = "Ida"
      $0.person.familyName = "Young"
      $0.person.birthDate = Clinic.day("1980-05-06")
      $0.sex = .female
    }
    desk.when(patient).then(
      PatientRegistered.with {
        $0.patient = PatientID(3)
        $0.person.person = 7
        $0.person.givenName = "Ida"
        $0.person.familyName = "Young"
        $0.person.birthDate = Clinic.day("1980-05-06")
        $0.birthYear = 1980
        $0.sex = .female
      })
  }

  @Test func `needs a name`() {
    desk.when(RegisterPatient()).thenRefused(.fieldRequired)
  }

  @Test func `born today is taken, tomorrow is not`() {
    var patient = Clinic.patient("Newborn")
    patient.person.birthDate = Clinic.today
    desk.when(patient).thenEvents(PatientRegistered.self)
    patient.person.birthDate = Clinic.day("2026-03-03")
    desk.when(patient).thenRefused(PatientRefusal.bornLater(Clinic.day("2026-03-03")))
  }

  @Test func `year and day of birth agree`() {
    var patient = Clinic.patient("Young")
    patient.birthYear = 1981
    desk.when(patient).thenEvents(PatientRegistered.self)
    patient.person.birthDate = Clinic.day("1980-05-06")
    desk.when(patient)
      .thenRefused(PatientRefusal.otherYear(1981, Clinic.day("1980-05-06")))
  }

  @Test func `sealed fields and unknown people are refused`() {
    var patient = Clinic.patient("Young")
    patient.person.sealed = [1]
    patient.person.person = 99
    desk.when(patient).thenRefused(.outOfRange, .unknownReference)
  }
}

@Suite struct `Coverage` {
  private var desk: Spec { Clinic.open.by(.staff(2), .reception) }

  @Test func `names policy and person in the personal group`() {
    var coverage = Clinic.coverage(Clinic.insurer, copay: .share(Rate(basisPoints: 2000)))
    coverage.policy = "P-1"
    desk.when(coverage).then(
      CoverageSet.with {
        $0.patient = Clinic.patient
        $0.payer = Clinic.insurer
        $0.priority = .primary
        $0.from = Clinic.day("2026-01-01")
        $0.to = Clinic.day("2026-12-31")
        $0.copay = .share(Rate(basisPoints: 2000))
        $0.person = .with {
          $0.person = 5
          $0.policy = "P-1"
        }
      })
  }

  @Test func `of the same priority never overlaps, whoever pays`() {
    let spec = desk.given(Clinic.coverage(Clinic.insurer))
    spec.when(Clinic.coverage(Clinic.second))
      .thenRefused(
        PatientRefusal.coverageOverlaps(
          .primary, payer: Clinic.insurer, from: Clinic.day("2026-01-01")))
    spec.when(Clinic.coverage(Clinic.second, .secondary)).thenEvents(CoverageSet.self)
  }

  @Test func `may follow on the next day, and not on the last`() {
    let spec = desk.given(Clinic.coverage(Clinic.insurer))
    var next = Clinic.coverage(Clinic.second)
    next.to = nil
    next.from = Clinic.day("2026-12-31")
    spec.when(next).thenRefused(.overlap)
    next.from = Clinic.day("2027-01-01")
    spec.when(next).thenEvents(CoverageSet.self)
    // Now one without end stands there.
    var last = next
    last.from = Clinic.day("2090-01-01")
    spec.given(next).when(last).thenRefused(.overlap)
  }

  @Test func `an overlap of history is found and taken`() {
    desk.given(Clinic.coverage(Clinic.insurer)).importing
      .when(Clinic.coverage(Clinic.second)).thenFound(.overlap).thenEvents(CoverageSet.self)
  }

  @Test func `needs patient, payer, priority and days in order`() {
    let wrong = SetCoverage.with {
      $0.patient = PatientID(9)
      $0.payer = Clinic.supplier
      $0.from = Clinic.day("2026-01-02")
      $0.to = Clinic.day("2026-01-01")
    }
    desk.when(wrong).thenRefused(
      .unknownReference, .invalidState, .fieldRequired, .outOfRange)
  }

  @Test func `of one day is taken`() {
    var day = Clinic.coverage(Clinic.insurer)
    day.to = day.from
    desk.when(day).thenEvents(CoverageSet.self)
  }

  @Test func `a fixed co-payment is in the clinic's currency`() {
    desk.when(Clinic.coverage(Clinic.insurer, copay: .fixed(Amount(minorUnits: 5, .eur))))
      .thenRefused(.currencyMismatch)
    desk.when(Clinic.coverage(Clinic.insurer, copay: .fixed(cents(-1))))
      .thenRefused(.amountNegative)
    desk.when(Clinic.coverage(Clinic.insurer, copay: .fixed(Amount(minorUnits: 5, .usd))))
      .thenEvents(CoverageSet.self)
  }

  @Test func `for the whole book a fixed co-payment names its currency`() throws {
    let book = desk.at(clinic: 0)
    book.when(Clinic.coverage(Clinic.insurer, copay: .fixed(cents(5))))
      .thenRefused(.fieldRequired)
    let named = book.when(
      Clinic.coverage(Clinic.insurer, copay: .fixed(Amount(minorUnits: 5, .usd))))
    let set = try #require(try named.events.first?.decoded(as: CoverageSet.self))
    #expect(set.copay == .fixed(Amount(minorUnits: 5, .usd)))
  }

  @Test func `a share beyond the whole is refused`() {
    desk.when(Clinic.coverage(Clinic.insurer, copay: .share(Rate(basisPoints: 10_001))))
      .thenRefused(.outOfRange)
  }
}

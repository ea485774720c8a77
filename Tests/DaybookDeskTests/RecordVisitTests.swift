import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `A visit of history` {
  private let start = Clinic.moment("2025-06-01T10:00:00Z")
  private let end = Clinic.moment("2025-06-01T10:45:00Z")

  private var desk: Spec {
    Clinic.open.importing.given(Clinic.coverage(Clinic.insurer))
  }

  private func line(
    _ price: Int64, _ change: (inout RecordedTreatment) -> Void = { _ in }
  ) -> RecordedTreatment {
    .with {
      $0.service = Clinic.implanting
      $0.listPrice = cents(price)
      change(&$0)
    }
  }

  private func visit(
    _ lines: Few<RecordedTreatment>, _ change: (inout RecordVisit) -> Void = { _ in }
  ) -> RecordVisit {
    .with {
      $0.patient = Clinic.patient
      $0.practitioner = Clinic.doctor
      $0.start = start.instant
      $0.end = end.instant
      $0.lines = lines
      change(&$0)
    }
  }

  @Test func `that had not ended when it was told of goes on`() {
    let spec = desk.when(visit([line(100_00)]) { $0.end = nil })
    spec.thenEvents(
      AppointmentBooked.self, PatientCheckedIn.self, EncounterStarted.self,
      TreatmentPerformed.self, ChargePosted.self)
    #expect(spec.state.care.encounters[EncounterID(1)]?.isOpen == true)
  }

  @Test func `is one action from booking to completion`() {
    let later = Clinic.moment("2025-06-07T08:00:00Z")
    let spec = desk.when(
      visit([
        line(100_00),
        line(0) {
          $0.at = later.instant
          $0.responsible = .patient(Clinic.patient)
        },
      ]))
    spec.then(
      AppointmentBooked.with {
        $0.appointment = AppointmentID(1)
        $0.patient = Clinic.patient
        $0.practitioner = Clinic.doctor
        $0.start = start.instant
        $0.durationSeconds = 2700
        $0.channel = .import
      },
      PatientCheckedIn.with {
        $0.visit = VisitID(1)
        $0.appointment = AppointmentID(1)
        $0.patient = Clinic.patient
        $0.arrivedAt = start.instant
      },
      EncounterStarted.with {
        $0.encounter = EncounterID(1)
        $0.visit = VisitID(1)
        $0.patient = Clinic.patient
        $0.practitioner = Clinic.doctor
        $0.start = start.instant
      },
      treatment(1, 100_00), charge(1, 100_00), treatment(2, 0), charge(2, 0),
      EncounterCompleted.with {
        $0.encounter = EncounterID(1)
        $0.end = end.instant
      })
    #expect(
      spec.events.map(\.effective) == [start, start, start, start, start, later, later, end])
    #expect(spec.events.allSatisfy { $0.correlation == 1 && $0.clinic == 1 })
    #expect(spec.state.care.encounters[EncounterID(1)]?.isOpen == false)
    #expect(spec.state.scheduling.appointments[AppointmentID(1)]?.visit == VisitID(1))
  }

  private func treatment(_ line: UInt32, _ price: Int64) -> TreatmentPerformed {
    .with {
      $0.encounter = EncounterID(1)
      $0.line = line
      $0.service = Clinic.implanting
      $0.units = 1
      $0.practitioner = Clinic.doctor
      $0.listPrice = cents(price)
      $0.priceReason = .imported
    }
  }

  private func charge(_ line: UInt32, _ price: Int64) -> ChargePosted {
    .with {
      $0.charge = ChargeID(UInt64(line))
      $0.patient = Clinic.patient
      $0.encounterLine = EncounterLine(EncounterID(1), line: line)
      $0.service = Clinic.implanting
      $0.units = 1
      $0.practitioner = Clinic.doctor
      $0.list = cents(price)
      $0.net = cents(price)
      $0.responsible = .patient(Clinic.patient)
    }
  }

  @Test func `is for imports alone`() {
    Clinic.open.by(.staff(2), .practitioner).when(visit([line(1)]))
      .thenRefused(
        DeskRefusal.notPermitted(actor: "D2", role: "practitioner", allowed: []), field: "role")
  }

  @Test func `without lines is an encounter without charges`() {
    desk.when(visit([])).thenEvents(
      AppointmentBooked.self, PatientCheckedIn.self, EncounterStarted.self,
      EncounterCompleted.self)
  }

  @Test func `splits nothing by coverage and follows no recipe`() {
    let spec = Clinic.open.importing
      .given(Clinic.coverage(Clinic.insurer, copay: .fixed(cents(10))))
    let insured = line(100) {
      $0.service = Clinic.consult
      $0.at = Clinic.nine.instant
      $0.responsible = .payer(Clinic.insurer, .primary)
    }
    let recorded = spec.when(visit([insured]))
    recorded.thenFound()
    #expect(recorded.events.count == 6)
    let owed = recorded.state.billing.charges[Clinic.charge]
    #expect(owed?.owed(by: .payer(Clinic.insurer, .primary)) == 100)
  }

  @Test func `a payer without coverage on the charge's day is found, and the charge taken`() {
    let spec = desk.when(visit([line(100) { $0.responsible = .payer(Clinic.insurer, .primary) }]))
    spec.thenFound(.coverageNotActive)
    #expect(
      spec.findings.first?.message
        == CareRefusal.notCovered(Clinic.insurer, Clinic.patient, Clinic.day("2025-06-01")).message)
    #expect(spec.findings.first?.field == "lines[1].responsible")
  }

  @Test func `overlaps are found and taken`() {
    let spec = desk.given(visit([]))
    spec.when(visit([])).thenFound(.overlap, .overlap)
    spec.when(
      visit([]) {
        $0.start = end.instant
        $0.end = end.instant
      }
    ).thenFound()
  }

  @Test func `ends after it began`() {
    desk.when(visit([]) { $0.end = Clinic.moment("2025-06-01T09:59:59Z").instant })
      .thenRefused(CareRefusal.endsBeforeStart(start.instant))
    desk.when(visit([]) { $0.end = $0.start }).thenFound()
  }

  @Test func `of a length that seconds cannot hold is refused and never traps`() {
    desk.when(visit([]) { $0.start = Instant.min }).thenRefused(.tooLarge)
    desk.when(
      visit([]) {
        $0.start = Instant(milliseconds: .min)
        $0.end = Instant(milliseconds: .max)
      }
    ).thenRefused(.outOfRange, .outOfRange, .futureNotAllowed, .tooLarge)
  }

  @Test func `names what does not exist, line by line`() {
    let wrong = line(-1) {
      $0.service = ServiceID(9)
      $0.units = 0
      $0.practitioner = StaffID(9)
      $0.clinic = ClinicID(9)
      $0.responsible = .payer(PartyID(9), .primary)
    }
    desk.when(visit([wrong])).thenRefused(
      .unknownReference, .unknownReference, .outOfRange, .unknownReference, .amountNegative,
      .unknownReference)
    desk.when(
      visit([]) {
        $0.patient = PatientID(9)
        $0.practitioner = StaffID(9)
      }
    ).thenRefused(.unknownReference, .unknownReference)
  }

  @Test func `nothing of it lies in the future`() {
    let tomorrow = Clinic.moment("2026-03-03T00:00:00Z").instant
    desk.when(visit([line(1) { $0.at = tomorrow }])).thenRefused(.futureNotAllowed)
    desk.when(visit([]) { $0.end = tomorrow }).thenRefused(.futureNotAllowed)
  }

  @Test func `a line may be another clinic's, in the same currency`() {
    let south = DefineClinic.with {
      $0 = Clinic.defineClinic
      $0.transitions = [ZoneTransition(offset: UTCOffset(seconds: 3600))]
    }
    let east = DefineClinic.with {
      $0 = Clinic.defineClinic
      $0.currency = .eur
    }
    let spec = desk.given(south).given(east)
    let there = spec.when(visit([line(1) { $0.clinic = ClinicID(2) }]))
    #expect(there.events.map(\.clinic) == [1, 1, 1, 2, 2, 1])
    #expect(there.events[4].effective.offset.seconds == 3600)
    #expect(there.state.billing.charges[Clinic.charge]?.clinic == ClinicID(2))
    spec.when(visit([line(1) { $0.clinic = ClinicID(3) }])).thenRefused(.currencyMismatch)
  }

  // MARK: - Stock

  private var stocked: Spec {
    desk.at(Clinic.moment("2020-01-01T00:00:00Z"), recorded: Clinic.nine.instant)
      .given(
        ReceiveGoods.with {
          $0.opening = true
          $0.lines = [
            .with {
              $0.item = Clinic.screw
              $0.lot = "L1"
              $0.expiry = Clinic.day("2030-01-01")
              $0.quantity = .one
            },
            .with {
              $0.item = Clinic.gloves
              $0.quantity = Quantity(thousandths: 5_000)
            },
          ]
        }
      ).at(Clinic.nine)
  }

  private func device(_ lot: String) -> Device {
    .with {
      $0.item = Clinic.screw
      $0.lot = lot
      $0.serial = "S1"
    }
  }

  private func gloves(_ units: Int64, line: UInt32 = 0) -> RecordedUse {
    .with {
      $0.item = Clinic.gloves
      $0.quantity = Quantity(thousandths: units * 1000)
      $0.line = line
    }
  }

  @Test func `issues devices with their line, supplies at the end`() throws {
    let later = Clinic.moment("2025-06-02T00:00:00Z")
    let spec = stocked.when(
      visit([line(1) { $0.devices = [device(" L1")] }, line(2)]) {
        $0.uses = [
          gloves(2, line: 2),
          .with {
            $0 = gloves(1)
            $0.at = later.instant
          },
        ]
      })
    spec.thenEvents(
      AppointmentBooked.self, PatientCheckedIn.self, EncounterStarted.self,
      TreatmentPerformed.self, ChargePosted.self, StockIssued.self, TreatmentPerformed.self,
      ChargePosted.self, StockIssued.self, StockIssued.self, EncounterCompleted.self)
    #expect(spec.events[5].cause == .event(3))
    let screw = try spec.events[5].decoded(as: StockIssued.self)
    #expect(screw.lines == [IssueLine(lot: "L1", quantity: .one)])
    #expect(screw.encounterLine == EncounterLine(EncounterID(1), line: 1))
    #expect(screw.patient == Clinic.patient)
    let two = try spec.events[8].decoded(as: StockIssued.self)
    #expect(two.encounterLine == EncounterLine(EncounterID(1), line: 2))
    #expect(spec.events[9].effective == later)
    // Both issues of gloves stand on the one stream of the pair.
    #expect(spec.events[8].stream == spec.events[9].stream)
    #expect(spec.events[8].expected == .noStream)
    #expect(spec.events[9].expected == .any)
  }

  @Test func `stock never goes below zero, not even for history`() {
    stocked.when(visit([line(1) { $0.devices = [device("L1"), device("L1")] }]))
      .thenRefused(.insufficientStock)
    stocked.when(visit([line(1) { $0.devices = [device("L2")] }])).thenRefused(.unknownReference)
    stocked.when(visit([line(1) { $0.devices = [device("")] }])).thenRefused(.lotRequired)
    stocked.when(
      visit([line(1) { $0.devices = [device("L1")] }]) {
        $0.start = Clinic.moment("2019-12-31T00:00:00Z").instant
        $0.end = $0.start
      }
    ).thenRefused(.insufficientStock)
  }

  @Test func `what is not tracked by lot may run short`() throws {
    let spec = stocked.when(visit([]) { $0.uses = [gloves(4), gloves(4)] })
    let short = try spec.events[4].decoded(as: StockIssued.self)
    #expect(short.lines == [IssueLine(quantity: .one)])
    #expect(short.short == Quantity(thousandths: 3000))
  }

  @Test func `a use names one of its lines`() {
    stocked.when(visit([line(1)]) { $0.uses = [gloves(1, line: 2)] })
      .thenRefused(CareRefusal.noSuchLine(2))
    stocked.when(visit([]) { $0.uses = [gloves(0)] }).thenRefused(.outOfRange)
  }

  @Test func `an expired lot is found and taken`() {
    stocked.at(Clinic.moment("2031-01-01T00:00:00Z"))
      .when(
        visit([line(1) { $0.devices = [device("L1")] }]) {
          $0.start = Clinic.moment("2030-01-02T00:00:00Z").instant
          $0.end = $0.start
        }
      ).thenFound(.lotExpired)
  }
}

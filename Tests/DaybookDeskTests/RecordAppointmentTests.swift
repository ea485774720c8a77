import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `An appointment of history` {
  private let booked = Clinic.moment("2025-05-20T08:00:00Z")
  private let start = Clinic.moment("2025-06-01T10:00:00Z")

  private var desk: Spec { Clinic.open.importing.at(booked, recorded: Clinic.nine.instant) }

  private func record(
    _ change: (inout RecordAppointment) -> Void = { _ in }
  ) -> RecordAppointment {
    .with {
      $0.patient = Clinic.patient
      $0.practitioner = Clinic.doctor
      $0.start = start.instant
      $0.durationSeconds = 600
      change(&$0)
    }
  }

  private func at(_ time: String) -> Instant { Clinic.moment("2025-06-01T\(time)Z").instant }

  private var bookedEvent: AppointmentBooked {
    .with {
      $0.appointment = AppointmentID(1)
      $0.patient = Clinic.patient
      $0.practitioner = Clinic.doctor
      $0.start = start.instant
      $0.durationSeconds = 600
      $0.channel = .import
    }
  }

  @Test func `of which nothing is known is booked, when it was booked`() {
    let spec = desk.when(record())
    spec.then(bookedEvent)
    spec.thenFound()
    #expect(spec.events.first?.effective == booked)
    #expect(spec.events.first?.correlation == 0)
  }

  @Test func `that was kept is one action with its three times`() {
    let spec = desk.when(
      record {
        $0.arrivedAt = at("09:55:00")
        $0.began = at("10:20:00")
        $0.ended = at("10:31:30")
      })
    spec.then(
      bookedEvent,
      PatientCheckedIn.with {
        $0.visit = VisitID(1)
        $0.appointment = AppointmentID(1)
        $0.patient = Clinic.patient
        $0.arrivedAt = at("09:55:00")
      },
      EncounterStarted.with {
        $0.encounter = EncounterID(1)
        $0.visit = VisitID(1)
        $0.patient = Clinic.patient
        $0.practitioner = Clinic.doctor
        $0.start = at("10:20:00")
      },
      EncounterCompleted.with {
        $0.encounter = EncounterID(1)
        $0.end = at("10:31:30")
        $0.outcome = .completed
      })
    #expect(
      spec.events.map(\.effective.instant)
        == [booked.instant, at("09:55:00"), at("10:20:00"), at("10:31:30")])
    #expect(spec.events.allSatisfy { $0.correlation == 1 })
  }

  @Test func `goes only as far as it is known`() {
    desk.when(record { $0.arrivedAt = at("09:55:00") })
      .thenEvents(AppointmentBooked.self, PatientCheckedIn.self)
    let spec = desk.when(
      record {
        $0.arrivedAt = at("09:55:00")
        $0.began = at("10:20:00")
      })
    spec.thenEvents(AppointmentBooked.self, PatientCheckedIn.self, EncounterStarted.self)
    #expect(spec.state.care.encounters[EncounterID(1)]?.isOpen == true)
  }

  @Test func `that was called off frees its time, and takes none`() {
    let cancelled = record {
      $0.cancelledAt = at("09:00:00")
      $0.cancelledBy = .patient
    }
    let spec = desk.given(record()).when(cancelled)
    spec.thenFound()
    spec.then(
      AppointmentBooked.with {
        $0 = bookedEvent
        $0.appointment = AppointmentID(2)
      },
      AppointmentCancelled.with {
        $0.appointment = AppointmentID(2)
        $0.by = .patient
        $0.noticeSeconds = 3600
        $0.reason = .imported
      })
    desk.given(cancelled).when(record()).thenFound()
    desk.given(record()).when(record()).thenFound(.overlap, .overlap)
    desk.when(record { $0.cancelledAt = at("09:00:00") }).thenRefused(.reasonRequired)
  }

  @Test func `that was missed was so from its start on`() {
    desk.when(record { $0.missedAt = start.instant }).then(
      bookedEvent,
      AppointmentMissed.with {
        $0.appointment = AppointmentID(1)
        $0.type = .noShow
      })
    desk.when(record { $0.missedAt = at("09:59:59") })
      .thenRefused(SchedulingRefusal.notYet(start.instant))
  }

  @Test func `ends in one way`() {
    desk.when(
      record {
        $0.missedAt = start.instant
        $0.arrivedAt = start.instant
      }
    ).thenRefused(SchedulingRefusal.severalEnds)
  }

  @Test func `has no step without the one before, and no end before its start`() {
    desk.when(record { $0.began = at("10:00:00") }).thenRefused(.fieldRequired)
    desk.when(
      record {
        $0.arrivedAt = at("10:00:00")
        $0.ended = at("10:00:00")
      }
    ).thenRefused(.fieldRequired)
    desk.when(
      record {
        $0.arrivedAt = at("10:00:00")
        $0.began = at("10:05:00")
        $0.ended = at("10:04:59")
      }
    ).thenRefused(CareRefusal.endsBeforeStart(at("10:05:00")))
    desk.when(
      record {
        $0.arrivedAt = at("10:00:00")
        $0.began = at("09:59:59")
      }
    ).thenFound(.invalidState)
  }

  @Test func `is of people who are known, takes some time, and has not its facts to come`() {
    desk.when(record { $0.patient = PatientID(99) }).thenRefused(.unknownReference)
    desk.when(record { $0.practitioner = StaffID(99) }).thenRefused(.unknownReference)
    desk.when(record { $0.durationSeconds = 0 }).thenRefused(.fieldRequired)
    let later = Clinic.moment("2026-03-09T10:00:00Z").instant
    desk.when(record { $0.start = later }).thenEvents(AppointmentBooked.self)
    desk.when(
      record {
        $0.start = later
        $0.missedAt = later
      }
    ).thenRefused(.futureNotAllowed)
    desk.when(record { $0.arrivedAt = later }).thenRefused(.futureNotAllowed)
    desk.when(
      record {
        $0.cancelledAt = later
        $0.cancelledBy = .clinic
      }
    ).thenRefused(.futureNotAllowed)
  }

  @Test func `is for imports alone`() {
    Clinic.open.by(.staff(2), .practitioner).when(record())
      .thenRefused(.notPermitted, .invalidState)
  }
}

@Suite struct `A charge of history` {
  private func charge(_ change: (inout RecordCharge) -> Void = { _ in }) -> RecordCharge {
    .with {
      $0.patient = Clinic.patient
      $0.service = Clinic.consult
      change(&$0)
    }
  }

  private var desk: Spec {
    Clinic.open.importing.given(Clinic.coverage(Clinic.insurer)).at(Clinic.nine)
  }

  @Test func `may be of nothing, and of no encounter`() {
    let insurer = Debtor.payer(Clinic.insurer, .primary)
    let spec = desk.when(charge { $0.responsible = insurer })
    spec.then(
      ChargePosted.with {
        $0.charge = ChargeID(1)
        $0.patient = Clinic.patient
        $0.service = Clinic.consult
        $0.units = 1
        $0.responsible = insurer
      })
    spec.thenFound()
    Clinic.open.importing.when(charge { $0.responsible = insurer }).thenFound(.coverageNotActive)
  }

  @Test func `keeps price and discount apart, and is the patient's unless it says otherwise`() {
    desk.when(
      charge {
        $0.listPrice = cents(100)
        $0.discount = cents(30)
      }
    ).then(
      ChargePosted.with {
        $0.charge = ChargeID(1)
        $0.patient = Clinic.patient
        $0.service = Clinic.consult
        $0.units = 1
        $0.list = cents(100)
        $0.discount = cents(30)
        $0.net = cents(70)
        $0.responsible = .patient(Clinic.patient)
      })
  }

  @Test func `is never below nothing, nor to come, and names what is known`() {
    desk.when(charge { $0.discount = cents(1) }).thenRefused(.amountNegative)
    desk.when(charge { $0.listPrice = cents(-1) }).thenRefused(.amountNegative)
    desk.when(charge { $0.units = 0 }).thenRefused(.outOfRange)
    desk.when(charge { $0.patient = PatientID(99) }).thenRefused(.unknownReference)
    desk.when(charge { $0.service = ServiceID(99) }).thenRefused(.unknownReference)
    desk.when(charge { $0.listPrice = Amount(minorUnits: 1, .eur) }).thenRefused(.currencyMismatch)
    desk.at(Clinic.moment("2026-03-09T09:00:00Z"), recorded: Clinic.nine.instant).when(charge())
      .thenRefused(.futureNotAllowed)
    Clinic.open.by(.staff(4), .accountant).when(charge()).thenRefused(.notPermitted)
  }
}

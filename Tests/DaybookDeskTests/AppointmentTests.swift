import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

/// A clinic with a room, hours, a fee and one booking at ten; the receptionist acts at nine.
enum Diary {
  static let room = ResourceID(1)
  static let fee = ServiceID(3)
  static let first = AppointmentID(1)
  static let ten = Clinic.moment("2026-03-02T10:00:00Z")

  static var desk: Spec {
    Clinic.open.by(.staff(1), .admin)
      .given(
        DefineResource.with {
          $0.type = .room
          $0.name = "Room 1"
        }
      )
      .given(
        Clinic.service("Missed").with {
          $0.type = .fee
          $0.recipe = []
        }
      )
      .given(
        SetPrice.with {
          $0.priced = .service(fee)
          $0.unitPrice = UnitPrice(tenThousandths: 250_000)
        }
      )
      .by(.staff(2), .reception)
  }

  static func booking(
    _ start: String = "2026-03-02T10:00:00Z",
    _ change: (inout BookAppointment) -> Void = { _ in }
  ) -> BookAppointment {
    .with {
      $0.patient = Clinic.patient
      $0.practitioner = Clinic.doctor
      $0.start = Clinic.moment(start).instant
      $0.durationSeconds = 1800
      change(&$0)
    }
  }

  static var booked: Spec { desk.given(booking()) }

  static func moved(_ change: (inout MoveAppointment) -> Void) -> MoveAppointment {
    .with {
      $0.appointment = first
      change(&$0)
    }
  }

  static var cancel: CancelAppointment {
    .with {
      $0.appointment = first
      $0.by = .patient
      $0.reason = .otherCommitment
    }
  }

  static func missed(_ type: MissedType = .noShow) -> MissAppointment {
    .with {
      $0.appointment = first
      $0.type = type
    }
  }

  static var checkIn: CheckInPatient { .with { $0.appointment = first } }
}

@Suite struct `A room` {
  @Test func `holds one appointment at a time, unless overbooked`() {
    let other = Diary.booking {
      $0.patient = Clinic.other
      $0.practitioner = Clinic.admin
      $0.resource = Diary.room
    }
    let held = Diary.desk.given(Diary.booking { $0.resource = Diary.room })
    held.when(other)
      .thenRefused(SchedulingRefusal.resourceBusy(Diary.room, Diary.first), field: "resource")
    held.when(other.with { $0.overbook = true }).thenEvents(AppointmentBooked.self)
    Diary.booked.when(other).thenEvents(AppointmentBooked.self)
  }

  @Test func `is known, here, in use and no steriliser`() {
    let booking = Diary.booking { $0.resource = Diary.room }
    Diary.desk.when(booking.with { $0.resource = ResourceID(9) })
      .thenRefused(.unknownReference)
    func redefined(_ change: (inout DefineResource) -> Void) -> Spec {
      let command = DefineResource.with {
        $0.resource = Diary.room
        $0.type = .room
        $0.name = "Room 1"
        change(&$0)
      }
      return Diary.desk.by(.staff(1), .admin).given(command).by(.staff(2), .reception)
    }
    redefined { $0.retired = true }.when(booking)
      .thenRefused(SchedulingRefusal.resourceRetired(Diary.room))
    redefined { $0.type = .steriliser }.when(booking)
      .thenRefused(SchedulingRefusal.notBookable(Diary.room))
  }
}

@Suite struct `Hours kept` {
  private var open: Spec {
    let clinic = Clinic.defineClinic.with {
      $0.clinic = Clinic.id
      $0.openHours = [OpenHours(.monday, from: 9 * 3600, to: 18 * 3600)]
    }
    let room = DefineResource.with {
      $0.resource = Diary.room
      $0.type = .room
      $0.name = "Room 1"
      $0.openHours = [OpenHours(.monday, from: 12 * 3600, to: 24 * 3600)]
    }
    return Diary.desk.by(.staff(1), .admin).given(clinic).given(room).by(.staff(2), .reception)
  }

  @Test(arguments: [
    ("2026-03-02T17:30:00Z", true), ("2026-03-02T17:30:01Z", false),
    ("2026-03-03T10:00:00Z", false),
  ])
  func `hold a booking as a whole`(_ start: String, _ isOpen: Bool) {
    let spec = open.when(Diary.booking(start))
    if isOpen {
      spec.thenEvents(AppointmentBooked.self)
    } else {
      spec.thenRefused(.outsideHours)
      open.when(Diary.booking(start) { $0.overbook = true }).thenEvents(AppointmentBooked.self)
      open.importing.when(Diary.booking(start)).thenFound(.outsideHours)
    }
  }

  @Test func `of room and clinic both hold`() {
    func inRoom(_ start: String) -> Spec {
      open.when(Diary.booking(start) { $0.resource = Diary.room })
    }
    inRoom("2026-03-02T10:00:00Z").thenRefused(.outsideHours)
    inRoom("2026-03-02T12:00:00Z").thenEvents(AppointmentBooked.self)
    inRoom("2026-03-02T18:00:00Z").thenRefused(.outsideHours)
  }

  @Test func `are those of the clinic's own clock`() {
    let clinic = Clinic.defineClinic.with {
      $0.clinic = Clinic.id
      $0.transitions = [
        ZoneTransition(offset: .utc),
        ZoneTransition(
          at: Clinic.moment("2026-03-29T01:00:00Z").instant, offset: UTCOffset(seconds: 3600)),
      ]
      $0.openHours = [OpenHours(.monday, from: 9 * 3600, to: 18 * 3600)]
    }
    let spec = Diary.desk.by(.staff(1), .admin).given(clinic).by(.staff(2), .reception)
    spec.when(Diary.booking("2026-03-23T17:30:00Z")).thenEvents(AppointmentBooked.self)
    spec.when(Diary.booking("2026-03-30T17:30:00Z")).thenRefused(.outsideHours)
    spec.when(Diary.booking("2026-03-30T08:00:00Z")).thenEvents(AppointmentBooked.self)
  }
}

@Suite struct `A series` {
  private let weekly = Diary.booking {
    $0.further = [
      Clinic.moment("2026-03-09T10:00:00Z").instant, Clinic.moment("2026-03-16T10:00:00Z").instant,
    ]
  }

  @Test func `is booked as a whole, under one number`() throws {
    let spec = Diary.desk.when(weekly)
    spec.thenEvents(AppointmentBooked.self, AppointmentBooked.self, AppointmentBooked.self)
    let series = try spec.events.map { try $0.decoded(as: AppointmentBooked.self).series }
    #expect(series == [SeriesID(1), SeriesID(1), SeriesID(1)])
    let on = Diary.booking("2026-03-23T10:00:00Z") { $0.series = SeriesID(1) }
    Diary.desk.given(weekly).when(on).thenEvents(AppointmentBooked.self)
    Diary.desk.when(on).thenRefused(SchedulingRefusal.noSuchSeries(SeriesID(1)))
  }

  @Test func `is not booked at all where one of its times is taken`() {
    let taken = Diary.booking("2026-03-16T10:15:00Z") { $0.patient = Clinic.other }
    Diary.desk.given(taken).when(weekly)
      .thenRefused(SchedulingRefusal.practitionerBusy(Clinic.doctor, Diary.first))
  }

  @Test func `leaves room between its own times`() {
    let close = Diary.booking {
      $0.further = [Clinic.moment("2026-03-02T10:29:59Z").instant]
    }
    Diary.desk.when(close).thenRefused(SchedulingRefusal.seriesOverlaps(close.further[0]))
  }
}

@Suite struct `The waiting list` {
  private let request = RequestAppointment.with {
    $0.patient = Clinic.patient
    $0.services = [Clinic.consult]
    $0.to = Clinic.day("2026-03-20")
    $0.weekdays = [.friday, .monday]
    $0.priority = .soon
  }

  @Test func `keeps who wants to come, from today on`() {
    Diary.desk.when(request).then(
      AppointmentRequested.with {
        $0.request = RequestID(1)
        $0.patient = Clinic.patient
        $0.services = [Clinic.consult]
        $0.from = Clinic.today
        $0.to = Clinic.day("2026-03-20")
        $0.weekdays = [.monday, .friday]
        $0.priority = .soon
      })
    Diary.desk.when(
      RequestAppointment.with {
        $0.patient = PatientID(9)
        $0.services = [ServiceID(9)]
        $0.practitioner = StaffID(9)
        $0.to = Clinic.day("2026-03-01")
        $0.weekdays = [.unspecified]
      }
    ).thenRefused(
      .unknownReference, .unknownReference, .unknownReference, .outOfRange, .fieldRequired)
  }

  @Test func `ends by the booking, once, and of that patient`() {
    let spec = Diary.desk.given(request)
    let booking = Diary.booking { $0.request = RequestID(1) }
    spec.when(booking.with { $0.patient = Clinic.other })
      .thenRefused(SchedulingRefusal.requestOfOther(RequestID(1), Clinic.patient))
    spec.given(booking).when(booking.with { $0.start.milliseconds += 7_200_000 })
      .thenRefused(SchedulingRefusal.requestEnded(RequestID(1)))
    spec.when(booking.with { $0.request = RequestID(2) }).thenRefused(.unknownReference)
  }

  @Test func `ends by calling it off, on the request's own stream`() {
    let cancel = CancelAppointment.with {
      $0.request = RequestID(1)
      $0.by = .clinic
      $0.reason = .other
    }
    let spec = Diary.desk.given(request).when(cancel)
    spec.then(
      AppointmentCancelled.with {
        $0.by = .clinic
        $0.reason = .other
        $0.request = RequestID(1)
      })
    #expect(spec.events.first?.stream == RequestID(1).stream)
    spec.when(cancel).thenRefused(SchedulingRefusal.requestEnded(RequestID(1)))
    Diary.desk.when(cancel).thenRefused(.unknownReference)
  }
}

@Suite struct `Moving an appointment` {
  @Test func `says all values anew and frees the old time`() {
    let spec = Diary.booked.when(
      Diary.moved {
        $0.start = Clinic.moment("2026-03-02T11:00:00Z").instant
        $0.resource = Diary.room
      })
    spec.then(
      AppointmentMoved.with {
        $0.appointment = Diary.first
        $0.practitioner = Clinic.doctor
        $0.resource = Diary.room
        $0.start = Clinic.moment("2026-03-02T11:00:00Z").instant
        $0.durationSeconds = 1800
      })
    let other = Diary.booking { $0.patient = Clinic.other }
    spec.when(other).thenEvents(AppointmentBooked.self)
    spec.when(other.with { $0.start = Clinic.moment("2026-03-02T11:15:00Z").instant })
      .thenRefused(SchedulingRefusal.practitionerBusy(Clinic.doctor, Diary.first))
    spec.when(Diary.moved { $0.releasesResource = true }).then(
      AppointmentMoved.with {
        $0.appointment = Diary.first
        $0.practitioner = Clinic.doctor
        $0.start = Clinic.moment("2026-03-02T11:00:00Z").instant
        $0.durationSeconds = 1800
      })
  }

  @Test func `is not in its own way, and is in that of others`() {
    let later = Diary.moved { $0.start = Clinic.moment("2026-03-02T10:10:00Z").instant }
    Diary.booked.when(later).thenEvents(AppointmentMoved.self)
    let other = Diary.booking("2026-03-02T10:30:00Z") { $0.patient = Clinic.other }
    Diary.booked.given(other).when(later)
      .thenRefused(SchedulingRefusal.practitionerBusy(Clinic.doctor, AppointmentID(2)))
    Diary.booked.given(other).when(later.with { $0.overbook = true })
      .thenEvents(AppointmentMoved.self)
  }

  @Test func `is for what is still to come`() {
    let later = Diary.moved { $0.start = Clinic.moment("2026-03-02T12:00:00Z").instant }
    Diary.desk.when(later).thenRefused(.unknownReference)
    Diary.booked.given(Diary.cancel).when(later)
      .thenRefused(SchedulingRefusal.cancelled(Diary.first))
    Diary.booked.given(Diary.checkIn).when(later)
      .thenRefused(SchedulingRefusal.arrived(Diary.first, at: Clinic.nine.instant))
    Diary.booked.at(Diary.ten).given(Diary.missed()).when(later)
      .thenRefused(SchedulingRefusal.missed(Diary.first))
    Diary.booked.when(Diary.moved { $0.start = Clinic.moment("2026-03-02T08:00:00Z").instant })
      .thenRefused(.invalidState)
  }
}

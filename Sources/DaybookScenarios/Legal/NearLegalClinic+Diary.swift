import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension NearLegalClinic {
  private mutating func appointment(
    _ state: DeskState, _ isFit: (AppointmentRecord) -> Bool
  ) -> (AppointmentID, AppointmentRecord)? {
    let appointments = state.scheduling.appointments
    let id = legal.find(appointments.count, AppointmentKind.self) {
      appointments[$0].map(isFit) ?? false
    }
    guard let id, let record = appointments[id] else { return nil }
    return (id, record)
  }

  /// Over everything that the first practitioner has for a year.
  mutating func movedOver(_ state: DeskState, _ now: Instant) -> (LegalCommand, RefusalCode)? {
    guard let (id, record) = appointment(state, { $0.status == .booked }) else { return nil }
    let start = Instant(milliseconds: now.milliseconds + 60_000)
    let end = Instant(milliseconds: start.milliseconds + 365 * 86_400_000)
    let taken = state.scheduling.appointment(of: StaffID(1), from: start, to: end, except: id)
    guard taken != nil else { return nil }
    let move = MoveAppointment.with {
      $0.appointment = id
      $0.practitioner = StaffID(1)
      $0.start = start
      $0.durationSeconds = 365 * 86_400
    }
    return (LegalCommand(move, .reception, at: record.clinic), .overlap)
  }

  mutating func cancelledTwice(_ state: DeskState) -> (LegalCommand, RefusalCode)? {
    guard let (id, record) = appointment(state, { $0.status == .cancelled }) else { return nil }
    let cancel = CancelAppointment.with {
      $0.appointment = id
      $0.by = .patient
      $0.reason = .other
    }
    return (LegalCommand(cancel, .reception, at: record.clinic), .invalidState)
  }

  mutating func missedTooEarly(
    _ state: DeskState, _ now: Instant
  ) -> (LegalCommand, RefusalCode)? {
    let coming = appointment(state) { $0.status == .booked && $0.start > now }
    guard let (id, record) = coming else { return nil }
    let miss = MissAppointment.with {
      $0.appointment = id
      $0.type = .noShow
    }
    return (LegalCommand(miss, .reception, at: record.clinic), .futureNotAllowed)
  }

  mutating func bookedForSomebodyGone(
    _ state: DeskState, _ now: Instant
  ) -> (LegalCommand, RefusalCode)? {
    let patients = state.patients.patients
    let gone = legal.find(patients.count, PatientKind.self) { patients[$0]?.mergedInto != nil }
    guard let gone else { return nil }
    let book = BookAppointment.with {
      $0.patient = gone
      $0.practitioner = StaffID(1)
      $0.start = Instant(milliseconds: now.milliseconds + 400 * 86_400_000)
      $0.durationSeconds = 900
    }
    return (LegalCommand(book, .reception), .invalidState)
  }

  mutating func pricedBackwards(
    _ state: DeskState, _ now: Instant
  ) -> (LegalCommand, RefusalCode)? {
    let key = PriceKey(.service(ServiceID(1)), payer: nil, clinic: ClinicID(1))
    guard let last = state.catalogue.priceLine(key).flatMap(state.catalogue.lastPriceDay) else {
      return nil
    }
    let set = SetPrice.with {
      $0.priced = .service(ServiceID(1))
      $0.from = Day(daysSince1970: last.daysSince1970 - 1)
    }
    return (LegalCommand(set, .admin), .invalidState)
  }

  mutating func pricedBelowNothing() -> (LegalCommand, RefusalCode)? {
    let set = SetPrice.with {
      $0.priced = .service(ServiceID(1))
      $0.unitPrice = UnitPrice(tenThousandths: -1)
    }
    return (LegalCommand(set, .admin), .amountNegative)
  }

  mutating func taxedExempt(_ state: DeskState) -> (LegalCommand, RefusalCode)? {
    let set = SetTaxCode.with {
      $0.code = legal.word("E")
      $0.rate = Rate(basisPoints: 1)
      $0.taxClass = .exempt
    }
    return (LegalCommand(set, .accountant), .outOfRange)
  }

  mutating func roomTwice(_ state: DeskState) -> (LegalCommand, RefusalCode)? {
    let resources = state.catalogue.resources
    let known = legal.find(resources.count, ResourceKind.self) {
      resources[$0]?.serial.isEmpty == false
    }
    guard let known, let serial = resources[known]?.serial else { return nil }
    let define = DefineResource.with {
      $0.type = .room
      $0.name = "Again"
      $0.serial = serial
    }
    return (LegalCommand(define, .admin), .duplicateSource)
  }
}

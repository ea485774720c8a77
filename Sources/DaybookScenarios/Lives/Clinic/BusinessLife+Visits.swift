import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

// Patients who come, wait, are seen, and go.
extension BusinessLife {
  /// Everybody who is booked for today will come, or not.
  mutating func planVisits(_ state: DeskState) {
    for worker in [Self.soler, Self.prado, Self.costa] {
      var end = instant(LifeCalendar.lastSecond)
      var found: [AppointmentID] = []
      while now < end,
        let id = state.scheduling.appointment(of: Self.id(worker), from: now, to: end),
        let record = state.scheduling.appointments[id]
      {
        if record.status == .booked { found.append(id) }
        end = min(end, record.start)
      }
      for id in found.reversed() { planVisit(id, state) }
    }
  }

  /// Decides what becomes of an appointment of today.
  mutating func planVisit(_ id: AppointmentID, _ state: DeskState) {
    guard let record = state.scheduling.appointments[id] else { return }
    let start = zone.moment(record.start).secondOfDay
    let persona = Int(record.patient.number) - 1
    let hasPaid = practice.personas[persona].deposit != nil
    switch hasPaid ? 100 : dice.below(100) {
    case ..<5:
      plan(at: start + 1500) { life, state in life.miss(id, .noShow, state) }
    case ..<8:
      plan(at: max(second + 60, start - 3600)) { life, state in life.callOff(id, state) }
    case ..<9:
      plan(at: start - 300) { life, state in life.arrive(id, isSeen: false, state) }
    default:
      plan(at: start - dice.from(60...900)) { life, state in life.arrive(id, isSeen: true, state) }
    }
  }

  private func isStill(_ id: AppointmentID, _ state: DeskState) -> AppointmentRecord? {
    guard let record = state.scheduling.appointments[id], record.status == .booked,
      zone.moment(record.start).day == day
    else { return nil }
    return record
  }

  private mutating func miss(
    _ id: AppointmentID, _ type: MissedType, _ state: DeskState
  ) -> [Deed] {
    guard let record = state.scheduling.appointments[id], record.start <= now,
      zone.moment(record.start).day == day,
      record.status == (type == .noShow ? .booked : .arrived)
    else { return [] }
    let persona = Int(record.patient.number) - 1
    practice.personas[persona].isBooked = false
    let hasFee = type == .noShow && dice.chance(60)
    let miss = MissAppointment.with {
      $0.appointment = id
      $0.type = type
      $0.feeService = hasFee ? Self.service(Self.missedFee) : nil
    }
    let name = practice.personas[persona].name
    return [
      Deed(
        hand(.reception), .reception, miss,
        type == .noShow
          ? "notes that \(name) did not come\(hasFee ? ", with the fee" : "")"
          : "notes that \(name) has left without being seen"
      ) { life, state in
        if hasFee { life.noteFee(persona, state) }
      }
    ]
  }

  private mutating func callOff(_ id: AppointmentID, _ state: DeskState) -> [Deed] {
    guard let record = isStill(id, state), record.start > now else { return [] }
    let fee = dice.chance(40) ? Self.service(Self.missedFee) : nil
    return [cancel(id, record, .patient, .health, fee: fee)]
  }

  // MARK: - Being there

  private mutating func arrive(
    _ id: AppointmentID, isSeen: Bool, _ state: DeskState
  ) -> [Deed] {
    guard let record = isStill(id, state) else { return [] }
    let persona = Int(record.patient.number) - 1
    let worker = Int(record.practitioner.number) - 1
    let offer = Int(record.services.first?.number ?? 1) - 1
    let start = zone.moment(record.start).secondOfDay
    let checkIn = CheckInPatient.with { $0.appointment = id }
    let deed = Deed(
      hand(.reception), .reception, checkIn,
      "checks in \(practice.personas[persona].name) for \(LifeCalendar.time(start))"
    ) { life, state in
      let visit = VisitID(UInt64(state.care.visits.count))
      if isSeen {
        life.plan(at: start + life.dice.from(0...420)) { life, _ in
          life.begin(visit, persona, worker, offer, nil)
        }
      } else {
        life.plan(at: start + 2100) { life, state in life.miss(id, .leftUnseen, state) }
      }
    }
    return [deed]
  }

  /// Somebody in pain comes without an appointment.
  mutating func walkIn(_ state: DeskState) -> [Deed] {
    let here = practice.personas.indices.filter {
      !practice.personas[$0].isGone && !practice.personas[$0].isBooked
    }
    let able = [Self.soler, Self.prado].filter { worker in
      staff.workers[worker].duty(on: day).map { $0.from <= second && second + 3600 <= $0.to }
        ?? false
    }
    guard !here.isEmpty, let worker = able.first else { return [] }
    let persona = pick(here)
    practice.personas[persona].isBooked = true
    let checkIn = CheckInPatient.with { $0.patient = Self.patient(persona) }
    return [
      Deed(
        hand(.reception), .reception, checkIn,
        "checks in \(practice.personas[persona].name), in pain and without an appointment"
      ) { life, state in
        let visit = VisitID(UInt64(state.care.visits.count))
        life.plan(after: 900) { life, _ in
          life.begin(visit, persona, worker, Self.filling, life.practice.rooms[0])
        }
      }
    ]
  }

  private mutating func begin(
    _ visit: VisitID, _ persona: Int, _ worker: Int, _ offer: Int, _ room: ResourceID?
  ) -> [Deed] {
    let start = StartEncounter.with {
      $0.visit = visit
      $0.practitioner = Self.id(worker)
      $0.resource = room
    }
    let minutes = practice.offers[offer].minutes
    return [
      Deed(
        worker, .practitioner, start,
        "begins with \(practice.personas[persona].name), \(practice.offers[offer].name)"
      ) { life, state in
        let encounter = EncounterID(UInt64(state.care.encounters.count))
        life.plan(after: minutes * 45) { life, state in
          life.treat(encounter, persona, worker, offer, state)
        }
        life.plan(after: minutes * 60 - 120) { life, _ in
          life.complete(encounter, persona, worker, offer)
        }
      }
    ]
  }

  private mutating func complete(
    _ encounter: EncounterID, _ persona: Int, _ worker: Int, _ offer: Int
  ) -> [Deed] {
    let complete = CompleteEncounter.with {
      $0.encounter = encounter
      $0.outcome = offer == Self.consultation ? .followUp : .completed
    }
    return [
      Deed(
        worker, .practitioner, complete, "has finished with \(practice.personas[persona].name)"
      ) { life, _ in
        life.practice.personas[persona].isBooked = false
        life.plan(after: life.dice.from(120...420)) { life, state in
          life.attend(persona, offer, state)
        }
      }
    ]
  }

  // MARK: - Treating

  private mutating func treat(
    _ encounter: EncounterID, _ persona: Int, _ worker: Int, _ wanted: Int, _ state: DeskState
  ) -> [Deed] {
    // Where something is missing, it is looked at and put off.
    let offer = canDo(wanted, state) && hasFixture(wanted, state) ? wanted : Self.consultation
    var deeds = [treatment(encounter, persona, worker, offer, state)]
    if offer != Self.cleaning, offer != Self.whitening, dice.chance(30) {
      deeds.append(treatment(encounter, persona, worker, Self.picture, state))
    }
    return deeds
  }

  private func hasFixture(_ offer: Int, _ state: DeskState) -> Bool {
    offer != Self.implant || usable(Self.fixture, state) >= 1000
  }

  private mutating func treatment(
    _ encounter: EncounterID, _ persona: Int, _ worker: Int, _ offer: Int, _ state: DeskState
  ) -> Deed {
    let known = practice.personas[persona]
    let package =
      offer == Self.cleaning ? known.packages.first { isUsable($0, state) } : nil
    let plan = known.plan.flatMap { plan -> PlanLine? in
      offer == Self.implant ? PlanLine(plan, line: 1) : nil
    }
    let discount: Int64 = package == nil && dice.chance(6) ? 500 : 0
    let site = "\(dice.from(1...4))\(dice.from(1...8))"
    let treat = PerformTreatment.with {
      $0.encounter = encounter
      $0.service = Self.service(offer)
      if offer == Self.filling || offer == Self.implant {
        $0.bodySite = site
        $0.diagnoses = ["K02.1"]
      }
      $0.discount = Self.amount(discount)
      $0.package = package
      $0.planLine = plan
      if offer == Self.implant || offer == Self.whitening {
        $0.responsible = .patient(Self.patient(persona))
      }
      if offer == Self.implant, let lot = usableLots(Self.fixture, state).first {
        $0.devices = [
          Device.with {
            $0.item = Self.item(Self.fixture)
            $0.lot = lot.lot
            $0.serial = "F\(encounter.number)"
            $0.expiry = lot.expiry
          }
        ]
      }
    }
    let isSlip = offer == Self.picture && dice.chance(6)
    if offer == Self.implant { practice.personas[persona].plan = nil }
    let name = practice.offers[offer].name
    return Deed(
      worker, .practitioner, treat,
      "records \(name) for \(known.name)" + (package.map { ", of package \($0)" } ?? "")
        + (discount > 0 ? ", \(Self.money(discount)) off" : "")
    ) { life, state in
      if isSlip {
        let position = Position(life.before.number + 1)
        life.plan(after: 60) { _, _ in
          let reverse = ReverseEvent.with {
            $0.of = position
            $0.reason = "no picture was taken"
          }
          return [Deed(worker, .practitioner, reverse, "undoes the \(name), which was not taken")]
        }
      } else {
        life.noteCharge(persona, state)
      }
    }
  }

  /// A charge was made: it is to be invoiced to the patient, and claimed from a payer.
  private mutating func noteCharge(_ persona: Int, _ state: DeskState) {
    let id = ChargeID(UInt64(state.billing.charges.count))
    guard let charge = state.billing.charges[id] else { return }
    practice.personas[persona].fresh.append(id)
    if Self.payerShare(charge) != nil { practice.unclaimed.append(id) }
  }

  /// The payer that owes something of a charge, and how much.
  static func payerShare(_ charge: ChargeRecord) -> (debtor: Debtor, owed: Int64)? {
    for share in charge.shares where share.owed > 0 {
      if case .payer = share.debtor { return (share.debtor, share.owed) }
    }
    return nil
  }
}

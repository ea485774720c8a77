import DaybookClinicEvents
public import DaybookEvents
import DaybookValues

extension RecordAppointment {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [], needsClinic: true)
    let seconds = review.duration(durationSeconds, of: [], at: start, state)
    checkSlot(seconds, state, &review)
    checkEnd(&review)
    checkVisit(&review)
    try review.conclude(into: &decision)

    let appointment = AppointmentID(decision.nextNumber(AppointmentKind.streamKind))
    let visit = VisitID(decision.nextNumber(VisitKind.streamKind))
    if arrivedAt != nil { decision.correlation = visit.number }
    let booked = AppointmentBooked.with {
      $0.appointment = appointment
      $0.patient = patient
      $0.practitioner = practitioner
      $0.start = start
      $0.durationSeconds = seconds
      $0.channel = .import
    }
    try decision.append(
      booked, to: appointment.number, expecting: .noStream, effective: review.effective)
    try appendEnd(of: appointment, review, &decision)
    if let arrivedAt {
      try appendVisit(
        visit, of: appointment, arrived: review.moment(arrivedAt), state, review, &decision)
    }
  }

  /// Who, where and when. What was called off held no time when it was told of.
  private func checkSlot(_ seconds: UInt32, _ state: DeskState, _ review: inout Review) {
    review.patient(patient, state, "patient")
    guard cancelledAt == nil else {
      review.requireInRange(start, "start")
      return review.requirePractitioner(practitioner, state, at: start, "practitioner")
    }
    let slot = BookedSlot(
      practitioner: practitioner, start: start,
      end: Instant(milliseconds: start.milliseconds &+ Int64(seconds) &* 1000))
    review.requireSlot(slot, of: patient, for: [], overbook: false, state)
  }

  /// How it ended without anybody being seen: in one way, if at all.
  private func checkEnd(_ review: inout Review) {
    let ends = [cancelledAt != nil, missedAt != nil, arrivedAt != nil].count { $0 }
    if ends > 1 { review.refuse(SchedulingRefusal.severalEnds, "cancelledAt") }
    if let cancelledAt {
      review.requireFact(review.moment(cancelledAt), "cancelledAt")
      if cancelledBy == .unspecified {
        review.refuse(SchedulingRefusal.reasonMissing, "cancelledBy")
      }
    }
    if let missedAt {
      review.requireFact(review.moment(missedAt), "missedAt")
      if missedAt < start { review.refuse(SchedulingRefusal.notYet(start), "missedAt") }
    }
  }

  /// Each step of a visit needs the one before it.
  private func checkVisit(_ review: inout Review) {
    if began != nil, arrivedAt == nil {
      review.refuse(DeskRefusal.missing("the arrival"), "arrivedAt")
    }
    if ended != nil, began == nil { review.refuse(DeskRefusal.missing("the start"), "began") }
    if let arrivedAt { review.requireFact(review.moment(arrivedAt), "arrivedAt") }
    if let began {
      review.requireFact(review.moment(began), "began")
      if let arrivedAt, began < arrivedAt {
        review.question(CareRefusal.beforeArrival(arrivedAt), "began")
      }
    }
    if let ended {
      review.requireFact(review.moment(ended), "ended")
      if let began, ended < began {
        review.refuse(CareRefusal.endsBeforeStart(began), "ended")
      }
    }
  }

  private func appendEnd(
    of appointment: AppointmentID, _ review: Review, _ decision: inout Decision
  ) throws(Refusal) {
    if let cancelledAt {
      let (ahead, tooLarge) = start.milliseconds.subtractingReportingOverflow(
        cancelledAt.milliseconds)
      let cancelled = AppointmentCancelled.with {
        $0.appointment = appointment
        $0.by = cancelledBy
        $0.noticeSeconds = tooLarge ? 0 : UInt32(clamping: max(0, ahead / 1000))
        $0.reason = .imported
      }
      try decision.append(
        cancelled, to: appointment.number, effective: review.moment(cancelledAt))
    }
    if let missedAt {
      let missed = AppointmentMissed.with {
        $0.appointment = appointment
        $0.type = .noShow
      }
      try decision.append(missed, to: appointment.number, effective: review.moment(missedAt))
    }
  }

  /// Arrived, seen, and gone, as far as it is known.
  private func appendVisit(
    _ visit: VisitID, of appointment: AppointmentID, arrived: Moment, _ state: DeskState,
    _ review: Review, _ decision: inout Decision
  ) throws(Refusal) {
    let checkedIn = PatientCheckedIn.with {
      $0.visit = visit
      $0.appointment = appointment
      $0.patient = patient
      $0.arrivedAt = arrived.instant
      $0.coverage = state.patients.payers(of: patient, on: arrived.day)
    }
    try decision.append(checkedIn, to: visit.number, expecting: .noStream, effective: arrived)
    guard let began else { return }
    let encounter = EncounterID(decision.nextNumber(EncounterKind.streamKind))
    let started = EncounterStarted.with {
      $0.encounter = encounter
      $0.visit = visit
      $0.patient = patient
      $0.practitioner = practitioner
      $0.start = began
    }
    try decision.append(
      started, to: encounter.number, expecting: .noStream, effective: review.moment(began))
    guard let ended else { return }
    let completed = EncounterCompleted.with {
      $0.encounter = encounter
      $0.end = ended
      $0.outcome = .completed
    }
    try decision.append(completed, to: encounter.number, effective: review.moment(ended))
  }
}

public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Calls an appointment off, or takes a request from the waiting list.
///
/// Answers with `AppointmentCancelled`, and with the `ChargePosted` of a fee where one is asked for.
/// Nobody has begun to see the patient. The notice is the time from when it takes effect to the
/// appointment's start.
public struct CancelAppointment: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The appointment; nil where a request ends.
  public var appointment: AppointmentID?
  /// The request of the waiting list; nil where an appointment ends.
  public var request: RequestID?
  /// Who called it off.
  public var by = CancelledBy.unspecified
  /// Why.
  public var reason = CancellationReason.unspecified
  /// The fee that it costs the patient, at the price of the list; nil for none.
  public var feeService: ServiceID?

  /// No appointment: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "appointment", &appointment)
    try fields.visit(2, "request", &request)
    try fields.visit(3, "by", &by)
    try fields.visit(4, "reason", &reason)
    try fields.visit(5, "feeService", &feeService)
  }
}

extension CancelAppointment {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: [.reception, .practitioner, .admin], needsClinic: true)
    review.requireFact()
    if by == .unspecified { review.refuse(SchedulingRefusal.reasonMissing, "by") }
    if reason == .unspecified { review.refuse(SchedulingRefusal.reasonMissing, "reason") }
    var cancelled = AppointmentCancelled()
    cancelled.by = by
    cancelled.reason = reason
    cancelled.feeService = feeService
    cancelled.request = request
    var patient: PatientID?
    switch (appointment, request) {
    case (let appointment?, nil):
      cancelled.appointment = appointment
      if let known = review.liveAppointment(appointment, state, "appointment") {
        if review.isSeen(known, state) {
          review.refuse(SchedulingRefusal.seen(appointment), "appointment")
        }
        patient = state.patients.current(known.patient)
        cancelled.noticeSeconds = notice(known.start, review)
      }
    case (nil, let request?):
      patient = review.openRequest(request, state, "request").map {
        state.patients.current($0.patient)
      }
    default: review.refuse(SchedulingRefusal.oneOfTwo, "appointment")
    }
    let fee = review.fee(feeService, of: patient, state, "feeService")
    try review.conclude(into: &decision)

    let index: Int
    if let request {
      index = try decision.append(cancelled, on: request.stream, effective: review.effective)
    } else {
      index = try decision.append(
        cancelled, to: cancelled.appointment.number, effective: review.effective)
    }
    if let fee { try decision.append(fee, effective: review.effective, cause: index) }
  }

  /// Whole seconds from now to `start`; 0 from then on.
  private func notice(_ start: Instant, _ review: Review) -> UInt32 {
    let (ahead, tooLarge) = start.milliseconds.subtractingReportingOverflow(
      review.effective.instant.milliseconds)
    return tooLarge ? 0 : UInt32(clamping: max(0, ahead / 1000))
  }
}

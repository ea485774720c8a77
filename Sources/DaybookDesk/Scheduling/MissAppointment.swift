public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Says that the time of an appointment has come, and nobody was seen.
///
/// Answers with `AppointmentMissed`, and with the `ChargePosted` of a fee where one is asked for. Who
/// has arrived is no no-show, and who has not cannot have left unseen.
public struct MissAppointment: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The appointment.
  public var appointment = AppointmentID()
  /// Whether the patient came at all.
  public var type = MissedType.unspecified
  /// The fee that it costs the patient, at the price of the list; nil for none.
  public var feeService: ServiceID?

  /// No appointment: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "appointment", &appointment)
    try fields.visit(2, "type", &type)
    try fields.visit(3, "feeService", &feeService)
  }
}

extension MissAppointment {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: [.reception, .practitioner, .admin], needsClinic: true)
    review.requireFact()
    if type == .unspecified { review.refuse(DeskRefusal.missing("how it was missed"), "type") }
    let known = checkedAppointment(state, &review)
    let patient = known.map { state.patients.current($0.patient) }
    let fee = review.fee(feeService, of: patient, state, "feeService")
    try review.conclude(into: &decision)

    if let visit = known?.visit { decision.correlation = visit.number }
    let missed = AppointmentMissed.with {
      $0.appointment = appointment
      $0.type = type
      $0.feeService = feeService
    }
    let index = try decision.append(
      missed, to: appointment.number, effective: review.effective)
    if let fee { try decision.append(fee, effective: review.effective, cause: index) }
  }

  private func checkedAppointment(
    _ state: DeskState, _ review: inout Review
  ) -> AppointmentRecord? {
    guard let known = review.liveAppointment(appointment, state, "appointment") else { return nil }
    if known.start > review.effective.instant {
      review.refuse(SchedulingRefusal.notYet(known.start), "appointment")
    }
    switch type {
    case .noShow:
      if known.status == .arrived {
        let at = known.visit.flatMap { state.care.visits[$0]?.arrivedAt } ?? known.start
        review.refuse(SchedulingRefusal.arrived(appointment, at: at), "type")
      }
    case .leftUnseen:
      if known.status == .booked {
        review.refuse(SchedulingRefusal.notArrived(appointment), "type")
      } else if review.isSeen(known, state) {
        review.refuse(SchedulingRefusal.seen(appointment), "appointment")
      }
    case .unspecified: break
    }
    return known
  }
}

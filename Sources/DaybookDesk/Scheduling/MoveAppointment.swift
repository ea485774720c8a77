public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Moves an appointment to another time, to somebody else or somewhere else.
///
/// Answers with `AppointmentMoved`, with the same checks as at booking. What is left out stays as it
/// is. Nobody has come for it yet, and it was neither missed nor called off.
public struct MoveAppointment: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The appointment.
  public var appointment = AppointmentID()
  /// When it begins; nil where that stays.
  public var start: Instant?
  /// How long it takes, in seconds; 0 where that stays.
  public var durationSeconds: UInt32 = 0
  /// Who is to see the patient; nil where that stays.
  public var practitioner: StaffID?
  /// The room, chair or device; nil where that stays.
  public var resource: ResourceID?
  /// Whether no room, chair or device is held any more.
  public var releasesResource = false
  /// Whether it is knowingly moved over something else, or outside of the hours kept.
  public var overbook = false

  /// No appointment: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "appointment", &appointment)
    try fields.visit(2, "start", &start)
    try fields.visit(3, "durationSeconds", &durationSeconds)
    try fields.visit(4, "practitioner", &practitioner)
    try fields.visit(5, "resource", &resource)
    try fields.visit(6, "releasesResource", &releasesResource)
    try fields.visit(7, "overbook", &overbook)
  }
}

extension MoveAppointment {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: [.reception, .practitioner, .admin], needsClinic: true)
    var moved = AppointmentMoved()
    moved.appointment = appointment
    moved.overbook = overbook
    if let known = review.bookedAppointment(appointment, state, "appointment") {
      moved.practitioner = practitioner ?? known.practitioner
      moved.resource = releasesResource ? nil : resource ?? known.resource
      moved.start = start ?? known.start
      moved.durationSeconds = durationSeconds > 0 ? durationSeconds : known.durationSeconds
      let end = Instant(
        milliseconds: moved.start.milliseconds &+ Int64(moved.durationSeconds) &* 1000)
      review.requireSlot(
        BookedSlot(
          practitioner: moved.practitioner, resource: moved.resource, start: moved.start, end: end),
        of: known.patient, for: known.services, overbook: overbook, except: appointment, state)
    }
    try review.conclude(into: &decision)

    try decision.append(moved, to: appointment.number, effective: review.effective)
  }
}

public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Books a patient with a practitioner at a time, at the clinic of the envelope.
///
/// Answers with `AppointmentBooked`. The practitioner is free for the whole interval, unless the
/// booking says that it is over something else; the patient is not elsewhere then, and only an import
/// may book the past.
public struct BookAppointment: Command, Hashable {
  // Field numbers kept: 3 resource, 9 series, 10 request.

  /// The decision state.
  public typealias State = DeskState

  /// Who is to come.
  public var patient = PatientID()
  /// Who is to see the patient.
  public var practitioner = StaffID()
  /// What is to be done, as far as known.
  public var services: Few<ServiceID> = []
  /// When it begins.
  public var start = Instant()
  /// How long it takes, in seconds; 0 takes the time of its services.
  public var durationSeconds: UInt32 = 0
  /// Whether it is knowingly booked over something else of the practitioner.
  public var overbook = false
  /// How the booking came in.
  public var channel = BookingChannel.unspecified

  /// No appointment: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "patient", &patient)
    try fields.visit(2, "practitioner", &practitioner)
    try fields.visit(4, "services", &services)
    try fields.visit(5, "start", &start)
    try fields.visit(6, "durationSeconds", &durationSeconds)
    try fields.visit(7, "overbook", &overbook)
    try fields.visit(8, "channel", &channel)
  }
}

extension BookAppointment {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: [.reception, .practitioner, .admin], needsClinic: true)
    review.requireKnown(patient, in: state.patients.patients, "patient")
    for service in services { review.requireActive(service, state, at: start, "services") }
    review.requireInRange(start, "start")
    if start < context.recorded, !review.isImport {
      review.refuse(SchedulingRefusal.startsInThePast(start), "start")
    }
    let seconds = duration(state, &review)
    review.requirePractitioner(practitioner, state, at: start, "practitioner")
    if seconds > 0 {
      let end = Instant(milliseconds: start.milliseconds &+ Int64(seconds) &* 1000)
      if !overbook { review.requireFree(practitioner, state, from: start, to: end, "start") }
      review.requireFree(patient, state, from: start, to: end, "start")
    }
    try review.conclude(into: &decision)

    let id = AppointmentID(decision.nextNumber(AppointmentKind.streamKind))
    let booked = AppointmentBooked.with {
      $0.appointment = id
      $0.patient = patient
      $0.practitioner = practitioner
      $0.services = services
      $0.start = start
      $0.durationSeconds = seconds
      $0.overbook = overbook
      $0.channel = channel
    }
    try decision.append(booked, to: id.number, expecting: .noStream, effective: review.effective)
  }

  /// The duration as given, else that of the services together.
  private func duration(_ state: DeskState, _ review: inout Review) -> UInt32 {
    if durationSeconds > 0 { return durationSeconds }
    var sum: UInt64 = 0
    for service in services {
      sum += UInt64(state.administration.services[service]?.at(start).durationSeconds ?? 0)
    }
    guard let seconds = UInt32(exactly: sum), seconds > 0 else {
      review.refuse(DeskRefusal.missing("a duration"), "durationSeconds")
      return 0
    }
    return seconds
  }
}

public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Books a patient with a practitioner at a time, at the clinic of the envelope.
///
/// Answers with `AppointmentBooked`, one for each time of a series. Practitioner and resource are
/// free for the whole interval, which lies within the hours kept, unless the booking says that it is
/// over something else; the patient is not elsewhere then, and only an import may book the past.
public struct BookAppointment: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// Who is to come.
  public var patient = PatientID()
  /// Who is to see the patient.
  public var practitioner = StaffID()
  /// The room, chair or device; nil where none is held.
  public var resource: ResourceID?
  /// What is to be done, as far as known.
  public var services: Few<ServiceID> = []
  /// When it begins.
  public var start = Instant()
  /// How long it takes, in seconds; 0 takes the time of its services.
  public var durationSeconds: UInt32 = 0
  /// Whether it is knowingly booked over something else, or outside of the hours kept.
  public var overbook = false
  /// How the booking came in.
  public var channel = BookingChannel.unspecified
  /// The series that it goes on with; nil where it stands alone, or begins one.
  public var series: SeriesID?
  /// The request of the waiting list that it ends.
  public var request: RequestID?
  /// When the same begins again: with these it is a series, all of it booked or none.
  public var further: Few<Instant> = []

  /// No appointment: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "patient", &patient)
    try fields.visit(2, "practitioner", &practitioner)
    try fields.visit(3, "resource", &resource)
    try fields.visit(4, "services", &services)
    try fields.visit(5, "start", &start)
    try fields.visit(6, "durationSeconds", &durationSeconds)
    try fields.visit(7, "overbook", &overbook)
    try fields.visit(8, "channel", &channel)
    try fields.visit(9, "series", &series)
    try fields.visit(10, "request", &request)
    try fields.visit(11, "further", &further)
  }
}

extension BookAppointment {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: [.reception, .practitioner, .admin], needsClinic: true)
    review.patient(patient, state, "patient")
    for service in services { review.requireActive(service, state, at: start, "services") }
    let seconds = review.duration(durationSeconds, of: services, at: start, state)
    let starts = [start] + further
    for start in starts {
      review.requireSlot(
        slot(start, seconds), of: patient, for: services, overbook: overbook, state)
    }
    checkSeries(starts, seconds, state, &review)
    if let request, let known = review.openRequest(request, state, "request") {
      let current = state.patients.current(known.patient)
      if current != patient {
        review.refuse(SchedulingRefusal.requestOfOther(request, current), "request")
      }
    }
    try review.conclude(into: &decision)

    let series = series ?? (further.isEmpty ? nil : SeriesID(state.scheduling.lastSeries + 1))
    for (index, start) in starts.enumerated() {
      let id = AppointmentID(decision.nextNumber(AppointmentKind.streamKind))
      let booked = AppointmentBooked.with {
        $0.appointment = id
        $0.patient = patient
        $0.practitioner = practitioner
        $0.resource = resource
        $0.services = services
        $0.start = start
        $0.durationSeconds = seconds
        $0.overbook = overbook
        $0.channel = channel
        $0.series = series
        $0.request = index == 0 ? request : nil
      }
      try decision.append(
        booked, to: id.number, expecting: .noStream, effective: review.effective)
    }
  }

  private func slot(_ start: Instant, _ seconds: UInt32) -> BookedSlot {
    BookedSlot(
      practitioner: practitioner, resource: resource, start: start,
      end: Instant(milliseconds: start.milliseconds &+ Int64(seconds) &* 1000))
  }

  /// The series exists, and its times leave room for each other.
  private func checkSeries(
    _ starts: [Instant], _ seconds: UInt32, _ state: DeskState, _ review: inout Review
  ) {
    if let series, series.isNone || series.number > state.scheduling.lastSeries {
      review.refuse(SchedulingRefusal.noSuchSeries(series), "series")
    }
    let ordered = starts.sorted()
    for (one, next) in zip(ordered, ordered.dropFirst())
    where next.milliseconds < one.milliseconds &+ Int64(seconds) &* 1000 {
      review.question(SchedulingRefusal.seriesOverlaps(next), "further")
    }
  }
}

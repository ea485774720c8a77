public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// An appointment, or a request on the waiting list, will not be.
///
/// Fact, on the appointment's stream; of a request, on the request's. A fee stands in the
/// `ChargePosted` that it causes.
public struct AppointmentCancelled: EventPayload, Hashable {
  /// The appointment; none where a request ends.
  public var appointment = AppointmentID()
  /// Who called it off.
  public var by = CancelledBy.unspecified
  /// How long before its start, in seconds; 0 from its start on.
  public var noticeSeconds: UInt32 = 0
  /// Why.
  public var reason = CancellationReason.unspecified
  /// The fee that it costs; nil for none.
  public var feeService: ServiceID?
  /// The request that ends; nil where it is an appointment.
  public var request: RequestID?

  /// No appointment: to be filled in.
  public init() {}

  public static var tag: FrontOfficeTag { .appointmentCancelled }
  public static var nature: Nature { .fact }
  public static var areas: Areas { [.accounting, .humanResources] }
  public static var streamKind: StreamKind { .appointment }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "appointment", &appointment)
    try fields.visit(2, "by", &by)
    try fields.visit(3, "noticeSeconds", &noticeSeconds)
    try fields.visit(4, "reason", &reason)
    try fields.visit(5, "feeService", &feeService)
    try fields.visit(6, "request", &request)
  }
}

/// Who called an appointment off.
public enum CancelledBy: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// The patient.
  case patient = 1
  /// The clinic.
  case clinic = 2

  /// Not said.
  public init() { self = .unspecified }
}

/// Why an appointment was called off.
///
/// A choice, not a text: words about a person stand in personal groups alone.
public enum CancellationReason: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// The patient is ill, or better.
  case health = 1
  /// The patient cannot come then.
  case otherCommitment = 2
  /// The patient does not want to come any more.
  case notWanted = 3
  /// The practitioner is not there.
  case practitionerAway = 4
  /// The room or the device cannot be used.
  case resourceDown = 5
  /// It was booked twice, or wrongly.
  case bookedWrongly = 6
  /// As another program had it.
  case imported = 7
  /// Another one.
  case other = 8

  /// Not said.
  public init() { self = .unspecified }
}

public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A patient wants to come and has no time yet: the waiting list.
///
/// Plan, on the request's stream. It ends by the `AppointmentBooked` that names it, or by an
/// `AppointmentCancelled` of the request.
public struct AppointmentRequested: EventPayload, Hashable {
  /// The request.
  public var request = RequestID()
  /// Who wants to come.
  public var patient = PatientID()
  /// What is to be done, as far as known.
  public var services: Few<ServiceID> = []
  /// Who is to see the patient; nil where it does not matter.
  public var practitioner: StaffID?
  /// The first day wanted.
  public var from = Day()
  /// The last day wanted; nil for any later one.
  public var to: Day?
  /// The days of the week wanted; none for all of them.
  public var weekdays: Few<DayOfWeek> = []
  /// How much it presses.
  public var priority = RequestPriority.unspecified

  /// No request: to be filled in.
  public init() {}

  public static var tag: FrontOfficeTag { .appointmentRequested }
  public static var nature: Nature { .plan }
  public static var areas: Areas { [.logistics] }
  public static var streamKind: StreamKind { .request }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "request", &request)
    try fields.visit(2, "patient", &patient)
    try fields.visit(3, "services", &services)
    try fields.visit(4, "practitioner", &practitioner)
    try fields.visit(5, "from", &from)
    try fields.visit(6, "to", &to)
    try fields.visit(7, "weekdays", &weekdays)
    try fields.visit(8, "priority", &priority)
  }
}

/// How much a request presses.
public enum RequestPriority: UInt32, WireEnum {
  /// Not said: as it comes.
  case unspecified = 0
  /// As it comes.
  case routine = 1
  /// Before the others.
  case soon = 2
  /// As soon as somebody is free.
  case urgent = 3

  /// Not said.
  public init() { self = .unspecified }
}

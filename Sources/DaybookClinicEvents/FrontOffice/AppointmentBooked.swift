public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A patient is to be seen by a practitioner at a time.
///
/// Plan, on the appointment's stream. Effective when the booking was made, or at its start where
/// an import does not know.
public struct AppointmentBooked: EventPayload, Hashable {
  /// The appointment.
  public var appointment = AppointmentID()
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
  /// How long it takes, in seconds.
  public var durationSeconds: UInt32 = 0
  /// Whether it was knowingly booked over something else.
  public var overbook = false
  /// How the booking came in.
  public var channel = BookingChannel.unspecified
  /// The series of appointments that it belongs to; nil where it stands alone.
  public var series: SeriesID?
  /// The request of the waiting list that it ends; nil where there was none.
  public var request: RequestID?

  /// No appointment: to be filled in.
  public init() {}

  public static var tag: FrontOfficeTag { .appointmentBooked }
  public static var nature: Nature { .plan }
  public static var streamKind: StreamKind { .appointment }
  public static var areas: Areas { [.humanResources, .logistics] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "appointment", &appointment)
    try fields.visit(2, "patient", &patient)
    try fields.visit(3, "practitioner", &practitioner)
    try fields.visit(4, "resource", &resource)
    try fields.visit(5, "services", &services)
    try fields.visit(6, "start", &start)
    try fields.visit(7, "durationSeconds", &durationSeconds)
    try fields.visit(8, "overbook", &overbook)
    try fields.visit(9, "channel", &channel)
    try fields.visit(10, "series", &series)
    try fields.visit(11, "request", &request)
  }
}

/// How a booking came in.
public enum BookingChannel: UInt32, WireEnum {
  /// Not said.
  case unspecified = 0
  /// At the counter.
  case desk = 1
  /// By telephone.
  case phone = 2
  /// Through a web page or an application.
  case online = 3
  /// From the waiting list.
  case waitingList = 4
  /// Sent by another clinic or practitioner.
  case referral = 5
  /// Read from another program's files.
  case `import` = 6

  /// Not said.
  public init() { self = .unspecified }
}

public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// An appointment is at another time, with somebody else or somewhere else.
///
/// Plan, on the appointment's stream. All values are the new ones, also those that stayed.
public struct AppointmentMoved: EventPayload, Hashable {
  /// The appointment.
  public var appointment = AppointmentID()
  /// Who is to see the patient.
  public var practitioner = StaffID()
  /// The room, chair or device; nil where none is held.
  public var resource: ResourceID?
  /// When it begins.
  public var start = Instant()
  /// How long it takes, in seconds.
  public var durationSeconds: UInt32 = 0
  /// Whether it was knowingly moved over something else.
  public var overbook = false

  /// No appointment: to be filled in.
  public init() {}

  public static var tag: FrontOfficeTag { .appointmentMoved }
  public static var nature: Nature { .plan }
  public static var areas: Areas { [.humanResources, .logistics] }
  public static var streamKind: StreamKind { .appointment }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "appointment", &appointment)
    try fields.visit(2, "practitioner", &practitioner)
    try fields.visit(3, "resource", &resource)
    try fields.visit(4, "start", &start)
    try fields.visit(5, "durationSeconds", &durationSeconds)
    try fields.visit(6, "overbook", &overbook)
  }
}

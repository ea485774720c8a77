public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// The time of an appointment has come, and nobody was seen.
///
/// Fact, on the appointment's stream. Never automatic: what is past and unresolved is a query. A fee
/// stands in the `ChargePosted` that it causes.
public struct AppointmentMissed: EventPayload, Hashable {
  /// The appointment.
  public var appointment = AppointmentID()
  /// Whether the patient came at all.
  public var type = MissedType.unspecified
  /// The fee that it costs; nil for none.
  public var feeService: ServiceID?

  /// No appointment: to be filled in.
  public init() {}

  public static var tag: FrontOfficeTag { .appointmentMissed }
  public static var nature: Nature { .fact }
  public static var areas: Areas { [.accounting, .humanResources] }
  public static var streamKind: StreamKind { .appointment }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "appointment", &appointment)
    try fields.visit(2, "type", &type)
    try fields.visit(3, "feeService", &feeService)
  }
}

/// How an appointment was missed.
public enum MissedType: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// The patient did not come.
  case noShow = 1
  /// The patient came, and left before being seen.
  case leftUnseen = 2

  /// Not said.
  public init() { self = .unspecified }
}

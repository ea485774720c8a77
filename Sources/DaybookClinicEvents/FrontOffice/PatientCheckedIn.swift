public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A patient has arrived, and a visit begins.
///
/// Fact, on the visit's stream; the visit is the correlation of all that follows from it.
public struct PatientCheckedIn: EventPayload, Hashable {
  /// The visit.
  public var visit = VisitID()
  /// The appointment that the patient comes for; nil where there is none.
  public var appointment: AppointmentID?
  /// Who has arrived.
  public var patient = PatientID()
  /// When.
  public var arrivedAt = Instant()
  /// Whether the patient came without an appointment.
  public var walkIn = false
  /// The payers of that day, by priority, as the desk saw them.
  public var coverage: Few<Debtor> = []

  /// No visit: to be filled in.
  public init() {}

  public static var tag: FrontOfficeTag { .patientCheckedIn }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .visit }
  public static var areas: Areas { [.humanResources, .logistics] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "visit", &visit)
    try fields.visit(2, "appointment", &appointment)
    try fields.visit(3, "patient", &patient)
    try fields.visit(4, "arrivedAt", &arrivedAt)
    try fields.visit(5, "walkIn", &walkIn)
    try fields.visit(6, "coverage", &coverage)
  }
}

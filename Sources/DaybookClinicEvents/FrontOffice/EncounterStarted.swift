public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A practitioner has begun to see a patient.
///
/// Fact, on the encounter's stream. The encounter is open until `EncounterCompleted`.
public struct EncounterStarted: EventPayload, Hashable {
  /// The encounter.
  public var encounter = EncounterID()
  /// The visit that it belongs to.
  public var visit = VisitID()
  /// Who is seen.
  public var patient = PatientID()
  /// Who sees the patient.
  public var practitioner = StaffID()
  /// The room, chair or device; nil where none is held.
  public var resource: ResourceID?
  /// When it began; attended time counts from here.
  public var start = Instant()

  /// No encounter: to be filled in.
  public init() {}

  public static var tag: FrontOfficeTag { .encounterStarted }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .encounter }
  public static var areas: Areas { [.humanResources, .logistics] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "encounter", &encounter)
    try fields.visit(2, "visit", &visit)
    try fields.visit(3, "patient", &patient)
    try fields.visit(4, "practitioner", &practitioner)
    try fields.visit(5, "resource", &resource)
    try fields.visit(6, "start", &start)
  }
}

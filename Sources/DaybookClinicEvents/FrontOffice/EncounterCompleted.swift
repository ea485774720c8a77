public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A practitioner has finished with a patient.
///
/// Fact, on the encounter's stream. After it nothing more is added to the encounter.
public struct EncounterCompleted: EventPayload, Hashable {
  /// The encounter.
  public var encounter = EncounterID()
  /// When it ended, at or after its start; attended time counts to here.
  public var end = Instant()
  /// How it ended.
  public var outcome = EncounterOutcome.unspecified

  /// No encounter: to be filled in.
  public init() {}

  public static var tag: FrontOfficeTag { .encounterCompleted }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .encounter }
  public static var areas: Areas { [.accounting, .humanResources, .logistics] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "encounter", &encounter)
    try fields.visit(2, "end", &end)
    try fields.visit(3, "outcome", &outcome)
  }
}

/// How an encounter ended.
public enum EncounterOutcome: UInt32, WireEnum {
  /// Not said.
  case unspecified = 0
  /// All was done.
  case completed = 1
  /// The patient is to come again.
  case followUp = 2
  /// The patient was sent elsewhere.
  case referred = 3
  /// The patient was kept.
  case admitted = 4
  /// The patient went before all was done.
  case leftEarly = 5

  /// Not said.
  public init() { self = .unspecified }
}

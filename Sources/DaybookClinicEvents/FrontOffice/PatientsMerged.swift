public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Two patients are one person, who goes on under one number.
///
/// Fact, on the stream of the patient who is merged away. It makes no entry: from its position on
/// every report shows both under `into`, for all days.
public struct PatientsMerged: EventPayload, Hashable {
  /// The patient whose number is not used any more.
  public var from = PatientID()
  /// The patient who stays.
  public var into = PatientID()
  /// Why.
  public var reason = AmendmentReason.unspecified

  /// Nobody: to be filled in.
  public init() {}

  public static var tag: FrontOfficeTag { .patientsMerged }
  public static var nature: Nature { .fact }
  public static var areas: Areas { [.accounting, .logistics] }
  public static var streamKind: StreamKind { .patient }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "from", &from)
    try fields.visit(2, "into", &into)
    try fields.visit(3, "reason", &reason)
  }
}
